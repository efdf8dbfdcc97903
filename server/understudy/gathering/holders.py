"""Which classes and functions hold each of some lines: what `self` and bound names mean hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE, CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.outline import Outline
    from understudy.index.facts import Definition

_HOLDING = CALLABLE | CLASSES


class Holders:
    """The classes, modules and functions around each line of a range.

    Attributes:
        lines: the range, and all of the functions that begin before it or end behind it.
    """

    def __init__(self, outline: Outline, lines: range) -> None:
        self._definitions = outline.definitions
        touching = [
            (number, one)
            for number, one in enumerate(outline.definitions)
            if one.first < lines.stop and lines.start < _stop(one) and one.kind in _HOLDING
        ]
        functions = [one for _, one in touching if one.kind in CALLABLE]
        start = min((lines.start, *(one.first for one in functions)))
        stop = max((lines.stop, *map(_stop, functions)))
        self.lines = range(start, stop)
        self._innermost: dict[int, int] = {}
        for number, one in touching:
            # What is within a definition comes behind it.
            for line in range(max(one.first, start), min(_stop(one), stop)):
                self._innermost[line] = number
        self._chains: dict[int, tuple[int, ...]] = {-1: ()}

    def of(self, line: int) -> tuple[int, ...]:
        """The numbers of the definitions around a line, from the outside in."""
        innermost = self._innermost.get(line, -1)
        if innermost not in self._chains:
            self._chains[innermost] = tuple(reversed(tuple(self._outwards(innermost))))
        return self._chains[innermost]

    def function(self, line: int) -> int:
        """The number of the outermost function around a line; -1 where there is none."""
        kinds = ((number, self._definitions[number].kind) for number in self.of(line))
        return next((number for number, kind in kinds if kind in CALLABLE), -1)

    def _outwards(self, number: int) -> Iterator[int]:
        while number >= 0:
            one = self._definitions[number]
            if one.kind in _HOLDING:
                yield number
            number = one.parent


def _stop(one: Definition) -> int:
    return max(one.stop, one.first + 1)
