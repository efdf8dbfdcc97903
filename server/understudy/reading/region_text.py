"""A block as the new text of given lines: moved to their depth, without what stands around them.

What can't be their new text is refused: a text without the definition that they begin with, or
with lines of the neighbourhood that it changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.failures.elision import is_elision
from understudy.reading import Match, Refusal, Repair, unreadable
from understudy.reading.cut_short import cut_short
from understudy.reading.endings import lost_end
from understudy.reading.headings import heading_of
from understudy.reading.heads import head_of
from understudy.reading.kept_heads import with_head
from understudy.reading.languages import CODE
from understudy.reading.moving import placed_lines
from understudy.reading.neighbours import (
    has_sibling,
    neighbours,
    outer_headings,
    refuse_neighbours,
    tells,
    without_below,
)
from understudy.reading.only_heading import lacks_its_body, repeats_file_head, without_outer_ends
from understudy.reading.overlaps import overlap
from understudy.reading.part_of_region import put_in_place
from understudy.reading.repeated_lines import without_repeated
from understudy.reading.shape import common_indent, indented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError
    from understudy.reading.neighbours import Around

_ABOVE = ("@", "#", "//", "/*", "*", "[", "<!--")

_IMPORTS_FIRST = frozenset({"go", "java", "kotlin", "csharp"})
"""Here no import may follow a definition."""
_IMPORT = re.compile(r"(?:import|using|package)\b(?!\s*\()|import\s*\(")


def fitted(lines: list[str], around: Around, repairs: list[Repair]) -> tuple[list[str], Match]:
    """The lines as they are to stand in the place of the old ones, and how sure that is.

    Args:
        lines: of the block, without their ends.
        around: what they replace.
        repairs: gets an entry for what was done.

    Raises:
        UnreadableError: they can't be the new text of the old lines.
    """
    if around.language not in CODE:
        lines = without_repeated(lines, around, repairs)
        lines = indented(_moved_out(lines, around, repairs), around.old, around.language, repairs)
        repairs += filter(None, [cut_short(lines, around)])
        return lines, Match.GIVEN
    own = _own_heading(around)
    if not own:
        lines = without_repeated(lines, around, repairs)
        lines = _at_its_depth(_without_above(lines, around, repairs), around, repairs)
        lines = with_head(lines, around, repairs)
        repairs += filter(None, [cut_short(lines, around)])
        return lines, Match.GIVEN
    name = heading_of(own)
    at = _heading_at(lines, own, name)
    if at is None and not _is_another(lines, name):
        whole = put_in_place(lines, around.old)
        if whole is None:
            raise _lacks(own)
        repairs.append(Repair("changed lines put in their place", _first(lines)))
        return whole, Match.ELISION
    if at:
        lines = _without_head(lines, at, around, repairs)
    if at is not None and (lacking := lacks_its_body(lines, around)):
        raise lacking
    lines = _at_its_depth(lines, around, repairs)
    whole = with_head(lines, around, repairs)
    repairs += filter(None, [lost_end(whole, around)])
    return whole, Match.GIVEN


def _own_heading(around: Around) -> str:
    """The line that begins the definition which the old lines are; empty if they are none."""
    behind = around.old[head_of(around.old, around.language).stop :]
    first = next(
        (line for line in behind if line.strip() and not line.lstrip().startswith(_ABOVE)), ""
    )
    return first if heading_of(first) else ""


def _heading_at(lines: Sequence[str], own: str, name: str) -> int | None:
    """The line of a block that begins the definition."""
    same = (at for at, line in enumerate(lines) if line.strip() == own.strip())
    named = (at for at, line in enumerate(lines) if heading_of(line) == name)
    return next(same, next(named, None))


def _is_another(lines: Sequence[str], name: str) -> bool:
    """Whether lines define something else in the place of a name, or give that name otherwise."""
    real = [line for line in lines if line.strip() and not line.lstrip().startswith(_ABOVE)]
    depth = len(common_indent(real))
    if real and heading_of(real[0]):
        return True
    bound = re.compile(rf"(?:^|[^\w.]){re.escape(name)}\s*(?::[^=]{{1,80}})?=(?!=)")
    return any(len(indent_of(line)) == depth and bound.search(line[:400]) for line in real)


def _without_head(lines: list[str], at: int, around: Around, repairs: list[Repair]) -> list[str]:
    """The lines without what the block repeats from above the old ones.

    What else stands above the definition is new, if it is as far in.
    """
    head = [line for line in lines[:at] if line.strip()]
    bare = [line.strip() for line in head]
    above = [line.strip() for line in around.above if line.strip()]
    outer = {line.strip() for line in outer_headings(around)}
    kept = [line for line in head if line.lstrip().startswith(_ABOVE) and line.strip() not in above]
    if head and all(line in outer or _is_mark(line) for line in bare):
        repairs.append(Repair("lines around it left out", bare[0][:80]))
        return without_outer_ends(_without_mark_behind(lines[at:], around))
    if repeats_file_head(head, around):
        repairs.append(Repair("lines around it left out", bare[0][:80]))
        return lines[at:]
    repeated = overlap(bare, above)
    if repeated and not _is_own(bare[:repeated], around.old):
        rest = _behind(lines, repeated)
        repairs.append(Repair("lines around it left out", bare[0][:80]))
        return rest
    if not outer.isdisjoint(bare) or has_sibling(bare, around.above[::-1], around.old):
        raise neighbours(bare[0])
    if around.language in _IMPORTS_FIRST and (wrong := next(filter(_IMPORT.match, bare), "")):
        raise neighbours(wrong)
    depth = indent_of(lines[at])
    if len(kept) < len(head) and any(len(indent_of(line)) < len(depth) for line in head):
        raise neighbours(bare[0])
    return lines


def _without_mark_behind(lines: list[str], around: Around) -> list[str]:
    known = {line.strip() for line in around.old}
    stop = len(lines)
    while stop and (not lines[stop - 1].strip() or _is_mark(lines[stop - 1].strip())):
        if lines[stop - 1].strip() in known:
            break
        stop -= 1
    return lines[:stop]


def _without_above(lines: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    """The lines of a block without definition, without those that it repeats from above."""
    real = [line for line in lines if line.strip()]
    bare = [line.strip() for line in real]
    there = [line for line in around.above if line.strip()]
    repeated = overlap(bare, [line.strip() for line in there])
    if (
        repeated
        and repeated < len(bare)
        and tells(bare[:repeated])
        and not _is_own(bare[:repeated], around.old)
    ):
        here = there[len(there) - repeated]
        lines = _shifted(_behind(lines, repeated), indent_of(real[0]), indent_of(here))
        repairs.append(Repair("lines around it left out", bare[0][:80]))
        return lines
    outer = {line.strip() for line in outer_headings(around)}
    if outer.intersection(bare).difference(line.strip() for line in around.old):
        raise neighbours(next(line for line in bare if line in outer))
    return lines


def _at_its_depth(lines: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    """The lines at the old ones' depth, without those that they repeat from below these."""
    lines = without_below(_moved_out(lines, around, repairs), around, repairs)
    lines = indented(lines, around.old, around.language, repairs)
    lines = without_below(lines, around, repairs)
    refuse_neighbours(lines, around)
    return lines


