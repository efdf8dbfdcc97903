"""What an earlier version of a text held, at the places where it stands in a later one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from understudy.core.changed_part import equal_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.index.facts import Definition, Facts

_ENDS = re.compile(r"\r\n|\r|\n")


def moved(facts: Facts, before: str, after: str, digest: str) -> Facts:
    """Facts of a text as far as they hold for a later version of it. Nothing is parsed.

    A definition is dropped when its name is no longer where it was, and so is what it holds. What is
    new in the later version is not in them.

    Args:
        facts: of the earlier version.
        before: that version; its line ends may be of any kind.
        after: the later one.
        digest: of the result.
    """
    lines = _ENDS.split(after)
    places = _Places(_ENDS.split(before), lines)
    numbers = {-1: -1}
    kept: list[Definition] = []
    for number, one in enumerate(facts.definitions):
        found = places.of(one) if one.parent in numbers else None
        if found is not None and _names(lines[found.head : max(found.body, found.head + 1)], one):
            numbers[number] = len(kept)
            kept.append(found._replace(parent=numbers[one.parent]))
    imports = tuple(one._replace(line=places.next(one.line)) for one in facts.imports)
    return replace(
        facts, digest=digest, definitions=tuple(kept), imports=imports, is_of_earlier=True
    )


def _names(lines: Sequence[str], one: Definition) -> bool:
    return any(one.name in line for line in lines)


class _Places:
    """Where the lines of a text are in another version of it."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._old: list[int] = []
        self._new: list[int] = []
        for old, new in _same(before, after):
            self._old.append(old)
            self._new.append(new)
        self._last = len(before) - 1, len(after) - 1

    def of(self, one: Definition) -> Definition | None:
        """A definition where it is now; None where nothing is left of it."""
        first, stop = self.next(one.first), self._behind(one.stop)
        head = max(self.next(one.head), first)
        if head >= stop:
            return None
        body = min(max(self.next(one.body), head), stop) if one.body < one.stop else stop
        return one._replace(first=first, head=head, body=body, stop=stop)

    def next(self, line: int) -> int:
        """Where a line is now, or the next one behind it that is left; else the last one."""
        at = bisect_left(self._old, line)
        return self._new[at] if at < len(self._new) else self._last[1]

    def _behind(self, stop: int) -> int:
        """The line behind one that ended before `stop`: what came right behind its end counts."""
        at = bisect_left(self._old, stop - 1)
        if at < len(self._old) and self._old[at] == stop - 1:
            return self._new[at] + 1
        return self._new[at] if at < len(self._new) else self._last[1] + 1


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of lines that are the same one, in order: those at both ends, and what is said once.

    Between two pairs with as many lines on either side, each was changed where it stands.
    """
    head, tail = equal_ends(before, after)
    anchors = [(at, at) for at in range(head)]
    anchors += _said_once(before, after, range(head, len(before) - tail), len(after) - tail)
    anchors += ((len(before) - at, len(after) - at) for at in range(tail, 0, -1))
    for (old, new), (next_old, next_new) in pairwise(
        [(-1, -1), *anchors, (len(before), len(after))]
    ):
        if next_old - old == next_new - new:
            yield from ((old + by, new + by) for by in range(1, next_old - old))
        if next_old < len(before):
            yield next_old, next_new


def _said_once(
    before: Sequence[str], after: Sequence[str], lines: range, stop: int
) -> list[tuple[int, int]]:
    """Of the lines that each version has once, the most that come in the same order."""
    old_part, new_part = before[lines.start : lines.stop], after[lines.start : stop]
    old_counts, new_counts = Counter(old_part), Counter(new_part)
    places = {line: at for at, line in enumerate(new_part, lines.start) if new_counts[line] == 1}
    pairs = [
        (at, places[line])
        for at, line in enumerate(old_part, lines.start)
        if old_counts[line] == 1 and line in places
    ]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs in order whose second numbers rise."""
    lowest: list[int] = []
    ends: list[int] = []
    former: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        former.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    found: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = former[at]
    return found[::-1]
