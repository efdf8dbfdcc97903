"""Hunks without context, whose new lines repeat what stands right above or below their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.reading import Match, Repair
from understudy.reading.brought_above import brought_above
from understudy.reading.hunks import HunkLine
from understudy.reading.languages import CODE
from understudy.reading.neighbours import Around, tells
from understudy.reading.overlaps import overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.reading.places import Place
    from understudy.reading.placing import Placed

_MOST = 200
"""So many lines above and below a place are compared."""


def without_doubled_lines(
    file: Sequence[str], hunks: Iterable[Placed], language: str
) -> Iterator[Placed]:
    """The hunks without new lines that stand next to their place already.

    What one puts between a decorator and its function goes above the decorator.

    A hunk with a line of context shows where its new lines come, so that nothing is left out beside
    that.

    Args:
        file: the document's lines, without their ends.
        hunks: with their places.
        language: an LSP language id; empty when unknown.
    """
    known = list(hunks)
    changed = {at for one in known if one.place is not None for at in one.place.lines}
    for one in known:
        lines = one.hunk.lines
        left_out: set[int] = set()
        if language in CODE and (other := _below_head(one, file, changed, language)) is not None:
            yield other
            continue
        if one.place is not None and not any(line.exact for line in lines):
            start, stop = one.place.lines.start, one.place.lines.stop
            if start - 1 not in changed:
                left_out.update(_doubled(lines, file[max(start - _MOST, 0) : start], is_above=True))
            if stop not in changed:
                left_out.update(_doubled(lines, file[stop : stop + _MOST], is_above=False))
        yield _without(one, left_out) if left_out else one


def _below_head(
    one: Placed, file: Sequence[str], changed: set[int], language: str
) -> Placed | None:
    """A hunk that begins below a head, with this where it belongs; None for any other one."""
    place, lines = one.place, one.hunk.lines
    if place is None or place.match is not Match.EXACT or place.indent is not None:
        return None
    if any(line.exact or line.end is not None for line in lines):
        return None
    start, stop = place.lines.start, place.lines.stop
    old = [line.text for line in lines if line.sign != "+"]
    new = [line.text for line in lines if line.sign != "-"]
    above, below = file[max(start - _MOST, 0) : start], file[stop : stop + _MOST]
    more = brought_above(new, Around(old, above, below, language), is_literal=True)
    if more is None or not changed.isdisjoint(range(start - more.taken, start)):
        return None
    repairs = (*one.repairs, *more.repairs)
    if not more.taken:
        return replace(one, repairs=repairs)
    head = range(start - more.taken, start)
    wanted = [*(file[at] for at in head), *old]
    hunk = replace(one.hunk, lines=tuple(_signed(wanted, more.lines)))
    return replace(one, hunk=hunk, place=_from(place, head), repairs=repairs)


def _from(place: Place, head: range) -> Place:
    """A place with lines right above it."""
    rows = (*(range(at, at + 1) for at in head), *place.rows)
    return replace(place, lines=range(head.start, place.lines.stop), rows=rows)


def _signed(old: Sequence[str], new: Sequence[str]) -> Iterator[HunkLine]:
    """The lines of a hunk between two texts."""
    at = 0
    for run in changed_runs(old, new):
        yield from (HunkLine(" ", line) for line in old[at : run.old_start])
        yield from (HunkLine("-", line) for line in old[run.old_start : run.old_stop])
        yield from (HunkLine("+", line) for line in new[run.new_start : run.new_stop])
        at = run.old_stop
    yield from (HunkLine(" ", line) for line in old[at:])


def _without(one: Placed, left_out: set[int]) -> Placed:
    lines = one.hunk.lines
    kept = tuple(line for at, line in enumerate(lines) if at not in left_out)
    repair = Repair("lines around it left out", lines[min(left_out)].text.strip()[:80])
    return replace(one, hunk=replace(one.hunk, lines=kept), repairs=(*one.repairs, repair))


def _doubled(lines: Sequence[HunkLine], around: Sequence[str], *, is_above: bool) -> Sequence[int]:
    """The numbers of the new lines at one end of a hunk that stand next to it already."""
    numbers = list(_outer(lines, is_above=is_above))
    come = [lines[at].text.rstrip() for at in numbers]
    there = [line.rstrip() for line in around]
    gone = [line.text.rstrip() for line in lines if line.sign == "-"]
    count = overlap(come, there) if is_above else overlap(there, come)
    if not gone or not 0 < count < len(come):
        return ()
    here, its = (come[:count], gone[:count]) if is_above else (come[-count:], gone[-count:])
    if not tells(here) or here == its:
        return ()
    return numbers[:count] if is_above else numbers[-count:]


def _outer(lines: Sequence[HunkLine], *, is_above: bool) -> Iterator[int]:
    """The numbers of the new lines in front of all context, or behind it, in rising order."""
    context = [at for at, line in enumerate(lines) if line.sign == " "]
    if is_above:
        inner = range(context[0] if context else len(lines))
    else:
        inner = range(context[-1] + 1 if context else 0, len(lines))
    return (at for at in inner if lines[at].sign == "+")
