"""Which part of a long Python text can be read by itself, and where its strings and comments are.

To cut a text into tokens takes a hundred times as long as to find its strings, so what is only
about one place reads the lines around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from sys import getsizeof
from typing import TYPE_CHECKING

from understudy.core.bounded_cache import bounded_cache
from understudy.core.lines import LineIndex
from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = 8_000
"""Up to this many characters a text is read as a whole."""

_LINES = 120
"""How many lines on either side of a place are read at least."""

_KEPT_BYTES = 32_000_000
"""How much memory the remembered lines may take, and the remembered strings as much again."""

_ITEM_BYTES = 100
"""What a line takes beside its characters, or the span of a string."""

# The strings are those of the tokens, so that both see the same ends in broken text as well.
_SILENT = re.compile(
    r"""
      \#[^\r\n]*
    | '''(?:[^\\']|\\.|'(?!''))*(?:'''|\\?\Z)
    | \"\"\"(?:[^\\"]|\\.|"(?!""))*(?:\"\"\"|\\?\Z)
    | '(?:[^\\'\r\n]|\\\r\n|\\.)*'?
    | "(?:[^\\"\r\n]|\\\r\n|\\.)*"?
    """,
    re.VERBOSE | re.DOTALL,
)


@bounded_cache(_KEPT_BYTES, lambda index, text: 2 * getsizeof(text) + _ITEM_BYTES * len(index))
def index_of(text: str) -> LineIndex:
    """The lines of a text, shared between those who ask."""
    return LineIndex(text)


@bounded_cache(_KEPT_BYTES, lambda spans, text: getsizeof(text) + _ITEM_BYTES * len(spans))
def silences(text: str) -> tuple[Span, ...]:
    """Every string, from its opening quote, and every comment."""
    return tuple(Span(*found.span()) for found in _SILENT.finditer(text))


def silent(text: str, offset: int) -> bool:
    """Whether a place is inside a string or a comment, behind its first character."""
    spans = silences(text)
    place = bisect_right(spans, offset, key=_start) - 1
    return place >= 0 and spans[place].start < offset < spans[place].end


def places_of(text: str, word: str) -> Iterator[int]:
    """Where a text has a word, in strings and comments too."""
    place = text.find(word) if word else -1
    while place >= 0:
        # A pattern with word boundaries would look at every character.
        before, after = text[place - 1 : place], text[place + len(word) : place + len(word) + 1]
        if not (_is_part(before) or _is_part(after)):
            yield place
        place = text.find(word, place + len(word))


def _is_part(char: str) -> bool:
    """Whether a character next to a word would belong to it."""
    return char == "_" or char.isalnum()


def part_around(text: str, offset: int) -> Span:
    """Whole statements of the module around a place; everything when the text is short.

    The part begins and ends at lines that stand at the margin, outside of strings.
    """
    if len(text) <= _SHORT:
        return Span(0, len(text))
    index = index_of(text)
    line = index.line_of(offset)
    first, stop = max(line - _LINES, 0), min(line + _LINES, len(index))
    while first and not _begins_statement(index, first):
        first -= 1
    while stop < len(index) and not _begins_statement(index, stop):
        stop += 1
    return Span(index.start(first), index.start(stop))


def _begins_statement(index: LineIndex, line: int) -> bool:
    content = index.content(line)
    stands_out = content[:1] not in {"", " ", "\t", "\f", "#", ")", "]", "}", "'", '"'}
    # Behind a backslash the line goes on with the one before.
    joined = index.content(line - 1).endswith("\\")
    return stands_out and not joined and not silent(index.text, index.start(line))


def _start(span: Span) -> int:
    return span.start
