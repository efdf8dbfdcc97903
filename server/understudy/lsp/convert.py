"""The border between our code points and the client's positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.lines import LineIndex, column_to_units, units_to_column
from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import Encoding
    from understudy.core.text import Edit
    from understudy.lsp.ready import Place

CONFIRM = "understudy"
"""The id of the change annotation that asks for confirmation."""


def to_span(index: LineIndex, place: lsp.Range, encoding: Encoding) -> Span:
    """A client's range in code points, clamped to the text; a reversed range is turned around."""
    start = to_offset(index, place.start, encoding)
    end = to_offset(index, place.end, encoding)
    return Span(min(start, end), max(start, end))


def to_offset(index: LineIndex, position: lsp.Position, encoding: Encoding) -> int:
    """A client's position in code points, clamped to the text."""
    if position.line >= len(index):
        return len(index.text)
    line = index.lines[max(position.line, 0)]
    return index.start(position.line) + units_to_column(line, position.character, encoding)


def to_position(index: LineIndex, offset: int, encoding: Encoding) -> lsp.Position:
    """The client's position for an offset."""
    line, column = index.position(offset)
    return lsp.Position(line, column_to_units(index.lines[line], column, encoding))


def to_range(index: LineIndex, span: Span, encoding: Encoding) -> lsp.Range:
    """The client's range for a span."""
    start = to_position(index, span.start, encoding)
    return lsp.Range(start, to_position(index, span.end, encoding))


def workspace_edit(
    uri: str,
    version: int,
    text_edits: Iterable[lsp.TextEdit],
    annotation: lsp.ChangeAnnotation | None = None,
) -> lsp.WorkspaceEdit:
    """One document's edits, tied to the version that they were made for."""
    edits = annotated(text_edits, CONFIRM if annotation is not None else None)
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return lsp.WorkspaceEdit(
        document_changes=[lsp.TextDocumentEdit(text_document=document, edits=edits)],
        change_annotations={CONFIRM: annotation} if annotation is not None else None,
    )


def annotated(
    text_edits: Iterable[lsp.TextEdit], asks: str | None
) -> list[lsp.TextEdit | lsp.AnnotatedTextEdit | lsp.SnippetTextEdit]:
    """The edits, each under the annotation with this id if there is one."""
    if asks is None:
        return list(text_edits)
    return [lsp.AnnotatedTextEdit(asks, edit.range, edit.new_text) for edit in text_edits]


def placed_edits(places: Iterable[Place], encoding: Encoding) -> list[lsp.TextEdit]:
    """The edits of a waiting edit as text edits, told by its own lines alone."""
    edits = []
    for place in places:
        (edit,) = text_edits(LineIndex("".join(place.lines)), [place.edit], encoding)
        start, end = edit.range.start, edit.range.end
        moved = lsp.Range(
            lsp.Position(place.first + start.line, start.character),
            lsp.Position(place.first + end.line, end.character),
        )
        edits.append(lsp.TextEdit(moved, edit.new_text))
    return edits


def text_edits(index: LineIndex, edits: Iterable[Edit], encoding: Encoding) -> list[lsp.TextEdit]:
    """The edits as the client's text edits, in the coordinates of `index`."""
    return [lsp.TextEdit(to_range(index, edit.span, encoding), edit.text) for edit in edits]
