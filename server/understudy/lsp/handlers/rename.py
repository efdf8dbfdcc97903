"""`textDocument/rename`: another id for a fragment, in every file that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.fragment_renames import rename
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    return rename(app, params.text_document.uri, params.position, params.new_name)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_RENAME, run=_run)
