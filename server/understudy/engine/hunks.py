"""The lines that an edit changes, as a reader of its diff counts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.core.text import Edit, apply, in_order, shift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.core.lines import LineIndex


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of changed lines; `first` is the number of the first one in the text before."""

    first: int
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many lines it takes to show the longer side; the empty end of a text is none."""
        return max(sum(map(bool, self.old)), sum(map(bool, self.new)))

    @property
    def touched(self) -> range:
        """The lines of the text before that it touches; an insertion touches both neighbours."""
        if self.old:
            return range(self.first, self.first + len(self.old))
        return range(max(self.first - 1, 0), self.first + 1)


@lru_cache(maxsize=4)
def hunks_of(index: LineIndex, edits: tuple[Edit, ...]) -> tuple[Hunk, ...]:
    """What `edits` change in the text of `index`. Edits on one line are one hunk.

    Remembered for the last few edits, because several signals ask about the same one.
    """
    groups: list[tuple[range, list[Edit]]] = []
    for edit in in_order(edits):
        lines = index.lines_of(edit.span)
        if groups and lines.start < groups[-1][0].stop:
            before, group = groups[-1]
            group.append(edit)
            groups[-1] = (range(before.start, max(before.stop, lines.stop)), group)
        else:
            groups.append((lines, [edit]))
    return tuple(_hunk(index, lines, group) for lines, group in groups)


def with_place(hunks: Iterable[Hunk]) -> Iterator[tuple[int, Hunk]]:
    """Each hunk with the number that its first line has afterwards."""
    moved = 0
    for hunk in hunks:
        yield hunk.first + moved, hunk
        moved += sum(map(bool, hunk.new)) - sum(map(bool, hunk.old))


def _hunk(index: LineIndex, lines: range, edits: list[Edit]) -> Hunk:
    lines = _whole_lines(index, lines, edits)
    old, new = map(split_lines, _texts(index, lines, edits))
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Hunk(
        lines.start + head, tuple(old[head : len(old) - tail]), tuple(new[head : len(new) - tail])
    )


def _texts(index: LineIndex, lines: range, edits: list[Edit]) -> tuple[str, str]:
    """What stands on the lines before and after."""
    start = index.start(lines.start)
    old = index.text[start : max(index.start(lines.stop), edits[-1].span.end)]
    return old, apply(old, shift(edits, -start))


def _whole_lines(index: LineIndex, lines: range, edits: list[Edit]) -> range:
    """The lines, with a neighbour that the edits join to them by taking a line end away."""
    start, stop = index.start(lines.start), index.start(lines.stop)
    _, new = _texts(index, lines, edits)
    first, last = lines.start, lines.stop
    if new.startswith("\n") and index.text[:start].endswith("\r"):
        first -= 1
    joins_next = not new.endswith(("\n", "\r")) or (
        new[-1] == "\r" and index.text[stop : stop + 1] == "\n"
    )
    if new and joins_next:
        last = min(last + 1, len(index))
    return range(first, last)
