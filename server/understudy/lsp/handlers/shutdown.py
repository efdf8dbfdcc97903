"""`shutdown`: stop working; the process ends with `exit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, _: object) -> None:
    app.jobs.cancel(why="Cancelled: the editor is closing.")
    for uri in list(app.session.documents):
        app.aftermath.closed(uri)
    app.protocol.stop_serving()


HANDLER = Handler(id=lsp.SHUTDOWN, run=_run)
