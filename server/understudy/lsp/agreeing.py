"""Ask the user whether a dearer model takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.engine.budget import lifts_a_limit
from understudy.lsp.protocol import ClientRefusedError, ClientSilentError

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.lsp.app import App

YES, ALWAYS, NEVER, NO = "Ask it", "Always", "Never for this workspace", "Stop"
_STANDING = {ALWAYS: True, NEVER: False}
_WAIT_S = 20.0
"""The run goes on meanwhile, so a question waits no longer than a user who is there."""


async def agrees(app: App, root: Path | None, question: str) -> bool:
    """Whether the user agrees; no answer in time, and a client that can't ask, count as no.

    `ALWAYS` and `NEVER` stand for the folder until the server ends. A limit of the budget is lifted
    by a yes to that very question alone.

    Args:
        app: knows the client.
        root: the workspace folder; None for documents outside any.
        question: the cascade's.
    """
    standing = app.session.standing
    once = lifts_a_limit(question)
    known = standing.get(root)
    if known is False or (known is True and not once):
        return known
    title = await _picked(app, question, (YES, NO) if once else (YES, ALWAYS, NEVER, NO))
    if title in _STANDING:
        standing[root] = _STANDING[title]
    return title in {YES, ALWAYS}


async def _picked(app: App, question: str, titles: tuple[str, ...]) -> str:
    """What the user picked; empty for nothing."""
    params = lsp.ShowMessageRequestParams(
        type=lsp.MessageType.Warning,
        message=question,
        actions=[lsp.MessageActionItem(title) for title in titles],
    )
    try:
        answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, params, _WAIT_S)
    except (ClientSilentError, ClientRefusedError):
        return ""
    title = getattr(answer, "title", "")
    return title if title in titles else ""
