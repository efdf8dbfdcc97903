"""A question with buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.protocol import ClientRefusedError, ClientSilentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.lsp.app import App


async def pick(
    app: App, message: str, titles: Sequence[str], *, wait_s: float, warning: bool = True
) -> str | None:
    """Ask, and say which button was pressed.

    Returns:
        Its title; empty for none, or for no answer in time; None where the client knows no
        questions.
    """
    params = lsp.ShowMessageRequestParams(
        type=lsp.MessageType.Warning if warning else lsp.MessageType.Info,
        message=message,
        actions=[lsp.MessageActionItem(title) for title in titles],
    )
    try:
        answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, params, wait_s)
    except ClientSilentError:
        return ""
    except ClientRefusedError:
        return None
    title = getattr(answer, "title", "")
    return title if title in titles else ""
