"""`$/cancelRequest`: commands are answered at once, so it is their job that is cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.CancelParams) -> None:
    app.jobs.cancel_request(params.id)


HANDLER = Handler(id=lsp.CANCEL_REQUEST, run=_run)
