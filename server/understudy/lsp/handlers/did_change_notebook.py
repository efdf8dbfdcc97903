"""`notebookDocument/didChange`: cells come, go and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError
from understudy.lsp.changes import change_of, changed, closed, opened
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidChangeNotebookDocumentParams) -> None:
    uri = params.notebook_document.uri
    cells = app.session.cells.get(uri)
    if cells is None:
        raise BadRequestError(f"The notebook `{uri}` is not open in the editor.")
    change = params.change.cells
    if change is None:
        return
    if change.structure is not None:
        _restructure(app, cells, change.structure)
    for content in change.text_content or []:
        document = app.session.document(content.document.uri)
        changes = [change_of(one) for one in content.changes]
        changed(app, document, content.document.version, changes)


def _restructure(
    app: App, cells: list[str], structure: lsp.NotebookDocumentCellChangeStructure
) -> None:
    array = structure.array
    fresh = [cell.document for cell in array.cells or []]
    cells[array.start : array.start + array.delete_count] = fresh
    for cell in structure.did_open or []:
        opened(app, cell)
    for gone in structure.did_close or []:
        closed(app, gone.uri)


HANDLER = Handler(id=lsp.NOTEBOOK_DOCUMENT_DID_CHANGE, run=_run)
