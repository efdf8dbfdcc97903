"""LSP text edits inside a diagnostic's `data`, wherever a server puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Edit
from understudy.workspace.diagnostics import Suggestion
from understudy.workspace.foreign.document import MAX_ITEMS, exact_span, items_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.foreign.document import Document

_MAX_DEPTH = 4
_CONTAINERS = ("fix", "fixes", "suggestions", "quickfixes", "quickFixes", "codeActions", "actions")
_TITLES = ("title", "description", "label", "desc", "message")


def edit_suggestions(value: object, document: Document, depth: int = 0) -> Iterator[Suggestion]:
    """A suggestion for each object with edits of this document: `data` itself, or below it.

    Read are `edits`, `textEdits` and `changes` as lists of `TextEdit`, `edit` and `textEdit` as
    one `TextEdit` or a `WorkspaceEdit`. Other keys are not followed: ruff's `noqa_edit`, for
    one, is an edit that hides the problem. A change that also reaches into another document, or
    creates files, is left out as a whole.
    """
    if depth > _MAX_DEPTH:
        return
    for entry in items_of(value):
        yield from edit_suggestions(entry, document, depth + 1)
    if not isinstance(value, dict):
        return
    edits = _own_edits(value, document)
    if edits:
        # Ruff's server marks exactly its safe fixes so; see its `AssociatedDiagnosticData`.
        yield Suggestion(_title(value), edits, safe=value.get("is_preferred") is True)
    for key in _CONTAINERS:
        yield from edit_suggestions(value.get(key), document, depth + 1)


def _own_edits(value: dict[str, object], document: Document) -> tuple[Edit, ...] | None:
    for key in ("edits", "textEdits", "changes"):
        if value.get(key):
            return _text_edits(value[key], document)
    for key in ("edit", "textEdit"):
        inner = value.get(key)
        if isinstance(inner, dict):
            if "range" in inner:
                return _text_edits([inner], document)
            return _workspace_edit(inner, document)
    return None


def _workspace_edit(value: dict[str, object], document: Document) -> tuple[Edit, ...] | None:
    """The edits of a `WorkspaceEdit` that touches this document and nothing else."""
    changes = value.get("documentChanges")
    if isinstance(changes, list):
        if len(changes) != 1 or not isinstance(changes[0], dict):
            return None
        target = changes[0].get("textDocument")
        if not isinstance(target, dict) or not document.is_at(target.get("uri")):
            return None
        return _text_edits(changes[0].get("edits"), document)
    by_uri = value.get("changes")
    if not isinstance(by_uri, dict) or len(by_uri) != 1:
        return None
    (uri, edits), *_ = by_uri.items()
    return _text_edits(edits, document) if document.is_at(uri) else None


def _text_edits(value: object, document: Document) -> tuple[Edit, ...] | None:
    """All edits of a list, or None when one of them can't be read: half a change is none."""
    if not isinstance(value, list) or not 0 < len(value) <= MAX_ITEMS:
        return None
    edits = []
    for entry in value:
        if not isinstance(entry, dict) or not isinstance(entry.get("newText"), str):
            return None
        span = exact_span(entry.get("range"), document)
        if span is None:
            return None
        edits.append(Edit(span, entry["newText"]))
    return tuple(edits)


def _title(value: dict[str, object]) -> str:
    return next((title for key in _TITLES if (title := text_of(value.get(key)))), "")
