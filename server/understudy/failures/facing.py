"""Which lines of a changed place became which: the places between the lines that resemble each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.core.runs import Run

_ALIKE = 60.0
"""From 0 to 100: from where on a line is another one, changed."""
_MOST_PAIRS = 2_500
"""Lines of both sides multiplied, up to which they are compared; longer places are one."""
_LONGEST = 200


class Segment(NamedTuple):
    """Old lines, and the new ones in their place; none of them resembles one of the others."""

    old: range
    new: range


def segments(old: Sequence[str], new: Sequence[str], run: Run) -> Iterator[Segment]:
    """The parts of a changed place between lines that were only changed."""
    i, j = run.old_start, run.new_start
    for one, other in _pairs(old, new, run):
        yield Segment(range(i, one), range(j, other))
        i, j = one + 1, other + 1
    yield Segment(range(i, run.old_stop), range(j, run.new_stop))


def _pairs(old: Sequence[str], new: Sequence[str], run: Run) -> list[tuple[int, int]]:
    """The numbers of lines that resemble each other, both rising, as much of it as there can be."""
    here = [at for at in range(run.old_start, run.old_stop) if old[at].strip()]
    there = [at for at in range(run.new_start, run.new_stop) if new[at].strip()]
    if len(here) * len(there) > _MOST_PAIRS:
        return []
    alike = [[_likeness(old[one], new[other]) for other in there] for one in here]
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for i in reversed(range(len(here))):
        for j in reversed(range(len(there))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(here) and j < len(there):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((here[i], there[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _likeness(one: str, other: str) -> float:
    """From 0 to 100; 0 for lines that are not alike."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one.strip()[:_LONGEST], other.strip()[:_LONGEST], score_cutoff=_ALIKE)
