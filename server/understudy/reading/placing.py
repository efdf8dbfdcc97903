"""Where the hunks of one file belong: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.reading import Match, Refusal, Repair
from understudy.reading.already import already_applied
from understudy.reading.anchors import allowed, scope_of
from understudy.reading.choosing import Search, chosen, core_of
from understudy.reading.headings import heading_of
from understudy.reading.hunk_context import ESCAPES, Known, readings
from understudy.reading.locate import Missing, elided_place
from understudy.reading.places import LADDER, Place, places_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading import Risk
    from understudy.reading.hunks import Hunk

_LEAST_CONTEXT = 2
"""So many lines show that others were taken away from the start or the end of a file."""

_MOST_WRONG = 20
"""Looking for what is nearly right is dear; behind so many hunks without a place, none is tried."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A hunk and its place.

    Attributes:
        hunk: as it is meant.
        place: of its old lines; None when its result is in the file already.
        repairs: what it took to find it.
    """

    hunk: Hunk
    place: Place | None
    repairs: tuple[Repair, ...] = ()

    @property
    def core(self) -> range:
        """The file's lines from the first change to the last one; empty for an insertion."""
        return range(0) if self.place is None else core_of(self.hunk, self.place)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A hunk without a place, and why."""

    hunk: Hunk
    missing: Missing


def placed(file: Sequence[str], hunks: Sequence[Hunk]) -> tuple[list[Placed], list[Unplaced]]:
    """The hunks that have one place, and those that have none or several.

    Args:
        file: the document's lines, without their ends.
        hunks: those of one document, in the order of the reply.
    """
    known = Known(file, _written(hunks))
    searches: list[Search] = []
    wrong: list[Unplaced] = []
    for hunk in hunks:
        if len(wrong) >= _MOST_WRONG:
            wrong.append(Unplaced(hunk, Missing(Refusal.NOT_FOUND)))
            continue
        for one in _searched_whole_or_split(known, hunk):
            if one.missing is None:
                searches.append(one)
            else:
                wrong.append(Unplaced(one.hunk, one.missing))
    right: list[Placed] = []
    for one, place in chosen(file, searches):
        if place is None and not one.is_done:
            starts = tuple(each.lines.start for each in one.places)
            wrong.append(Unplaced(one.hunk, Missing(Refusal.AMBIGUOUS, places=starts)))
        else:
            right.append(Placed(one.hunk, place, tuple(_repairs(one, place))))
    return right, wrong


def _written(hunks: Sequence[Hunk]) -> frozenset[str]:
    """The names of the definitions that hunks with anchors write."""
    if not any(hunk.anchors for hunk in hunks):
        return frozenset()
    added = (line.text for hunk in hunks for line in hunk.lines if line.sign == "+")
    return frozenset(filter(None, map(heading_of, added)))


def _searched_whole_or_split(known: Known, hunk: Hunk) -> list[Search]:
    """What was found of a hunk; of its parts, where it leaves out lines between two changes."""
    whole = _searched(known, hunk)
    if whole.missing is None:
        return [whole]
    settled = next(readings(hunk, known))[0]
    parts = [_searched(known, part) for part in _parts(settled, known)]
    if len(parts) > 1 and all(part.missing is None and part.hunk.changes for part in parts):
        return [replace(part, what="hunk divided") for part in parts]
    return [whole]


def _parts(hunk: Hunk, known: Known) -> Iterator[Hunk]:
    """The hunk, divided between context lines that nowhere follow each other in the file."""
    start = 0
    above = None
    for at, line in enumerate(hunk.lines):
        if not line.text.strip():
            continue
        here = line.text.strip() if line.sign == " " else None
        if above is not None and here is not None and (above, here) not in known.neighbours:
            yield replace(hunk, lines=hunk.lines[start:at], hint=None)
            start = at
        above = here
    yield replace(hunk, lines=hunk.lines[start:], hint=None)


def _searched(known: Known, hunk: Hunk) -> Search:
    missing: Missing | None = None
    for one, what in readings(hunk, known):
        if what and not one.changes:
            continue
        found = _at_once(known, one) or _found(known, one, what)
        if found.missing is None:
            return found
        missing = missing or found.missing
    return Search(hunk, missing=missing)


def _at_once(known: Known, hunk: Hunk) -> Search | None:
    """What needs no search: no change, the whole file, lines without any around them."""
    file = known.lines
    if not hunk.changes:
        return Search(hunk, is_done=True)
    if list(file) == hunk.old:
        rows = tuple(range(at, at + 1) for at in range(len(file)))
        return Search(hunk, places=(Place(range(len(file)), Match.EXACT, rows),))
    if file and list(file) == hunk.new:
        return Search(hunk, is_done=True)
    return None if hunk.old else _inserted(known, hunk)


def _inserted(known: Known, hunk: Hunk) -> Search:
    """The place of lines that are added without any around them."""
    file = known.lines
    at = len(file)
    if any(line.strip() for line in file) and not hunk.at_end:
        anchors = known.told(hunk.anchors).lines
        if hunk.inserts and 0 < (hunk.hint or 0) <= at:
            at = hunk.hint or 0
        elif len(anchors) != 1:
            refusal = Refusal.AMBIGUOUS if anchors else Refusal.NOT_FOUND
            return Search(hunk, missing=Missing(refusal, places=anchors))
        else:
            at = anchors[0] + 1
    new = hunk.new
    if new in (list(file[max(at - len(new), 0) : at]), list(file[at : at + len(new)])):
        return Search(hunk, is_done=True)
    risk: Risk = "none" if at == len(file) else "high"
    return Search(hunk, places=(Place(range(at, at), Match.EXACT, (), risk=risk),))


def _found(known: Known, hunk: Hunk, what: str) -> Search:
    """The places of a hunk's old lines, or that its result is in the file already."""
    may_be_done = all(known.resembles(line.text) for line in hunk.lines if line.sign == "+")
    if may_be_done and hunk.old != hunk.new and _is_done(known, hunk):
        return Search(hunk, what, is_done=True)
    places = _allowed_places(known, hunk)
    if places and what == ESCAPES and len(places) > 1:
        starts = tuple(place.lines.start for place in places)
        return Search(hunk, missing=Missing(Refusal.AMBIGUOUS, places=starts))
    if places:
        results = _results(known, hunk, places) if may_be_done else ()
        return Search(hunk, what, tuple(places), results=results)
    return _found_otherwise(known, hunk, what)


