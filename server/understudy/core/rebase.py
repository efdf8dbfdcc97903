"""Carry an edit over changes that were made to the text in the meantime.

Changes are logged by lines. An edit survives when none of the lines it touches was changed; it
then moves by the lines that came or went above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class LineChange:
    """From line `start` on, `removed` lines were replaced by `added` lines (all counts ≥ 0)."""

    start: int
    removed: int
    added: int


def line_change(start: int, old: Sequence[str], new: Sequence[str]) -> LineChange | None:
    """The change between two runs of lines that begin at `start`, without their equal ends.

    None when they are equal.
    """
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    removed, added = len(old) - head - tail, len(new) - head - tail
    if not removed and not added:
        return None
    return LineChange(start + head, removed, added)


def rebase_lines(lines: range, changes: Iterable[LineChange]) -> range | None:
    """Where the `lines` stand after the changes; None when a change touched one of them.

    Lines inserted between two of the touched lines count as touching them; a change that neither
    removes nor adds a line touches nothing.
    """
    first, stop = lines.start, lines.stop
    for change in changes:
        if not change.removed and not change.added:
            continue
        if change.start + change.removed <= first:
            first += change.added - change.removed
            stop += change.added - change.removed
        elif change.start < stop:
            return None
    return range(first, stop)
