"""`window/workDoneProgress/cancel`: the user pressed Cancel on a job's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.WorkDoneProgressCancelParams) -> None:
    app.jobs.cancel(str(params.token))


HANDLER = Handler(id=lsp.WINDOW_WORK_DONE_PROGRESS_CANCEL, run=_run)
