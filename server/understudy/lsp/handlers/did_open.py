"""`textDocument/didOpen`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import look_at_configuration
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidOpenTextDocumentParams) -> None:
    document = app.session.open(params.text_document)
    look_at_configuration(app, document)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_DID_OPEN, run=_run)
