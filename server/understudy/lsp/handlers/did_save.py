"""`textDocument/didSave`: a saved configuration counts from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.engine.checking import forget_checks
from understudy.lsp.config_documents import is_configuration, keep_up, read_again
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidSaveTextDocumentParams) -> None:
    forget_checks()
    app.indexing.saved(params.text_document.uri)
    if is_configuration(app, params.text_document.uri):
        read_again(app)
    else:
        keep_up(app)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_DID_SAVE, run=_run)
