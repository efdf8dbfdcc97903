"""Places in a text as TypeScript counts them.

TypeScript counts UTF-16 units, and its lines also end at U+2028 and U+2029, where no editor ends
one ("isLineBreak" in its scanner).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class TsText:
    """One text; `span` and `edits` turn TypeScript's places into code points."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, start: int, length: int) -> Span:
        """The span that starts after `start` UTF-16 units of the text and is `length` units long."""
        first = self._code_points(start)
        return Span(first, max(first, self._code_points(start + length)))

    def edits(self, changes: Iterable[dict[str, Any]]) -> tuple[Edit, ...]:
        """The edits of a `FileCodeEdits` of the TypeScript server's protocol.

        Raises:
            KeyError, TypeError, IndexError: when they are something else.
        """
        return tuple(
            Edit(Span(self._place(one["start"]), self._place(one["end"])), one["newText"])
            for one in changes
        )

    def offset(self, line: int, column: int) -> int:
        """The place of a line and a column, which count from 1.

        Raises:
            IndexError: when there is no such line.
        """
        start = self._lines[line - 1]
        return self._code_points(start + bisect_left(self._wide, start) + column - 1)

    @cached_property
    def _wide(self) -> list[int]:
        """Where each character stands, in code points, that takes two units."""
        return [] if self.text.isascii() else [each.start() for each in _ASTRAL.finditer(self.text)]

    @cached_property
    def _lines(self) -> list[int]:
        """Where lines start, in code points."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def _code_points(self, units: int) -> int:
        """Half of a pair counts as its start."""
        wide = self._wide
        before = bisect_left(range(len(wide)), units, key=lambda number: wide[number] + number)
        return min(units - before, len(self.text))

    def _place(self, place: dict[str, int]) -> int:
        return self.offset(place["line"], place["offset"])
