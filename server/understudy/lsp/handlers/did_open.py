"""`textDocument/didOpen`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.changes import opened
from understudy.lsp.config_documents import keep_up, look_at_configuration
from understudy.lsp.fragment_documents import look_at_fragments
from understudy.lsp.handlers import Handler
from understudy.lsp.lesson_documents import look_at_lesson

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidOpenTextDocumentParams) -> None:
    document = opened(app, params.text_document)
    look_at_configuration(app, document)
    look_at_fragments(app, document.uri)
    look_at_lesson(app, document)
    keep_up(app)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_DID_OPEN, run=_run)
