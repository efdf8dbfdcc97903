"""Where a definition begins, where its signature ends: told by lines, as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_MAX_ABOVE = 60
"""So many lines of comments and marks belong to a definition at most."""
_MAX_MARK = 20
"""So many lines one mark has at most."""


@dataclass(frozen=True, slots=True)
class Borders:
    """The lines of a text in which every line ends with LF.

    Attributes:
        data: the text in UTF-8.
        lines: of `data`, without their ends.
        comments: what begins a line that is a comment.
        block_comment: what begins and ends a comment of several lines; empty where there is none.
        marks: what begins a line that belongs to the definition below it, such as a decorator.
        indented: whether a body is told by its indentation, and not by a brace.
        above: what begins a line that belongs to the definition below it: `comments` and `marks`.
    """

    data: bytes
    lines: list[bytes]
    comments: tuple[bytes, ...]
    block_comment: tuple[bytes, bytes] | None
    marks: tuple[bytes, ...]
    indented: bool
    above: tuple[bytes, ...] = ()

    def first(self, row: int, floor: int) -> int:
        """The first line of a definition that begins in `row`, with what documents it.

        Nothing above the line `floor` belongs to it.
        """
        if row <= floor or not self.lines[row - 1]:
            return row
        top, above = row, row - 1
        while above >= floor and row - above <= _MAX_ABOVE:
            line = self.lines[above].strip()
            if self.block_comment is not None and line.endswith(self.block_comment[1]):
                above = self._comment_start(above)
                if above < floor:
                    break
            elif not line.startswith(self.above):
                if not self.marks or not line.endswith((b")", b"]")):
                    break
                above = self._mark_start(above, floor)
                if above < 0:
                    break
            top = above
            above -= 1
        return top

    def head(self, row: int, name: Node) -> int:
        """The first line of a signature, at the latest that of the name.

        Marks may be a part of the node, which begins in `row`.
        """
        if not self.marks or not self.lines[row].lstrip().startswith(self.marks):
            return row
        is_open, last = 0, name.start_point.row
        while row < last:
            line = self.lines[row].strip()
            if not is_open and not line.startswith(self.marks):
                break
            is_open = max(is_open + line.count(b"(") - line.count(b")"), 0)
            row += 1
        return row

    def body(self, body: Node, head: int, stop: int) -> int:
        """The first line behind a signature."""
        row, column = body.start_point
        if not self.indented:
            brace = self.data.find(b"{", body.start_byte, body.end_byte)
            if brace >= 0 and (brace == body.start_byte or not self._starts_line(row, column)):
                row += self.data.count(b"\n", body.start_byte, brace)
                return min(row + 1, stop)
        if not self._starts_line(row, column):
            return min(row + 1, stop)
        while row - 1 > head and self._is_blank(row - 1):
            row -= 1
        return min(max(row, head + 1), stop)

    def _starts_line(self, row: int, column: int) -> bool:
        return not self.lines[row][:column].strip()

    def _is_blank(self, row: int) -> bool:
        line = self.lines[row].strip()
        return not line or line.startswith(self.comments)

    def _mark_start(self, row: int, floor: int) -> int:
        """The line in which a mark of several lines begins whose last bracket is in `row`; or -1."""
        closed = 0
        for above in range(row, max(row - _MAX_MARK, floor - 1), -1):
            line = self.lines[above]
            closed += line.count(b")") + line.count(b"]") - line.count(b"(") - line.count(b"[")
            if closed <= 0:
                is_mark = not closed and line.lstrip().startswith(self.marks)
                return above if is_mark else -1
        return -1

    def _comment_start(self, row: int) -> int:
        """The line in which the comment begins that ends in `row`; -1 when something precedes it."""
        if self.block_comment is None:
            return -1
        begin = self.block_comment[0]
        for above in range(row, max(row - _MAX_ABOVE, -1), -1):
            line = self.lines[above].strip()
            if begin in line:
                return above if line.startswith(begin) else -1
        return -1


def stop_row(node: Node, start: int) -> int:
    """The line behind the last one of a node that begins in the line `start`."""
    row, column = node.end_point
    return max(row + 1 if column else row, start + 1)
