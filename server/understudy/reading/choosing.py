"""Which of several places of a hunk is meant, by what the patch and its other hunks say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.hunks import Hunk
    from understudy.reading.locate import Missing
    from understudy.reading.places import Place

_CLEARLY = 3
"""A place that a line number is to choose must be so many times nearer to it than the next one."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found of one hunk.

    Attributes:
        hunk: in the reading that has a place.
        what: what this reading takes.
        places: of its old lines, all equally good.
        is_done: whether the result is in the file, and the old lines are not.
        results: the lines where the result stands, if it is in the file.
        missing: why there is no place.
    """

    hunk: Hunk
    what: str = ""
    places: tuple[Place, ...] = ()
    is_done: bool = False
    results: tuple[int, ...] = ()
    missing: Missing | None = None


def chosen(file: Sequence[str], searches: Sequence[Search]) -> list[tuple[Search, Place | None]]:
    """For each hunk the place that is meant; None when it is done already, or nothing tells.

    The end of the file tells, the line number, and the other hunks: hunks follow each other in the
    file, unless their only places say otherwise. What the anchors rule out is not among the places.
    """
    found = [_narrowed(file, one) for one in _without_done(searches)]
    found = _by_shift(found)
    first, last = _greedy(found), _greedy_back(found)
    if first is None or last is None:
        return [(one, _only(one)) for one in found]
    return [
        (search, one if one is other else _only(search))
        for search, one, other in zip(found, first, last, strict=True)
    ]


def core_of(hunk: Hunk, place: Place) -> range:
    """The file's lines from a hunk's first change to its last one; empty for an insertion."""
    rows = iter(place.rows)
    before, start, stop = place.lines.start, -1, -1
    for line in hunk.lines:
        if line.sign == "+":
            start = before if start < 0 else start
            stop = max(stop, before)
            continue
        row = next(rows)
        if line.sign == "-":
            start = row.start if start < 0 else start
            stop = row.stop
        before = row.stop
    return range(start, stop)


def _without_done(found: Sequence[Search]) -> list[Search]:
    """The hunks, with those as done whose result stands where they were to be made.

    Old lines may have a second place, which is found once the first was changed.
    """
    all_done = all(one.is_done or one.results for one in found)
    others_done = all_done and any(one.is_done for one in found)
    return [
        replace(one, is_done=True, places=()) if others_done or _is_at_hint(one) else one
        for one in found
    ]


def _is_at_hint(one: Search) -> bool:
    hint = one.hunk.hint
    return hint in one.results and all(place.lines.start != hint for place in one.places)


def _narrowed(file: Sequence[str], one: Search) -> Search:
    """The places that the end of the file and the line number leave, if any."""
    places = list(one.places)
    if len(places) > 1 and one.hunk.at_end:
        last = max((at + 1 for at, line in enumerate(file) if line.strip()), default=0)
        places = [place for place in places if place.lines.stop >= last] or places
    if len(places) > 1 and one.hunk.hint is not None:
        places = [place for place in places if place.lines.start == one.hunk.hint] or places
    return one if len(places) == len(one.places) else replace(one, places=tuple(places))


def _by_shift(found: Sequence[Search]) -> list[Search]:
    """The places that lie as far from their line number as those of all other hunks do."""
    shifts = {
        one.places[0].lines.start - one.hunk.hint
        for one in found
        if len(one.places) == 1 and one.hunk.hint is not None
    }
    if len(shifts) != 1:
        return list(found)
    return [_shifted(one, *shifts) for one in found]


def _shifted(one: Search, shift: int) -> Search:
    hint = one.hunk.hint
    if hint is None or len(one.places) < 2:
        return one
    places = tuple(place for place in one.places if place.lines.start == hint + shift)
    return replace(one, places=places) if places else one


def _greedy(found: Sequence[Search]) -> list[Place | None] | None:
    """The first place of each hunk behind the one before it; None when there is no such order."""
    places: list[Place | None] = []
    above: tuple[Hunk, Place] | None = None
    for one in found:
        if one.is_done:
            places.append(None)
            continue
        place = next(
            (p for p in one.places if above is None or _follow(above, (one.hunk, p))), None
        )
        if place is None:
            return None
        above = one.hunk, place
        places.append(place)
    return places


def _greedy_back(found: Sequence[Search]) -> list[Place | None] | None:
    """The last place of each hunk in front of the one behind it."""
    places: list[Place | None] = []
    below: tuple[Hunk, Place] | None = None
    for one in reversed(found):
        if one.is_done:
            places.append(None)
            continue
        fitting = [p for p in one.places if below is None or _follow((one.hunk, p), below)]
        if not fitting:
            return None
        below = one.hunk, fitting[-1]
        places.append(fitting[-1])
    return places[::-1]


def _follow(above: tuple[Hunk, Place], below: tuple[Hunk, Place]) -> bool:
    """Whether the one hunk ends before the other begins; equal insertions are never at one place."""
    if above[0].lines == below[0].lines and above[1].lines.start >= below[1].lines.start:
        return False
    return core_of(*below).start >= core_of(*above).stop


def _only(one: Search) -> Place | None:
    """The single place of a hunk, or the one that is clearly the nearest to its line number."""
    if len(one.places) == 1:
        return one.places[0]
    hint = one.hunk.hint
    if hint is None or not one.places:
        return None
    near = sorted(one.places, key=lambda place: abs(place.lines.start - hint))
    first, second = (abs(place.lines.start - hint) for place in near[:2])
    return replace(near[0], risk="high") if _CLEARLY * first <= second else None
