"""Suggestions in the text that rustc and clippy print, which rust-analyzer carries in `data`.

A help section shows the lines after the change:

    help: a local variable with a similar name exists
      |
    9 -     println!("{}", totl);
    9 +     println!("{}", total);
      |

Lines marked `-` go and lines marked `+` come; an unmarked line over a row of `+` has these
characters more than before. Everything is compared with the document, so that a suggestion that
does not fit it exactly is left out; so are lines marked `~`, which do not show what they replace.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import LineIndex, content_length
from understudy.core.text import Edit, Span, apply
from understudy.workspace.diagnostics import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.foreign.document import Document

_MAX_LENGTH = 20_000
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_HEADING = re.compile(r"(?m)^help: ")
_ROW = re.compile(r"(?P<number>\d*) *(?P<mark>[-+~|])(?: (?P<code>.*))?")


class _Row(NamedTuple):
    number: int | None
    mark: str
    code: str


def rendered_suggestions(value: object, document: Document) -> Iterator[Suggestion]:
    """One suggestion for each change that the text in `data.rendered` shows in full."""
    for title, body in _sections(value):
        for rows in _changes(body):
            edits = _replaced(rows, document) or _grown(rows, document)
            if edits:
                yield Suggestion(title, edits)


def agrees(suggestion: Suggestion, value: object, document: Document) -> bool:
    """Whether `data.rendered` shows the suggestion's result, or no result under its title.

    What else carries the suggestion may hold a part of it only.
    """
    for title, body in _sections(value):
        if title == suggestion.title:
            after = LineIndex(apply(document.text, suggestion.edits))
            rows = [
                row for rows in _changes(body) for row in rows if row.number and row.mark != "-"
            ]
            return bool(rows) and all(
                after.content(row.number - 1) == row.code for row in rows if row.number
            )
    return True


def _sections(value: object) -> Iterator[tuple[str, str]]:
    """Title and rows of each help section."""
    rendered = value.get("rendered") if isinstance(value, dict) else None
    if not isinstance(rendered, str) or len(rendered) > _MAX_LENGTH:
        return
    for section in _HEADING.split(_COLOUR.sub("", rendered))[1:]:
        title, _, body = section.partition("\n")
        yield title, body


def _changes(body: str) -> Iterator[list[_Row]]:
    """The runs of rows between empty ones: alternatives are printed one below the other."""
    run: list[_Row] = []
    for line in body.split("\n"):
        match = _ROW.fullmatch(line.lstrip(" "))
        if match is None:
            # The section ends, or it goes on after lines that it does not show.
            if line.strip():
                return
            break
        # More digits than any line number has are no line number.
        number = int(match["number"]) if 0 < len(match["number"]) < 9 else None
        row = _Row(number, match["mark"], match["code"] or "")
        if row.number is None and not row.code.strip():
            yield run
            run = []
        else:
            run.append(row)
    yield run


def _replaced(rows: list[_Row], document: Document) -> tuple[Edit, ...] | None:
    """Whole lines out and in: `-` rows, then `+` rows, then unchanged rows for context."""
    gone = [row for row in rows if row.mark == "-"]
    come = [row for row in rows if row.mark == "+"]
    rest = rows[len(gone) + len(come) :]
    if not (gone or come) or rows != gone + come + rest:
        return None
    first = (gone or come)[0].number
    if first is None or not 1 <= first <= len(document.index):
        return None
    for line, row in enumerate(gone + rest, first - 1):
        if document.index.content(line) != row.code:
            return None
    start = document.index.start(first - 1)
    end = document.index.start(first - 1 + len(gone))
    last = document.index.lines[first - 1 + max(len(gone), 1) - 1]
    line_end = last[content_length(last) :]
    if come and not line_end:
        return None
    return (Edit(Span(start, end), "".join(row.code + line_end for row in come)),)


def _grown(rows: list[_Row], document: Document) -> tuple[Edit, ...] | None:
    """Characters inserted into lines: each line stands over a row of `+` below the new ones."""
    if len(rows) % 2:
        return None
    edits: list[Edit] = []
    for shown, marks in zip(rows[::2], rows[1::2], strict=True):
        inserted = _insertions(shown, marks, document)
        if not inserted:
            return None
        edits += inserted
    return tuple(edits)


def _insertions(shown: _Row, marks: _Row, document: Document) -> list[Edit] | None:
    if shown.number is None or marks.number is not None or {shown.mark, marks.mark} != {"|"}:
        return None
    runs = [(run.start(), run.end()) for run in re.finditer(r"\++", marks.code)]
    if not runs or marks.code.strip(" +"):
        return None
    edits, before, cursor = [], "", 0
    line_start = document.index.start(shown.number - 1)
    for start, end in runs:
        before += shown.code[cursor:start]
        edits.append(
            Edit(Span(line_start + len(before), line_start + len(before)), shown.code[start:end])
        )
        cursor = end
    if before + shown.code[cursor:] != document.index.content(shown.number - 1):
        return None
    return edits
