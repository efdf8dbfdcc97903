"""`notebookDocument/didOpen`: the cells are documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.changes import opened
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidOpenNotebookDocumentParams) -> None:
    cells = params.cell_text_documents
    for cell in cells:
        opened(app, cell)
    app.session.cells[params.notebook_document.uri] = [cell.uri for cell in cells]


HANDLER = Handler(id=lsp.NOTEBOOK_DOCUMENT_DID_OPEN, run=_run)
