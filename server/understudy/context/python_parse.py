"""Whether Python text parses, and where it stops parsing.

Only the grammar is looked at (`PyCF_ONLY_AST`): a `return` outside a function parses. What counts
as grammar is what the running interpreter reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.context.python_compile import parse_error
from understudy.context.python_parts import index_of
from understudy.core.text import Span, after_spans, apply, shift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.text import Edit

Progress = Literal["clean", "onward"]

_CAUSED = (
    "unexpected indent",
    "unindent does",
    "expected an indented",
    "unmatched",
    "inconsistent",
)
"""Errors that a wrong repair further up brings about, so they never count as independent ones."""

_AT_MARGIN = re.compile(r"(?!else\b|elif\b|except\b|finally\b)[^\s#)\]}'\"]")
"""The start of a line that begins a statement of the module itself, as a rule."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first syntax error of a text.

    Attributes:
        message: CPython's words; empty when it gave up without saying where.
        offset: the place it names, in code points.
        end: the end of what it marks; equal to `offset` when it marks a place only.
    """

    message: str
    offset: int
    end: int


def fault(text: str) -> Fault | None:
    """The first syntax error; None when the text parses."""
    try:
        error = parse_error(text)
    except (ValueError, RecursionError, MemoryError, OverflowError):
        # Null bytes, lone surrogates, and nesting past the parser's limits: no place is named.
        return Fault("", 0, 0)
    return None if error is None else _located(text, error)


def progress(text: str, edits: Sequence[Edit]) -> Progress | None:
    """What `edits` do to the first syntax error of `text`.

    `"clean"`: nothing is left. `"onward"`: another one is left, and it stands in a later statement
    that owes nothing to the edit. None: the edit mends nothing.
    """
    before = fault(text)
    if before is None:
        return None
    if _fails_nearby(text, edits, before):
        return None
    after = apply(text, edits)
    left = fault(after)
    if left is None:
        return "clean"
    done = max((span.end for span in after_spans(edits)), default=0)
    if left.message.startswith(_CAUSED):
        return None
    moved_on = left.offset > done and left.offset > before.offset + len(after) - len(text)
    return "onward" if moved_on and _stands_alone(after, left, done) else None


def _fails_nearby(text: str, edits: Sequence[Edit], before: Fault) -> bool:
    """Whether the statements around the edits still fail when they are read without the rest.

    This only saves time: False says nothing, and then the whole text is read.
    """
    around = _surroundings(text, edits, before)
    if len(around) * 2 > len(text):
        return False
    alone = fault(around.of(text))
    if alone is None or alone.offset + around.start != before.offset:
        return False
    here = shift(edits, -around.start)
    found = fault(apply(around.of(text), here))
    # These two may come from cutting the text.
    if found is None or "never closed" in found.message or "triple-quoted" in found.message:
        return False
    done = max((span.end for span in after_spans(here)), default=0)
    return found.offset <= done or found.message.startswith(_CAUSED)


def _surroundings(text: str, edits: Sequence[Edit], before: Fault) -> Span:
    """The statements at the margin that hold the edits and the fault, and the next one."""
    index = index_of(text)
    starts = [before.offset, *(edit.span.start for edit in edits)]
    first = index.line_of(min(starts))
    seen = 0
    while first and seen < 2:
        # The first one may be a misspelt `else` that belongs to the one before.
        seen += _AT_MARGIN.match(index.content(first)) is not None
        first -= seen < 2
    stop = index.line_of(max(before.offset, *(edit.span.end for edit in edits), 0)) + 1
    seen = 0
    while stop < len(index) and seen < 2:
        seen += _AT_MARGIN.match(index.content(stop)) is not None
        stop += seen < 2
    return Span(index.start(first), index.start(stop))


def _stands_alone(text: str, left: Fault, done: int) -> bool:
    """Whether the text parses up to the statement with the fault `left`, which begins past `done`.

    The head is cut at the faulty line or, when that is inside a longer statement, at the last line
    that starts at the margin.
    """
    index = index_of(text)
    line = index.line_of(left.offset)
    top = next((n for n in range(line, -1, -1) if index.content(n)[:1].strip(" \t#)]}")), 0)
    for cut in (index.start(line), index.start(top)):
        head = text[:cut].rstrip()
        if cut > done and (rest := fault(head + "\n")) is None:
            return True
        # A head that ends in `if x:` is only waiting for its block.
        if cut > done and rest is not None and rest.offset >= len(head):
            return True
    return False


def _located(text: str, error: SyntaxError) -> Fault:
    index = index_of(text)
    start = index.offset((error.lineno or 1) - 1, (error.offset or 1) - 1)
    end = start
    if error.end_lineno and error.end_offset and error.end_offset > 0:
        end = index.offset(error.end_lineno - 1, error.end_offset - 1)
    return Fault(error.msg or "", start, max(start, end))
