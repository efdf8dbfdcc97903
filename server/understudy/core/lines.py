"""Lines and columns. A line ends with LF, CRLF or CR, and with nothing else.

`str.splitlines` also cuts at form feeds, U+2028 and six more, which no editor counts as a line
end; every position behind one of them would be wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END = re.compile(r"\r\n|\n|\r")


def split_lines(text: str) -> list[str]:
    r"""The lines of `text` with their ends; the last one is what stands behind the last end.

    `"".join(split_lines(text)) == text`, and `split_lines("a\n") == ["a\n", ""]`, as an editor
    sees it.
    """
    if "\r" not in text:
        lines = [line + "\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        return lines
    lines = []
    start = 0
    for end in _LINE_END.finditer(text):
        lines.append(text[start : end.end()])
        start = end.end()
    lines.append(text[start:])
    return lines


def content_length(line: str) -> int:
    """The length of a line without its end, in code points."""
    if line.endswith("\r\n"):
        return len(line) - 2
    return len(line) - line.endswith(("\n", "\r"))


def real_lines(lines: Iterable[str]) -> int:
    """How many lines hold something, not counting blank ones."""
    return sum(bool(line.strip()) for line in lines)


class LineIndex:
    """Where the lines of one text start. Lines and columns count from 0."""

    __slots__ = ("_starts", "lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = split_lines(text)
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line))
        self._starts = starts

    def __len__(self) -> int:
        return len(self.lines)

    def start(self, line: int) -> int:
        """The offset where `line` starts; the end of the text for a line past the last."""
        return self._starts[min(max(line, 0), len(self.lines))]

    def position(self, offset: int) -> tuple[int, int]:
        """`(line, column)` of an offset, clamped to the text."""
        offset = min(max(offset, 0), len(self.text))
        line = min(bisect_right(self._starts, offset) - 1, len(self.lines) - 1)
        return line, offset - self._starts[line]

    def offset(self, line: int, column: int) -> int:
        """The offset of a position; a column past the line's content is the content's end."""
        if line >= len(self.lines):
            return len(self.text)
        if line < 0:
            return 0
        return self._starts[line] + min(max(column, 0), content_length(self.lines[line]))

    def line_of(self, offset: int) -> int:
        """The line that holds an offset."""
        return self.position(offset)[0]

    def content(self, line: int) -> str:
        """The characters of a line without its end; empty past the last line."""
        if not 0 <= line < len(self.lines):
            return ""
        return self.lines[line][: content_length(self.lines[line])]

    def line_span(self, line: int) -> Span:
        """The span of a line, its end included."""
        return Span(self.start(line), self.start(line + 1))

    def lines_of(self, span: Span) -> range:
        """The lines that a span touches; a span that ends at a line's start leaves that line out."""
        first = self.line_of(span.start)
        last = self.line_of(span.end)
        if last > first and span.end == self._starts[last]:
            last -= 1
        return range(first, last + 1)


def units_to_column(line: str, units: int, encoding: Encoding) -> int:
    """The column in code points for an editor's column, clamped to the line's content.

    A column inside a character (half a surrogate pair, the middle of UTF-8 bytes) is its start.
    """
    limit = content_length(line)
    if units <= 0:
        return 0
    if encoding == "utf-32" or line.isascii():
        return min(units, limit)
    for column in range(limit):
        units -= _width(line[column], encoding)
        if units < 0:
            return column
    return limit


def column_to_units(line: str, column: int, encoding: Encoding) -> int:
    """The editor's column for a column in code points, clamped to the line's content."""
    column = min(max(column, 0), content_length(line))
    if encoding == "utf-32" or line.isascii():
        return column
    return sum(_width(char, encoding) for char in line[:column])


def _width(char: str, encoding: Encoding) -> int:
    """Units of one character. Counted, not encoded: an editor's text may hold lone surrogates."""
    if encoding == "utf-16":
        return 2 if char > "\uffff" else 1
    return 1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff")
