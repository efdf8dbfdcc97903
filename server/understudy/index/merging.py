"""The definitions of a block, each in the place of the one that has its name, in any language."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.index.extraction import facts_of, is_indexed
from understudy.reading.shape import common_indent, indented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.index.facts import Definition

_CLASS = {
    "csharp": "class _ {",
    "java": "class _ {",
    "javascript": "class _ {",
    "javascriptreact": "class _ {",
    "kotlin": "class _ {",
    "php": "<?php class _ {",
    "swift": "class _ {",
    "typescript": "class _ {",
    "typescriptreact": "class _ {",
}
"""What methods stand in, in languages that know none on their own."""
_WORK = 2_000_000
"""Pairs of definitions that may be compared; a text with more is not taken apart."""
_COMMENT = ("//", "/*", "*", "--", '"""')
_PART = 2
"""A class with more than one half of its members may be meant to be whole."""


class _Unit(NamedTuple):
    """A definition of the block, and the one of the document in whose place it comes."""

    new: Definition
    old: Definition


class _Block(NamedTuple):
    """A block's lines and what they define, with the numbers of the outermost definitions."""

    lines: list[str]
    known: Sequence[Definition]
    top: tuple[int, ...]


def with_definitions(
    lines: Sequence[str],
    document: Sequence[str],
    within: range,
    language: str,
    *,
    is_part: bool = False,
) -> list[str] | None:
    """The lines of a region with each definition of a block in its place, and all else as it is.

    None where it is not certain: a definition names none of the region or several, or the block
    holds what neither belongs to one nor stands in the document around them. In a block for the whole
    document nothing may stand outside of definitions: a text with a head is meant to be all of it.

    Args:
        lines: of the block, without their ends like the others.
        document: all lines of the document.
        within: the region, in lines of the document.
        language: an LSP language id.
        is_part: whether the block was never meant to be all of a document.
    """
    if not is_indexed(language):
        return None
    found = facts_of("", language, "\n".join(document)).definitions
    olds = [at for at, one in enumerate(found) if _is_in(one, within)]
    block = _block(lines, language)
    if not olds or block is None or _is_too_much(block, found):
        return None
    units = _units(block, found, olds)
    is_whole = not is_part and len(within) >= len(document)
    if not units or not _is_all(block, units, document, whole=is_whole):
        return None
    places = sorted(units, key=lambda unit: unit.old.first)
    if any(one.old.stop > other.old.first for one, other in pairwise(places)):
        return None
    done = list(document[: within.stop])
    for unit in reversed(places):
        start, come = _written(unit, block.lines, done, language)
        done[start : unit.old.stop] = come
    return done[within.start :]


def _is_too_much(block: _Block, found: Sequence[Definition]) -> bool:
    return len(block.top) * (len(found) + len(block.known)) > _WORK


def _is_in(one: Definition, within: range) -> bool:
    return one.head >= within.start and one.stop <= within.stop and one.kind != "field"


def _block(lines: Sequence[str], language: str) -> _Block | None:
    """What a block defines: as it stands, or as members of a class."""
    margin = common_indent([line for line in lines if line.strip()])
    bare = [line.removeprefix(margin) for line in lines]
    known: Sequence[Definition] = facts_of("", language, "\n".join(bare)).definitions
    top = tuple(at for at, one in enumerate(known) if one.parent < 0)
    opening = _CLASS.get(language)
    if opening is not None and not top:
        known = facts_of("", language, "\n".join([opening, *bare, "}"])).definitions
        known = [
            one._replace(first=one.first - 1, head=one.head - 1, stop=one.stop - 1) for one in known
        ]
        top = tuple(at for at, one in enumerate(known) if one.parent == 0)
    return _Block(bare, known, top) if top else None


def _units(block: _Block, found: Sequence[Definition], olds: Sequence[int]) -> list[_Unit]:
    """Each outermost definition of the block with its old one; none where one has not exactly one."""
    units: list[_Unit] = []
    for number in block.top:
        one = block.known[number]
        place = _place(one, found, olds)
        if place < 0:
            return []
        members = _members(block, number, found, place)
        if members is None:
            return []
        units += members
    return units


def _place(one: Definition, found: Sequence[Definition], olds: Sequence[int]) -> int:
    """The number of the only old definition that a new one can be; -1 for none."""
    named = [at for at in olds if found[at].name == one.name]
    alike = [at for at in named if found[at].kind == one.kind] or named
    owned = [at for at in alike if not one.owner or found[at].owner == one.owner]
    return owned[0] if len(owned) == 1 else -1


def _members(
    block: _Block, number: int, found: Sequence[Definition], place: int
) -> list[_Unit] | None:
    """The definition itself; of a class that lacks most of its members, those that it has.

    None for a class that lacks some: it may be meant so.
    """
    new = [at for at, one in enumerate(block.known) if one.parent == number]
    old = [at for at, one in enumerate(found) if one.parent == place and one.kind != "field"]
    left = Counter(found[at].name for at in old)
    left.subtract(block.known[at].name for at in new)
    lost = sum(count for count in left.values() if count > 0)
    if not lost or found[place].kind not in {"class", "module"}:
        return [_Unit(block.known[number], found[place])]
    if not new or _PART * lost < len(old):
        return None
    units: list[_Unit] = []
    for at in new:
        its = _place(block.known[at], found, old)
        if its < 0:
            return None
        units.append(_Unit(block.known[at], found[its]))
    return units


def _is_all(block: _Block, units: Sequence[_Unit], document: Sequence[str], *, whole: bool) -> bool:
    """Whether nothing else stands in the block but what stands around its definitions."""
    inside = {at for unit in units for at in range(unit.new.first, unit.new.stop)}
    there = {line.strip() for line in document}
    outer = {at for number in block.top for at in _all_of(block.known[number])}
    return all(
        at in inside or (line.strip() in there and (at in outer or not whole or _is_outer(line)))
        for at, line in enumerate(block.lines)
        if line.strip()
    )


def _is_outer(line: str) -> bool:
    """Whether a line opens or closes what has methods and is no definition: an `impl` of Rust."""
    return line.strip() in {"}", "};"} or line.startswith("impl")


def _all_of(one: Definition) -> range:
    return range(one.first, one.stop)


def _written(
    unit: _Unit, lines: Sequence[str], done: Sequence[str], language: str
) -> tuple[int, list[str]]:
    """Where a definition's new lines begin, and these: what stood above stays if nothing came."""
    new, old = unit
    above = lines[new.first : new.head]
    start = old.first if above else old.head
    kept: list[str] = []
    if above and not any(map(_is_comment, above)):
        kept = list(_comments(done[old.first : old.head]))
    margin = indent_of(lines[new.head])
    come = [line.removeprefix(margin) for line in lines[new.first : new.stop]]
    return start, [*kept, *indented(come, done[start : old.stop], language, [])]


def _comments(lines: Sequence[str]) -> Iterator[str]:
    """The comments that lines begin with."""
    for line in lines:
        if not _is_comment(line):
            return
        yield line


def _is_comment(line: str) -> bool:
    bare = line.strip()
    return bare.startswith(_COMMENT) or (bare.startswith("#") and not bare.startswith("#["))
