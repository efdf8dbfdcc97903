"""`workspace/didChangeWorkspaceFolders`: roots come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import read_again
from understudy.lsp.handlers import Handler
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    removed = {path_of(folder.uri) for folder in params.event.removed}
    added = [path_of(folder.uri) for folder in params.event.added]
    session = app.session
    session.roots = [root for root in session.roots if root not in removed]
    session.roots += [path for path in added if path is not None and path not in session.roots]
    read_again(app)


HANDLER = Handler(id=lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, run=_run)
