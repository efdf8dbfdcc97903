"""Suggestions of rustc and clippy in their own JSON.

The format is described in "JSON output" of the rustc book: a diagnostic has `spans` and
`children`, and a child's span with `suggested_replacement` is one part of a suggestion. Lines and
columns count from 1, columns in code points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.lines import content_length
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Suggestion
from understudy.workspace.foreign.document import items_of, number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.foreign.document import Document

_OFFERED = frozenset({"MachineApplicable", "MaybeIncorrect"})


def rustc_suggestions(value: object, document: Document) -> Iterator[Suggestion]:
    """Suggestions for the file that the diagnostic is about; `MachineApplicable` ones are safe.

    Cargo's `{"reason": "compiler-message", "message": {…}}` is read as well.
    """
    if not isinstance(value, dict):
        return
    inner = value.get("message")
    finding: dict[str, object] = inner if isinstance(inner, dict) else value
    file = _primary_file(finding)
    if file is None:
        return
    for child in items_of(finding.get("children")):
        if isinstance(child, dict):
            yield from _from_child(child, file, document)


def _primary_file(value: dict[str, object]) -> str | None:
    for span in items_of(value.get("spans")):
        if isinstance(span, dict) and span.get("is_primary") is True:
            return text_of(span.get("file_name")) or None
    return None


def _from_child(child: dict[str, object], file: str, document: Document) -> Iterator[Suggestion]:
    parts = [
        part
        for part in items_of(child.get("spans"))
        if isinstance(part, dict) and part.get("suggested_replacement") is not None
    ]
    edits = [_edit(part, file, document) for part in parts]
    safe = all(part.get("suggestion_applicability") == "MachineApplicable" for part in parts)
    whole = [edit for edit in edits if edit is not None]
    if len(whole) < len(edits):
        return
    for group in _alternatives(whole):
        yield Suggestion(text_of(child.get("message")), group, safe)


def _edit(part: dict[str, object], file: str, document: Document) -> Edit | None:
    replacement = part.get("suggested_replacement")
    if part.get("suggestion_applicability") not in _OFFERED or part.get("file_name") != file:
        return None
    # Text that a macro wrote has no place of its own in the file.
    if not isinstance(replacement, str) or part.get("expansion") is not None:
        return None
    start = _offset(part.get("line_start"), part.get("column_start"), document)
    end = _offset(part.get("line_end"), part.get("column_end"), document)
    if start is None or end is None or start > end:
        return None
    return Edit(Span(start, end), document.with_line_ends(replacement))


def _offset(line: object, column: object, document: Document) -> int | None:
    row, place = number_of(line), number_of(column)
    index = document.index
    if row is None or place is None or not 1 <= row <= len(index) or place < 1:
        return None
    if place - 1 > content_length(index.lines[row - 1]):
        return None
    return index.offset(row - 1, place - 1)


def _alternatives(edits: list[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Split a child's parts into suggestions.

    rustc writes the parts of all alternatives in one list, those of each in the order of the text.
    A part that does not stand behind the one before it therefore begins the next alternative. One
    that begins where that ends belongs to it: of `{B, C}` the parts `{`, `, C` and `}` are removed.
    """
    group: list[Edit] = []
    for edit in edits:
        if group and not _is_behind(edit.span, group[-1].span):
            yield tuple(group)
            group = []
        group.append(edit)
    if group:
        yield tuple(group)


def _is_behind(span: Span, other: Span) -> bool:
    return span.start >= other.end and span.end > other.start