def _found_otherwise(known: Known, hunk: Hunk, what: str) -> Search:
    """The place around marks for left-out lines, or the start or end that is cut away already."""
    last = elided_place(known.lines, hunk.old) if any(map(str.strip, hunk.old)) else None
    if last is not None and (left := _left(known, hunk, [last])):
        return Search(hunk, what, tuple(left))
    if _is_cut_away(known, hunk):
        return Search(hunk, what, is_done=True)
    return Search(hunk, missing=Missing(Refusal.NOT_FOUND))


def _is_done(known: Known, hunk: Hunk) -> bool:
    """Whether the hunk's result is in the file; in the definition that it names, if it does."""
    file, scope = known.lines, scope_of(known.told(hunk.anchors))
    if scope is not None and not hunk.loose:
        if already_applied(file[scope.start : scope.stop], hunk.old, hunk.new) is not None:
            return True
        there = already_applied(file, hunk.old, hunk.new)
        return there is not None and (there.start in scope or scope.start in there)
    return already_applied(file, hunk.old, hunk.new) is not None


def _left(known: Known, hunk: Hunk, places: Sequence[Place]) -> list[Place]:
    """The places that a hunk's anchors leave."""
    if not hunk.anchors:
        return list(places)
    return allowed(known.lines, places, known.told(hunk.anchors), loose=hunk.loose)


def _allowed_places(known: Known, hunk: Hunk) -> list[Place]:
    """All places of a hunk's old lines that the strictest step finds which finds any it may have."""
    if not hunk.anchors:
        return _all_places(known, hunk.old)
    if not any(line.strip() for line in hunk.old):
        return _left(known, hunk, list(places_at(known.lines, hunk.old, Match.EXACT)))
    steps = LADDER if all(map(known.resembles, hunk.old)) else (Match.CHARACTERS,)
    for match in steps:
        if places := _left(known, hunk, list(places_at(known.lines, hunk.old, match))):
            return places
    return []


def _all_places(known: Known, wanted: Sequence[str]) -> list[Place]:
    """All places that the strictest step finds which finds any."""
    if not any(line.strip() for line in wanted):
        return list(places_at(known.lines, wanted, Match.EXACT))
    # Where a line is nowhere in the file, only the step that forgives most can find anything.
    steps = LADDER if all(map(known.resembles, wanted)) else (Match.CHARACTERS,)
    for match in steps:
        if places := list(places_at(known.lines, wanted, match)):
            return places
    return []


def _results(known: Known, hunk: Hunk, places: Sequence[Place]) -> tuple[int, ...]:
    """The lines where the hunk's result stands, other than where its old lines do."""
    if not any(map(str.strip, hunk.new)):
        return ()
    old = {place.lines.start for place in places}
    results = (place.lines.start for place in _all_places(known, hunk.new))
    return tuple(start for start in results if start not in old)


def _is_cut_away(known: Known, hunk: Hunk) -> bool:
    """Whether lines at the start or the end of the file, which are to be removed, are gone."""
    new, lines = hunk.new, hunk.lines
    if any(line.sign == "+" for line in lines) or sum(map(bool, new)) < _LEAST_CONTEXT:
        return False
    places = _all_places(known, new)
    at_start = lines[0].sign == "-" and any(place.lines.start == 0 for place in places)
    return at_start or (
        lines[-1].sign == "-" and any(place.lines.stop == len(known.lines) for place in places)
    )


def _repairs(one: Search, place: Place | None) -> Iterator[Repair]:
    where = f"line {one.hunk.where}" if one.hunk.where else ""
    if one.what:
        split = one.what == ESCAPES and any(
            line.raw != line.text and "\\n" in line.raw
            for line in one.hunk.lines
            if line.sign == "+"
        )
        yield Repair(one.what, where, "high" if split else "low")
    if place is not None and place.risk != "none":
        yield Repair("place chosen", where, place.risk)
