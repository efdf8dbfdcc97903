"""`textDocument/didClose`: nothing is done any more for a document that nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.changes import closed
from understudy.lsp.fragment_documents import look_at_fragments
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidCloseTextDocumentParams) -> None:
    closed(app, params.text_document.uri)
    look_at_fragments(app, params.text_document.uri)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_DID_CLOSE, run=_run)
