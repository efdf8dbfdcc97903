"""What becomes of the head of a definition that a block writes anew: kept, replaced or repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.failures.elision import is_elision
from understudy.reading import Repair
from understudy.reading.headings import heading_at
from understudy.reading.heads import head_of, head_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import Risk
    from understudy.reading.heads import Head
    from understudy.reading.neighbours import Around

_ALIKE = 70.0
"""From 0 to 100: from where on a decorator may be another one's past."""
_WORD = re.compile(r"[A-Za-z_]\w*")
_BINDINGS = frozenset({"staticmethod", "classmethod", "property"})
"""Of these, a method has one at most."""
_FIRST = re.compile(r"\bdef\s+\w+\s*\(\s*(?P<first>\w*)")


class Above(NamedTuple):
    """What a block does to the head of its definition, which stands above the lines it replaces.

    Attributes:
        lines: of the block, without a head that only repeats that one.
        taken: how many lines above the old ones it replaces as well.
    """

    lines: list[str]
    taken: int
    repairs: tuple[Repair, ...] = ()


def with_head(lines: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    """The lines of a block with what they leave out of the head that the old lines begin with.

    A comment, a directive or a decorator goes where the block has one of the same kind in its place,
    and where nothing else of the definition changes.

    Args:
        lines: of the block, at the old ones' depth.
        around: what they replace.
        repairs: gets an entry for what was kept, or for what goes.
    """
    old, language = around.old, around.language
    head = head_of(old, language)
    name = heading_at(old, head.stop)
    if not head.kinds or not name:
        return lines
    at = _definition(lines, name, language)
    if at is None:
        return lines
    start = head_start(lines, at, language)
    own = head_of(lines[start:at], language)
    missing = head.kinds - own.kinds
    if missing and not any(map(is_elision, lines[start:at])):
        return _completed(lines, range(start, at), around, repairs)
    return lines


def _completed(lines: list[str], place: range, around: Around, repairs: list[Repair]) -> list[str]:
    """The lines with what their head, at a place, leaves out of the old one."""
    old = around.old
    head = head_of(old, around.language)
    if bare(lines) == bare(old[head.stop :]):
        repairs.append(Repair(f"`{_shown(old)}` is gone", risk="high"))
        return lines
    own = head_of(lines[place.start : place.stop], around.language)
    risk: Risk = "high" if _is_bound_otherwise(old, lines[place.stop], head) else "low"
    repairs.append(Repair("what stands above the definition kept", _shown(old), risk))
    start, at = place.start, place.stop
    if not own.parts:
        asked = {number for one in head.parts if one.kind == "request" for number in one.lines}
        first = next(one.lines.start for one in head.parts if one.kind != "request")
        stays = [old[number] for number in range(first, head.stop) if number not in asked]
        return [*lines[:at], *stays, *lines[at:]]
    missing = head.kinds - own.kinds
    above = head.of(old, "comment") if "comment" in missing else []
    below = head.of(old, *(missing - {"comment"}))
    return [*lines[:start], *above, *lines[start:at], *below, *lines[at:]]


def above_of(lines: list[str], around: Around) -> Above:
    """What a block that begins with its definition does to the head above the old lines.

    Args:
        lines: of the block, without their ends.
        around: what they replace.
    """
    nothing = Above(lines, 0)
    old, language = around.old, around.language
    first = next((at for at, line in enumerate(old) if line.strip()), 0)
    name = heading_at(old, first)
    at = _definition(lines, name, language) if name else None
    if not at or not around.above or not around.above[-1].strip():
        return nothing
    start = head_start(lines, at, language)
    there = head_start([*around.above, old[first]], len(around.above), language)
    theirs = list(around.above[there:])
    mine = lines[start:at]
    if not mine or not theirs or any(map(is_elision, mine)) or _asks(theirs, language):
        return nothing
    if set(bare(mine)) <= set(bare(theirs)):
        repair = Repair("lines around it left out", mine[0].strip()[:80])
        return Above([*lines[:start], *lines[at:]], 0, (repair,))
    risk = likeness(mine, theirs, language)
    if risk is None:
        # A decorator that is none of those above the lines may as well be one more.
        return Above(lines, 0, (Repair("one more stands above the definition", mine[0], "high"),))
    what = "what stands above the definition replaced"
    return Above(lines, len(theirs), (Repair(what, theirs[0].strip()[:80], risk),))


def likeness(mine: Sequence[str], theirs: Sequence[str], language: str) -> Risk | None:
    """How doubtful it is that one head is the other one, changed; None where it is another one."""
    pair = [(head_of(each, language), each) for each in (mine, theirs)]
    mine_too, like = (
        [one.of(each, kind) for one, each in pair] for kind in ("attribute", "comment")
    )
    if not _is_same(*mine_too):
        return None
    return "low" if _goes_on(*mine_too) and _shares_words(*like) else "high"


def _asks(lines: Sequence[str], language: str) -> bool:
    return any(one.kind == "request" for one in head_of(lines, language).parts)


def _is_same(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the decorators of two heads may be the same ones, changed."""
    from rapidfuzz import fuzz

    if not mine or not theirs or _goes_on(mine, theirs):
        return True
    return fuzz.ratio(mine[0].strip(), theirs[0].strip(), score_cutoff=_ALIKE) > 0


def _goes_on(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether decorators say all that others said, or something that rules these out."""
    if not mine or not theirs:
        return True
    come, gone = (set(_WORD.findall("\n".join(one))) for one in (mine, theirs))
    return gone <= come or bool(come & _BINDINGS and gone & _BINDINGS)


def _shares_words(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a comment may be the other one, changed."""
    come, gone = (set(_WORD.findall("\n".join(one).lower())) for one in (mine, theirs))
    return not come or not gone or not come.isdisjoint(gone)


def _definition(lines: Sequence[str], name: str, language: str) -> int | None:
    """The line of a block that begins the definition: the one of that name, or its first line."""
    named = (at for at in range(len(lines)) if heading_at(lines, at) == name)
    first = head_of(lines, language).stop
    return next(named, first if heading_at(lines, first) else None)


def _is_bound_otherwise(old: Sequence[str], line: str, head: Head) -> bool:
    """Whether a method of Python has another first parameter than its decorators were made for."""
    words = set(_WORD.findall("\n".join(head.of(old, "attribute"))))
    firsts = [_FIRST.search(one) for one in (old[head.stop], line)]
    names = {found["first"] if found else "" for found in firsts}
    return bool(words & _BINDINGS) and len(names) > 1 and not names.isdisjoint({"self", "cls"})


def bare(lines: Sequence[str]) -> list[str]:
    """The lines that are not blank, without the blanks around them."""
    return [line.strip() for line in lines if line.strip()]


def _shown(lines: Sequence[str]) -> str:
    return next((line.strip()[:80] for line in lines if line.strip()), "")