def _moved_out(lines: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    """The lines as far out as the old ones, where all of them are farther in."""
    old, real = (placed_lines(some, around.language) for some in (around.old, lines))
    if not old or not real:
        return lines
    wanted, found = common_indent(old), common_indent(real)
    is_first = indent_of(old[0]) == wanted and indent_of(real[0]) == found
    if found == wanted or not found.startswith(wanted) or not is_first:
        return lines
    if not _is_shifted(real, old, found[len(wanted) :]):
        return lines
    repairs.append(Repair("block moved out"))
    return _shifted(lines, found, wanted, set(around.old))


def _is_shifted(lines: Sequence[str], old: Sequence[str], more: str) -> bool:
    """Whether a line of the old ones, or the definition that they begin with, is farther in by so much."""
    name = heading_of(old[0])
    if name and name == heading_of(lines[0]):
        return True
    moved = {more + line for line in old if tells([line])}
    return not moved.isdisjoint(lines)


def _shifted(
    lines: Sequence[str], here: str, there: str, known: frozenset[str] | set[str] = frozenset()
) -> list[str]:
    """The lines with one indentation in place of another that they have or go on from."""
    if here == there:
        return list(lines)
    if there.startswith(here):
        more = there[len(here) :]
        return [more + line if line.strip() else line for line in lines]
    extra = here.removeprefix(there)
    return [line if line in known else line.removeprefix(extra) for line in lines]


def _is_own(bare: Sequence[str], old: Sequence[str]) -> bool:
    return [line.strip() for line in old if line.strip()][: len(bare)] == list(bare)


def _is_mark(line: str) -> bool:
    return line in {"...", "\u2026"} or is_elision(line)


def _behind(lines: Sequence[str], count: int) -> list[str]:
    """The lines behind so many that are not blank, and the blank ones that follow them."""
    numbers = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[numbers[count] :])


def _first(lines: Sequence[str]) -> str:
    return next((line.strip()[:80] for line in lines if line.strip()), "")


def _lacks(own: str) -> UnreadableError:
    head = own.strip()[:100]
    return unreadable(
        Refusal.ELIDED,
        f"The block lacks `{head}`, with which the lines begin.",
        head,
        f"The block holds only a part: write all of the lines, from `{head}` to their end.",
    )
