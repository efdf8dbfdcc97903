"""What happens to a document from the client's side: it changes, it closes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError
from understudy.lsp import door
from understudy.lsp.documents import Change
from understudy.lsp.lesson_documents import is_lesson

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document


def content_changes(raw: list[Any]) -> list[Change]:
    """The `contentChanges` of a notification, read before any of them is carried out.

    Raises:
        BadRequestError: names the first one that is wrong; none is carried out then.
    """
    changes = []
    for number, one in enumerate(raw):
        where = f"contentChanges[{number}]"
        text = door.member(one, "text", str, where)
        if one.get("range") is None:
            changes.append(Change(text))
        else:
            start, end = door.place(one["range"], f"{where}.range")
            changes.append(Change(text, start, end))
    return changes


def change_of(change: lsp.TextDocumentContentChangeEvent) -> Change:
    """A content change that the general converter has read."""
    if isinstance(change, lsp.TextDocumentContentChangeWholeDocument):
        return Change(change.text)
    start, end = change.range.start, change.range.end
    if min(start.line, start.character, end.line, end.character) < 0:
        raise BadRequestError("A change's range must not be negative.")
    return Change(change.text, (start.line, start.character), (end.line, end.character))


def changed(app: App, document: Document, version: int, changes: list[Change]) -> None:
    """Carry out changes, then look what became of our edits."""
    before = document.version
    app.session.change(document.uri, version, changes)
    app.indexing.touched(document.uri)
    app.aftermath.changed(document, before)
    app.speculation.touched(document, before)


_TEXT = (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE)
_CELLS = (lsp.NOTEBOOK_DOCUMENT_DID_OPEN, lsp.NOTEBOOK_DOCUMENT_DID_CHANGE)


def failed(app: App, method: str, params: Any) -> None:
    """A notification failed. The text of a document that it was to change is unknown now."""
    uris: list[str] = []
    with contextlib.suppress(BadRequestError):
        if method in _TEXT:
            uris = [door.uri(params)]
        elif method in _CELLS:
            notebook = door.member(params, "notebookDocument", dict)
            uris = app.session.cells.get(door.member(notebook, "uri", str), [])
    for uri in uris:
        if uri in app.session.documents:
            app.session.lose(uri)
            app.aftermath.lost(uri)


def opened(app: App, item: lsp.TextDocumentItem) -> Document:
    """Take a document; one that was open already is closed first, whatever the client thinks."""
    if item.uri in app.session.documents:
        closed(app, item.uri)
    document = app.session.open(item)
    app.indexing.touched(item.uri)
    app.aftermath.opened(document)
    app.aftermath.explain()
    app.speculation.touched(document, document.version)
    return document


def closed(app: App, uri: str) -> None:
    """Forget a document: its jobs are cancelled, its edits settled, its problems taken back."""
    app.speculation.closed(uri)
    app.jobs.cancel_document(uri)
    app.aftermath.closed(uri)
    session = app.session
    told = uri in session.mends or uri in session.reasons or uri in session.desks
    if told or is_lesson(app, uri):
        params = lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[])
        app.notify(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
    app.session.close(uri)
    app.indexing.closed(uri)
    app.aftermath.explain()
