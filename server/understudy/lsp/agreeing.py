"""Ask the user something that is answered with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.protocol import ClientRefusedError, ClientSilentError

if TYPE_CHECKING:
    from understudy.lsp.app import App

YES, NO = "Ask it", "Stop"
_WAIT_S = 20.0
"""The run goes on meanwhile, so a question waits no longer than a user who is there."""


async def agrees(app: App, question: str) -> bool:
    """Whether the user agrees; no answer in time, and a client that can't ask, count as no."""
    params = lsp.ShowMessageRequestParams(
        type=lsp.MessageType.Warning,
        message=question,
        actions=[lsp.MessageActionItem(YES), lsp.MessageActionItem(NO)],
    )
    try:
        answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, params, _WAIT_S)
    except (ClientSilentError, ClientRefusedError):
        return False
    return getattr(answer, "title", None) == YES
