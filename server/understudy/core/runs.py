"""Which runs of lines differ between two texts.

Lines that occur exactly once on both sides are anchors, as in a patience diff; `difflib` only
looks at what lies between two of them, since its cost grows with the square of the lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MAX_PAIRS = 100
"""Lines of both sides of a run, multiplied, up to which they are compared with each other."""
_COMPARED = 100
"""Characters of a line that are compared: the cost grows with the square of them."""
_MAX_GAP_LINES = 400
"""A stretch without anchors that is longer than this, on both sides together, is one run."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines `old_start:old_stop` were replaced by lines `new_start:new_stop`."""

    old_start: int
    old_stop: int
    new_start: int
    new_stop: int


def changed_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The runs that differ, in order; at least one equal line stands between two of them."""
    i = j = 0
    for old_anchor, new_anchor in [*_anchors(old, new), (len(old), len(new))]:
        if old_anchor > i or new_anchor > j:
            yield from _gap(old, new, Run(i, old_anchor, j, new_anchor))
        i, j = old_anchor + 1, new_anchor + 1


def aligned_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The runs that differ, cut further so that lines that resemble each other face each other.

    Of a run in which a line went away beside one that was changed, `changed_runs` does not tell
    which is which. No equal line stands between two runs that were cut from one.
    """
    for run in changed_runs(old, new):
        olds, news = run.old_stop - run.old_start, run.new_stop - run.new_start
        if olds == news or not olds or not news or olds * news > _MAX_PAIRS:
            yield run
        else:
            yield from _faced(old, new, run)


def old_line(runs: Iterable[Run], line: int) -> int:
    """Where a line of the new text stood in the old one. Lines count from 0.

    Inside a run that is the line of the same number in it, at most its last one; of a run that
    was only added, the line behind it.
    """
    shift = 0
    for run in runs:
        if line < run.new_start:
            break
        if line < run.new_stop:
            last = max(run.old_stop - 1, run.old_start)
            return min(run.old_start + line - run.new_start, last)
        shift = run.old_stop - run.new_stop
    return line + shift


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal, unique lines that stand in the same order on both sides."""
    here, there = Counter(old), Counter(new)
    places = {line: at for at, line in enumerate(new) if there[line] == 1}
    pairs = [(i, places[line]) for i, line in enumerate(old) if here[line] == 1 and line in places]
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs whose second numbers rise; the first ones rise already."""
    # `tops[n]` is the smallest end of a rising choice of n + 1 pairs (patience sorting).
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        before.append(top_pairs[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [second]
        top_pairs[pile : pile + 1] = [at]
    chosen: list[tuple[int, int]] = []
    at = top_pairs[-1] if top_pairs else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _faced(old: Sequence[str], new: Sequence[str], run: Run) -> Iterator[Run]:
    """One run as a row of runs: each line of the shorter side faces its likeliest counterpart."""
    here, there = old[run.old_start : run.old_stop], new[run.new_start : run.new_stop]
    i, j = run.old_start, run.new_start
    for old_at, new_at in _likeliest(here, there):
        old_stop, new_stop = run.old_start + old_at + 1, run.new_start + new_at + 1
        if old_stop - 1 > i:
            yield Run(i, old_stop - 1, j, j)
        if new_stop - 1 > j:
            yield Run(old_stop - 1, old_stop - 1, j, new_stop - 1)
        yield Run(old_stop - 1, old_stop, new_stop - 1, new_stop)
        i, j = old_stop, new_stop
    if i < run.old_stop or j < run.new_stop:
        yield Run(i, run.old_stop, j, run.new_stop)


def _likeliest(here: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """The rising pairs of lines, as many as the shorter side has, that resemble each other most."""
    short, long = sorted((here, there), key=len)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (len(long) + 1)
    for number, line in enumerate(short):
        row: list[tuple[float, tuple[int, ...]]] = [(-1.0, ())] * (number + 1)
        for at in range(number, len(long)):
            score, chosen = best[at]
            alike = _likeness(line[:_COMPARED], long[at][:_COMPARED])
            row.append(max(row[-1], (score + alike, (*chosen, at)), key=itemgetter(0)))
        best = row
    pairs = enumerate(best[-1][1])
    return [(one, other) if short is here else (other, one) for one, other in pairs]


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _gap(old: Sequence[str], new: Sequence[str], gap: Run) -> Iterator[Run]:
    """The runs that differ between two anchors."""
    i, j = gap.old_start, gap.new_start
    while i < gap.old_stop and j < gap.new_stop and old[i] == new[j]:
        i, j = i + 1, j + 1
    i_stop, j_stop = gap.old_stop, gap.new_stop
    while i < i_stop and j < j_stop and old[i_stop - 1] == new[j_stop - 1]:
        i_stop, j_stop = i_stop - 1, j_stop - 1
    if i == i_stop and j == j_stop:
        return
    if i == i_stop or j == j_stop or i_stop - i + j_stop - j > _MAX_GAP_LINES:
        yield Run(i, i_stop, j, j_stop)
        return
    matcher = SequenceMatcher(None, old[i:i_stop], new[j:j_stop], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield Run(i + i1, i + i2, j + j1, j + j2)
