"""Work-done progress, at most five reports a second for each job."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

if TYPE_CHECKING:
    from understudy.lsp.app import App

_MIN_GAP_S = 0.2


class Progress:
    """One progress token, from begin to end. Silent for clients without progress."""

    def __init__(self, app: App, token: str, title: str) -> None:
        self._app = app
        self._token = token
        self._title = title
        self._last = 0.0
        self._open = False

    async def begin(self) -> None:
        """Ask the client for a progress display and open it."""
        if not self._app.session.client.progress:
            return
        if not await self._app.ask(
            lsp.WINDOW_WORK_DONE_PROGRESS_CREATE,
            lsp.WorkDoneProgressCreateParams(token=self._token),
            timeout_s=5.0,
        ):
            return
        self._open = True
        self._send(lsp.WorkDoneProgressBegin(title=self._title, cancellable=True))

    def report(self, text: str, share: float | None) -> None:
        """Say what happens now; left out when the last report was a moment ago."""
        now = time.monotonic()
        if not self._open or now - self._last < _MIN_GAP_S:
            return
        self._last = now
        percentage = round(share * 100) if share is not None else None
        self._send(lsp.WorkDoneProgressReport(message=text, percentage=percentage))

    def end(self, text: str) -> None:
        """Close the display with a last word."""
        if self._open:
            self._open = False
            self._send(lsp.WorkDoneProgressEnd(message=text))

    def _send(self, value: object) -> None:
        params = lsp.ProgressParams(token=self._token, value=value)
        self._app.notify(lsp.PROGRESS, params)
