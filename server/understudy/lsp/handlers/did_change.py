"""`textDocument/didChange`: all changes of a notification in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.lsp import door
from understudy.lsp.changes import changed, content_changes
from understudy.lsp.config_documents import look_at_configuration
from understudy.lsp.fragment_documents import look_at_fragments
from understudy.lsp.handlers import Handler
from understudy.lsp.lesson_documents import look_at_lesson

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: Any) -> None:
    uri = door.uri(params)
    version = door.member(params["textDocument"], "version", (int, type(None)), "textDocument")
    document = app.session.document(uri)
    changes = content_changes(door.member(params, "contentChanges", list))
    changed(app, document, document.version + 1 if version is None else version, changes)
    look_at_configuration(app, document)
    look_at_fragments(app, document.uri)
    look_at_lesson(app, document)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_DID_CHANGE, run=_run, raw=True)
