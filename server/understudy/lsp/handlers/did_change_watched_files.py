"""`workspace/didChangeWatchedFiles`: a workspace's configuration changed on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import is_configuration, read_again
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidChangeWatchedFilesParams) -> None:
    if any(is_configuration(app, change.uri) for change in params.changes):
        read_again(app)


HANDLER = Handler(id=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, run=_run)
