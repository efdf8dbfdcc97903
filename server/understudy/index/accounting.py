"""Whether a block that replaces a text accounts for all that it held, and what if it does not."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import real_lines
from understudy.index.cut_definitions import cut_definitions
from understudy.index.extraction import is_indexed
from understudy.index.lost import lost_definitions
from understudy.index.lost_lines import lost_lines
from understudy.index.lost_statements import lost_statements
from understudy.index.lost_units import lost_units
from understudy.index.merging import with_definitions
from understudy.index.twins import around, twins
from understudy.reading import Repair
from understudy.reading.lazy import first_gap
from understudy.reading.neighbours import neighbours
from understudy.reading.shape import BOM, contents, joined, restyled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.rewriting import Document

_SMALL = 4
"""A file of fewer lines may become any other, where nothing else is known of its language."""
_SEVERAL = 2
_MERGED = "definitions put in their places"


class Accounted(NamedTuple):
    """A document's new text.

    Attributes:
        repairs: what was put right, or of high risk for each loss.
        is_part: whether the block held only a part of what it replaces.
    """

    text: str
    repairs: tuple[Repair, ...] = ()
    is_part: bool = False


def accounted(lines: Sequence[str], document: Document, after: str, within: range) -> Accounted:
    """The text after an edit, with what a block left out and did not mean to go.

    Args:
        lines: of the block, without their ends.
        document: as it is.
        after: what it becomes if the block is all that there is to be.
        within: the lines that the block replaces.

    Raises:
        UnreadableError: the block brings a definition along that stands elsewhere, and it is not
            certain what becomes of that one; or a function in it stops long before its end.
    """
    before, language, _ = document
    if doubled := twins(lines, before, after, within, language):
        return _without_twins(lines, document, within, doubled)
    gone = losses(before, after, language)
    if not gone:
        return Accounted(after, tuple(cut_definitions(document, after)))
    whole = merged(lines, before, within, language)
    if whole is None or whole == before or losses(before, whole, language):
        return Accounted(after, gone)
    return _in_places(document, whole)


def _in_places(document: Document, whole: str) -> Accounted:
    cut = cut_definitions(document, whole)
    return Accounted(whole, (Repair(_MERGED), *cut), is_part=True)


def _without_twins(
    lines: Sequence[str], document: Document, within: range, doubled: Sequence[str]
) -> Accounted:
    """The document with each definition of the block in its place, wherever that is."""
    before, language, _ = document
    for wider in around(before, within, language):
        whole = merged(lines, before, wider, language, is_part=True)
        if whole is not None and not losses(before, whole, language):
            return _in_places(document, whole)
    raise neighbours(doubled[0])


def merged(
    lines: Sequence[str], before: str, within: range, language: str, *, is_part: bool = False
) -> str | None:
    """The document with each definition of a block in its place; None where that is not certain."""
    bare = before.removeprefix(BOM)
    document = contents(bare)
    old = document[within.start : within.stop]
    if first_gap(lines, old, language):
        return None
    styled = restyled(lines, document, old, language) or lines
    found = with_definitions(styled, document, within, language, is_part=is_part)
    if found is None:
        return None
    bom = BOM if before.startswith(BOM) else ""
    return bom + joined([*document[: within.start], *found, *document[within.stop :]], bare)


def losses(before: str, after: str, language: str) -> tuple[Repair, ...]:
    """A repair of high risk for each definition, statement and import that a text has no more.

    A model that forgets a function does not say so. Only a change of its lines is worth a parse.
    """
    there = {line.strip() for line in after.split("\n")}
    old = (line.strip() for line in before.split("\n"))
    if there.issuperset(line for line in old if line):
        return ()
    if not is_indexed(language) and real_lines(before.split("\n")) < _SMALL:
        return ()
    return _losses(before, after, language)


@lru_cache(maxsize=8)
def _losses(before: str, after: str, language: str) -> tuple[Repair, ...]:
    """A reply that is still being written is read again and again."""
    gone = [(one.name, one.head) for one in lost_definitions(before, after, language)]
    gone += [(one.what, one.line) for one in lost_statements(before, after, language)]
    told = tuple(
        Repair(f"`{name[:80]}` is gone", f"line {line + 1}", "high") for name, line in gone
    )
    much = None if told else lost_lines(before, after, language)
    if much is not None:
        return (Repair(f"{much} are gone", risk="high"),)
    return told or tuple(_units(before, after, language))


def _units(before: str, after: str, language: str) -> Iterator[Repair]:
    """Several lines that go beside a change; a block that only takes lines away does what it says."""
    there = set(before.split("\n"))
    if all(line in there or not line.strip() for line in after.split("\n")):
        return
    for one in lost_units(before, after, language):
        if one.size >= _SEVERAL:
            at = f"line {one.lines.start + 1}"
            yield Repair(f"`{one.name[:80]}` and {one.size - 1} more are gone", at, "high")
