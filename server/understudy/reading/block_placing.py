"""Where one search/replace block belongs, and what it writes there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.runs import changed_runs
from understudy.failures.elision import is_elision, left_out
from understudy.reading import Match, Refusal, Repair
from understudy.reading.already import already_applied, stands_elsewhere
from understudy.reading.anchors import allowed, named, scope_of
from understudy.reading.ellipsis import is_gap
from understudy.reading.locate import Missing, Place, locate
from understudy.reading.part_of_line import part_of_line
from understudy.reading.replaced import is_paired, replaced
from understudy.reading.search_variants import Variant, variants
from understudy.reading.similar_place import is_done_elsewhere, similar_place, touched_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.anchors import Named
    from understudy.reading.evolving import Evolving
    from understudy.reading.search_blocks import SearchBlock

_BOM = "\ufeff"


class _Where(NamedTuple):
    """What is said about a block's place: a line or lines, and what its anchors name."""

    hint: int | range | None
    told: Named


@dataclass(frozen=True, slots=True)
class Done:
    """A block that has a place.

    Attributes:
        lines: the place; where the result stands when the block is in the file already.
        wanted / new: what was looked for, and the lines that take its place.
        match: how it was found.
        repairs: what it took.
        text: the whole new text, for a block that replaces all of it as it stands.
    """

    lines: range
    wanted: Sequence[str]
    new: Sequence[str]
    match: Match
    repairs: tuple[Repair, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A block that has no place.

    Attributes:
        refusal: why.
        missing: what there is instead, when it was not found.
        mark: the line that stands for lines which were left out.
    """

    refusal: Refusal
    missing: Missing | None = None
    mark: str = ""


def placed_block(block: SearchBlock, file: Evolving, within: range | None) -> Done | Failed:
    """The place of a block in a file as it is now, and what it writes there."""
    if block.verbatim:
        return _verbatim(block, file)
    results: list[Done | Failed] = []
    for old, new in reversed(block.cuts):
        result = _read_as(block, (list(old.lines), list(new.lines)), file, within)
        if isinstance(result, Done):
            return _with_cut(result, len(block.cuts), block.where)
        results.append(result)
    return results[-1]


def _with_cut(result: Done, cuts: int, where: int) -> Done:
    """The result, when several rows might divide the block: the longest text that is there counts."""
    if cuts == 1:
        return result
    repair = Repair("one of several rows divides the block", f"line {where}", "high")
    return replace(result, repairs=(*result.repairs, repair))


def _verbatim(block: SearchBlock, file: Evolving) -> Done | Failed:
    old, new = block.cuts[0]
    whole = range(len(file.lines))
    if file.text == new.raw:
        return Done(whole, old.lines, new.lines, Match.ALREADY, text=new.raw)
    if file.text == old.raw:
        return Done(whole, old.lines, new.lines, Match.EXACT, text=new.raw)
    return Failed(Refusal.NOT_FOUND, Missing(Refusal.NOT_FOUND))


def _read_as(
    block: SearchBlock, texts: tuple[list[str], list[str]], file: Evolving, within: range | None
) -> Done | Failed:
    first: Failed | None = None
    wanted, new = map(_without_bom, texts)
    told = named(file.lines, block.anchors)
    for variant in variants(wanted, new, lambda: "\n".join(file.lines)):
        hint: int | range | None = block.hint if block.hint is not None else variant.hint
        result = _placed(variant, file, _Where(within if hint is None else hint, told))
        if isinstance(result, Done):
            where = f"line {block.where}"
            repairs = [Repair(variant.what, where, variant.risk)] if variant.what else []
            found = (replace(one, where=where) for one in result.repairs)
            return replace(result, repairs=(*repairs, *found))
        if result.refusal is not Refusal.NOT_FOUND:
            return result
        first = first or result
    touched = touched_lines(wanted, new)
    place = similar_place(file.lines, wanted, touched, file.written | file.settled)
    if place is not None and not allowed(file.lines, [place], told, loose=False):
        place = None
    if place is not None and not _may_be_done(wanted, new, file, place):
        return _replaced(Variant(wanted, new), file, place)
    return first or Failed(Refusal.NOT_FOUND)


def _may_be_done(wanted: Sequence[str], new: Sequence[str], file: Evolving, place: Place) -> bool:
    """Whether the file may hold the result already, so that what resembles the place is its twin."""
    if is_done_elsewhere(file.lines, wanted, new, place):
        return True
    there = {line.strip() for line in file.lines}
    added = [line.strip() for line in new if line.strip() and line not in wanted]
    return bool(added) and there.issuperset(added)


def _without_bom(lines: list[str]) -> list[str]:
    return [lines[0].removeprefix(_BOM), *lines[1:]] if lines else lines


def _placed(variant: Variant, file: Evolving, where: _Where) -> Done | Failed:
    done = _whole(variant, file) or _already(variant, file, where.told)
    if done is not None:
        return _checked(done, file)
    place = locate(
        file.lines,
        variant.wanted,
        hint=where.hint,
        avoid=file.written | file.settled,
        keep=lambda places: allowed(file.lines, places, where.told, loose=False),
    )
    if isinstance(place, Missing):
        return _elsewhere(variant, file, place, where.told)
    return _against(variant, file, place) or _replaced(variant, file, place)


def _against(variant: Variant, file: Evolving, place: Place) -> Done | Failed | None:
    """What speaks against writing to a place, if anything does."""
    if place.match is Match.ELISION and not is_paired(variant.wanted, variant.new):
        mark = next(filter(is_gap, variant.wanted), "...")
        return Failed(Refusal.ELIDED, mark=mark)
    if not file.settled.isdisjoint(place.lines):
        return _in_settled(variant, file, place)
    if place.match is Match.INDENTATION and _is_twin(variant, file, place):
        return Failed(Refusal.AMBIGUOUS, Missing(Refusal.AMBIGUOUS, places=(place.lines.start,)))
    return None


def _replaced(variant: Variant, file: Evolving, place: Place) -> Done | Failed:
    repairs = () if place.risk == "none" else (Repair("place chosen", risk=place.risk),)
    lines = replaced(file.lines, place, variant.wanted, variant.new)
    return _checked(Done(place.lines, variant.wanted, lines, place.match, repairs), file)


def _is_twin(variant: Variant, file: Evolving, place: Place) -> bool:
    return stands_elsewhere(file.lines, variant.new, place.lines)


def _whole(variant: Variant, file: Evolving) -> Done | None:
    """The whole file as the place: of a text that it consists of, or none in an empty one."""
    wanted = variant.wanted
    whole = range(len(file.lines))
    if not any(map(str.strip, wanted)) and not any(map(str.strip, file.lines)):
        return Done(whole, wanted, variant.new, Match.GIVEN)
    return Done(whole, wanted, variant.new, Match.EXACT) if file.lines == wanted else None


def _already(variant: Variant, file: Evolving, told: Named) -> Done | None:
    there = already_applied(file.lines, variant.wanted, variant.new)
    scope = scope_of(told)
    if scope is not None and (
        there is None or there.stop <= scope.start or there.start >= scope.stop
    ):
        lines = file.lines[scope.start : scope.stop]
        inside = already_applied(lines, variant.wanted, variant.new)
        there = inside and range(inside.start + scope.start, inside.stop + scope.start)
    if there is None and variant.new and file.lines == variant.new:
        there = range(len(file.lines))
    if there is None:
        return None
    return Done(there, variant.wanted, variant.new, Match.ALREADY)


def _in_settled(variant: Variant, file: Evolving, place: Place) -> Done | Failed:
    """The outcome for a text that stands only where a block above found its result.

    A block that takes lines from one place, beside one that puts them into another, finds them
    there when both were carried out before.
    """
    if not file.settled.issuperset(place.lines):
        return Failed(Refusal.OVERLAPPING)
    lines = file.lines[place.lines.start : place.lines.stop]
    return Done(place.lines, variant.wanted, lines, Match.ALREADY)


def _elsewhere(variant: Variant, file: Evolving, missing: Missing, told: Named) -> Done | Failed:
    """The place of a text that is no whole lines, or was there before the blocks above."""
    if missing.refusal is not Refusal.NOT_FOUND:
        return Failed(missing.refusal, missing)
    place = locate(file.lines, variant.wanted) if file.settled else missing
    if isinstance(place, Place) and file.settled.issuperset(place.lines):
        return _in_settled(variant, file, place)
    part = part_of_line(file.lines, variant.wanted, variant.new)
    if part is not None and _may_be(part[0], file, told):
        lines, new = part
        if new is None:
            return Done(lines, [], [], Match.ALREADY)
        repairs = (Repair("part of a line"),)
        return _checked(Done(lines, variant.wanted, new, Match.EXACT, repairs), file)
    return Failed(missing.refusal, missing)


def _may_be(lines: range, file: Evolving, told: Named) -> bool:
    """Whether a part of some lines may be meant: no block wrote them, and no anchor rules them out."""
    place = Place(lines, Match.EXACT, tuple(range(at, at + 1) for at in lines))
    fresh = (file.written | file.settled).isdisjoint(lines)
    return fresh and bool(allowed(file.lines, [place], told, loose=False))


def _checked(done: Done, file: Evolving) -> Done | Failed:
    """The result, unless a mark in it takes the place of lines that were left out."""
    mark = next(_marks(file.lines[done.lines.start : done.lines.stop], done.new), "")
    return Failed(Refusal.ELIDED, mark=mark) if mark and done.match is not Match.ALREADY else done


def _marks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    if not any(map(is_elision, new)):
        return
    for run in changed_runs(old, new):
        gone, come = old[run.old_start : run.old_stop], new[run.new_start : run.new_stop]
        if mark := left_out(gone, come):
            yield mark
