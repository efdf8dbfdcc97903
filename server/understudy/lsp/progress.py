"""Work-done progress, at most five reports a second for each job."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.protocol import ClientRefusedError

if TYPE_CHECKING:
    from understudy.lsp.app import App

_MIN_GAP_S = 0.2
_CREATE_S = 5.0


class Progress:
    """One progress token, from begin to end. Silent for clients without progress.

    Nothing waits for the client: a display that is not there yet when the work ends is never
    opened, and a client that refuses one still gets its work done.
    """

    def __init__(self, app: App, token: str, title: str) -> None:
        self._app = app
        self._token = token
        self._title = title
        self._last = 0.0
        self._open = False
        self._ended = False

    def begin(self) -> None:
        """Ask the client for a progress display, and open it as soon as it is there."""
        if self._app.session.client.progress:
            self._app.spawn(self._create(), f"progress {self._token}")

    def report(self, text: str, share: float | None) -> None:
        """Say what happens now; left out when the last report was a moment ago."""
        now = time.monotonic()
        if not self._open or now - self._last < _MIN_GAP_S:
            return
        self._last = now
        percentage = round(share * 100) if share is not None else None
        self._send(lsp.WorkDoneProgressReport(message=text, percentage=percentage))

    def end(self, text: str) -> None:
        """Close the display with a last word; of several, the first counts."""
        self._ended = True
        if self._app.session.client.status:
            self._app.status.changed()
        if self._open:
            self._open = False
            self._send(lsp.WorkDoneProgressEnd(message=text))

    async def _create(self) -> None:
        params = lsp.WorkDoneProgressCreateParams(token=self._token)
        try:
            await self._app.ask(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE, params, _CREATE_S)
        except ClientRefusedError:
            return
        if not self._ended:
            self._open = True
            self._send(lsp.WorkDoneProgressBegin(title=self._title, cancellable=True))

    def _send(self, value: object) -> None:
        params = lsp.ProgressParams(token=self._token, value=value)
        self._app.notify(lsp.PROGRESS, params)


class NoProgress(Progress):
    """Of work that nobody asked for: nothing is shown of it."""

    def begin(self) -> None:
        """Open no display, so that nothing can be reported to it either."""
