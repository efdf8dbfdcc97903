"""Where in a file a text stands that a model quoted, more or less exactly.

A ladder: each step forgives more than the one before, and the first that fits anywhere decides.
Two places that fit are no place, unless a line number tells which one is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.reading import Match, Refusal
from understudy.reading.ellipsis import around_gaps
from understudy.reading.places import LADDER, Place, extent, places_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["Missing", "Place", "locate"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A text that has no place in a file.

    Attributes:
        refusal: `NOT_FOUND` or `AMBIGUOUS`.
        places: the first lines of all the places that fit, if there are several.
    """

    refusal: Refusal
    places: tuple[int, ...] = ()


def locate(
    file: Sequence[str],
    wanted: Sequence[str],
    *,
    hint: int | range | None = None,
    avoid: Collection[int] = (),
    keep: Callable[[list[Place]], list[Place]] = list,
) -> Place | Missing:
    """The one place where `wanted` stands in `file`; both are lines without their ends.

    Args:
        file: the document's lines.
        wanted: the quoted lines.
        hint: the line where they are said to begin, or lines that they should be among, from 0.
            It only decides between places that fit equally well.
        avoid: lines that an earlier edit wrote. A place that holds one of them counts only when
            there is no other, and only when it is exact.
        keep: the places that may be meant, of those that fit equally well.
    """
    if not any(line.strip() for line in wanted):
        found = list(places_at(file, wanted, Match.EXACT)) if wanted else []
        return _chosen(keep(found), hint)
    for match in LADDER:
        places = keep(list(places_at(file, wanted, match)))
        fresh = [place for place in places if not _touches(place, avoid)]
        if fresh or (places and match is Match.EXACT):
            return _chosen(fresh or places, hint)
    place = elided_place(file, wanted)
    if place is not None and not _touches(place, avoid) and (left := keep([place])):
        return left[0]
    return Missing(Refusal.NOT_FOUND)


def elided_place(file: Sequence[str], wanted: Sequence[str]) -> Place | None:
    """The one place around marks in `wanted` that stand for left-out lines; the ladder's last step."""
    gapped = around_gaps(file, wanted)
    if gapped is None:
        return None
    rows, indent = gapped
    return Place(extent(rows), Match.ELISION, rows, indent)


def _touches(place: Place, avoid: Collection[int]) -> bool:
    return bool(avoid) and any(line in avoid for line in place.lines)


def _chosen(places: list[Place], hint: int | range | None) -> Place | Missing:
    if not places:
        return Missing(Refusal.NOT_FOUND)
    if len(places) == 1:
        return places[0]
    chosen = _hinted(places, hint)
    if chosen is not None:
        return chosen
    return Missing(Refusal.AMBIGUOUS, places=tuple(place.lines.start for place in places))


def _hinted(places: list[Place], hint: int | range | None) -> Place | None:
    """The place that a hint means, if it clearly means one."""
    if hint is None:
        return None
    if isinstance(hint, range):
        inside = [p for p in places if p.lines.start >= hint.start and p.lines.stop <= hint.stop]
        return replace(inside[0], risk="low") if len(inside) == 1 else None
    near = sorted(places, key=lambda place: abs(place.lines.start - hint))
    first, second = (abs(place.lines.start - hint) for place in near[:2])
    if first == 0:
        return replace(near[0], risk="low")
    # Numbers are off by what was written above; the next place must be clearly farther away.
    return replace(near[0], risk="high") if 3 * first <= second else None
