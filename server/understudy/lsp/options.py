"""What the editor configures: `initializationOptions` and the section `understudy`."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.protocol import ClientRefusedError

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.session import Session

_FETCH_S = 5.0

_TRUST_KEYS = ("workspaceTrusted", "workspace_trusted", "trusted")


def take_options(session: Session, raw: object) -> bool:
    """Take over what the editor configured; returns whether anything is different now.

    The options may stand under `understudy` or by themselves. An empty list is an empty object:
    some clients write one for the other.
    """
    options = raw if isinstance(raw, dict) else {}
    inner = options.get("understudy")
    if isinstance(inner, dict):
        options = inner
    options = {str(key): value for key, value in options.items()}
    trust = session.editor_trust
    for key in _TRUST_KEYS:
        value = options.pop(key, None)
        if isinstance(value, bool):
            trust = value
    changed = (options, trust) != (session.editor_options, session.editor_trust)
    session.editor_options, session.editor_trust = options, trust
    return changed


async def fetch_options(app: App) -> None:
    """Ask the client for its section `understudy`, and resolve the settings if it changed.

    A client without such a section answers null; then what it said at the start still counts.
    """
    item = lsp.ConfigurationItem(section="understudy")
    answer: object = None
    with contextlib.suppress(ClientRefusedError):
        answer = await app.ask(
            lsp.WORKSPACE_CONFIGURATION, lsp.ConfigurationParams(items=[item]), _FETCH_S
        )
    section = answer[0] if isinstance(answer, list | tuple) and answer else None
    changed = isinstance(section, dict) and bool(section) and take_options(app.session, section)
    if changed and app.background is not None:
        await app.background.read_settings()
