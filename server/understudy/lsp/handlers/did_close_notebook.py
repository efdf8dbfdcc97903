"""`notebookDocument/didClose`: its cells go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.changes import closed
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidCloseNotebookDocumentParams) -> None:
    known = app.session.cells.pop(params.notebook_document.uri, [])
    for uri in {*known, *(cell.uri for cell in params.cell_text_documents)}:
        closed(app, uri)


HANDLER = Handler(id=lsp.NOTEBOOK_DOCUMENT_DID_CLOSE, run=_run)
