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


def take_initial(session: Session, raw: object) -> None:
    """Take over `initializationOptions`, the one place where an editor can vouch for a folder."""
    options, trust = _read(raw)
    session.editor_options, session.editor_trust = options, trust


def take_section(session: Session, raw: object) -> bool:
    """Take over the section `understudy`; returns whether anything is different now.

    Editors merge a folder's own settings into it. So it can withdraw trust and never give it, and
    without trust its commands are looked upon as the folder's own.
    """
    options, trust = _read(raw)
    withdrawn = trust is False and session.editor_trust is not False
    changed = withdrawn or options != session.editor_options
    session.editor_options = options
    session.options_doubtful = session.editor_trust is not True
    if withdrawn:
        session.editor_trust = False
    return changed


def _read(raw: object) -> tuple[dict[str, object], bool | None]:
    """Options and trust. The options may stand under `understudy` or by themselves.

    An empty list is an empty object: some clients write one for the other.
    """
    options = raw if isinstance(raw, dict) else {}
    inner = options.get("understudy")
    if isinstance(inner, dict):
        options = inner
    options = {str(key): value for key, value in options.items()}
    said = [options.pop(key, None) for key in _TRUST_KEYS]
    found = [value for value in said if isinstance(value, bool)]
    return options, (all(found) if found else None)


async def fetch_options(app: App) -> None:
    """Ask the client for its section `understudy`, and resolve the settings if it changed."""
    if await fetch_section(app) and app.background is not None:
        await app.background.read_settings()


async def fetch_section(app: App) -> bool:
    """Ask the client for its section `understudy`, if it can be asked; whether it changed anything.

    A client without such a section answers null; then what it said at the start still counts.
    """
    if not app.session.client.configuration:
        return False
    item = lsp.ConfigurationItem(section="understudy")
    answer: object = None
    with contextlib.suppress(ClientRefusedError):
        answer = await app.ask(
            lsp.WORKSPACE_CONFIGURATION, lsp.ConfigurationParams(items=[item]), _FETCH_S
        )
    section = answer[0] if isinstance(answer, list | tuple) and answer else None
    return isinstance(section, dict) and bool(section) and take_section(app.session, section)
