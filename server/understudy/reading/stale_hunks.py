"""Hunks whose context is stale: placed where they resemble the file by far the most, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.reading.anchors import allowed
from understudy.reading.headings import heading_of
from understudy.reading.hunk_context import Known, readings
from understudy.reading.placing import Placed
from understudy.reading.similar_place import is_done_elsewhere, next_to, similar_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from understudy.reading.hunks import Hunk
    from understudy.reading.places import Place

_MOST = 10
"""A patch with more stale hunks is one of another file."""


def placed_by_likeness(
    file: Sequence[str], hunks: Sequence[Hunk], avoid: Collection[int]
) -> list[Placed] | None:
    """A place for each of the hunks; None when one of them has none.

    Args:
        file: the document's lines, with all other hunks carried out.
        hunks: those that stand nowhere as they are.
        avoid: lines that other hunks wrote.
    """
    if len(hunks) > _MOST:
        return None
    known = Known(file)
    found: list[Placed] = []
    for hunk in hunks:
        meant, _ = next(readings(hunk, known))
        place = _place(known, meant, avoid)
        if place is None:
            return None
        found.append(Placed(meant, place))
    return found


def _place(known: Known, hunk: Hunk, avoid: Collection[int]) -> Place | None:
    added = [line.text for line in hunk.lines if line.sign == "+" and line.text.strip()]
    if added and all(map(known.resembles, added)):
        # What resembles the place may be its twin, where the edit was made already.
        return None
    place = similar_place(known.lines, hunk.old, _touched(hunk), avoid, hunk.hint)
    if place is None or not _is_named(known, hunk, place):
        return None
    return None if is_done_elsewhere(known.lines, hunk.old, hunk.new, place) else place


def _touched(hunk: Hunk) -> set[int]:
    """The old lines that a hunk takes away, and those on both sides of what it inserts."""
    old = hunk.old
    touched: set[int] = set()
    at = start = 0
    changing = False
    for line in (*hunk.lines, None):
        changes = line is not None and line.sign != " "
        if changes and not changing:
            start = at
        elif changing and not changes:
            touched.update(range(start, at) if at > start else next_to(old, at))
        changing = changes
        at += line is not None and line.sign != "+"
    return {number for number in touched if old[number].strip()}


def _is_named(known: Known, hunk: Hunk, place: Place) -> bool:
    """Whether nothing that the patch says of the place names another one."""
    if not hunk.anchors:
        return True
    told = known.told(hunk.anchors)
    if told.lines and not told.is_lost:
        return bool(allowed(known.lines, [place], told, loose=hunk.loose))
    return not _are_named(known, hunk.anchors)


def _are_named(known: Known, anchors: Iterable[str]) -> bool:
    """Whether anchors mean anything: they begin a function or the like, or stand in the file."""
    return any(heading_of(one) or known.resembles(one) for one in anchors)
