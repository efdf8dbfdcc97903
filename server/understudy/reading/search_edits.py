"""Search/replace blocks carried out in memory: all of them, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.reading import Match, Refusal, Repair, unreadable
from understudy.reading.block_placing import Done, Failed, placed_block
from understudy.reading.carrying_out import Changed
from understudy.reading.doubled import without_doubled
from understudy.reading.evolving import Evolving
from understudy.reading.occurrences import occurrences
from understudy.reading.search_failures import FailedBlock, refused
from understudy.reading.targets import OWN, not_given, plain_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.search_blocks import SearchBlock
    from understudy.reading.targets import Documents

_WORK = 100_000_000
"""Characters that may be searched: those of the files, times the blocks."""
_MOST_FAILED = 20
"""Looking for what is nearly right is dear; with so many blocks that fail, the rest is not tried."""


@dataclass(slots=True)
class Applied:
    """What blocks lead to, as far as they were carried out.

    Attributes:
        documents: what may be changed.
        files: the lines of each document that a block named, by its key.
        created: the keys of files that did not exist.
        repairs: what it took.
        matches: how the blocks were placed.
        failed: the blocks that could not be carried out, and why.
        dropped: how many blocks change nothing.
    """

    documents: Documents
    files: dict[str, Evolving] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)
    repairs: list[Repair] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    failed: list[FailedBlock] = field(default_factory=list)
    dropped: int = 0

    @property
    def after(self) -> str:
        """The text of the document that was asked about."""
        own = self.files.get(OWN)
        return self.documents.own.text if own is None else own.text

    @property
    def others(self) -> tuple[Changed, ...]:
        """What becomes of other documents."""
        return tuple(
            Changed(key, file.text)
            for key, file in self.files.items()
            if key != OWN and (key in self.created or file.text != file.before)
        )

    @property
    def match(self) -> Match:
        """The least sure way in which a block was placed."""
        return min(self.matches, key=_sureness, default=Match.ALREADY)


def _sureness(match: Match) -> tuple[float, bool]:
    return match.confidence, match is Match.ALREADY


def carried_out(
    blocks: Sequence[SearchBlock], documents: Documents, within: range | None
) -> Applied:
    """What all blocks lead to.

    Args:
        blocks: in the order in which they are carried out.
        documents: what may be changed.
        within: lines of the document that win where several places fit.

    Raises:
        UnreadableError: for a reply with a block that can't be carried out, or without any that
            changes something.
    """
    found = Applied(documents)
    for _ in each_carried_out(blocks, found, within):
        pass
    if found.failed:
        raise refused(found.failed, len(blocks))
    if found.dropped == len(blocks):
        raise unreadable(
            Refusal.NO_CHANGE,
            "Every block replaces a text by itself.",
            teaching="In every block the two texts are equal, so nothing would change. Write what"
            " the lines are to become behind `=======`.",
        )
    return found


def each_carried_out(
    blocks: Sequence[SearchBlock], found: Applied, within: range | None
) -> Iterator[SearchBlock]:
    """Carry the blocks out one by one; yields each that is, and those that change nothing.

    Raises:
        UnreadableError: for a file that is not known, or too much to search.
    """
    if len(blocks) * max(len(found.documents.own.text), 1) > _WORK:
        raise unreadable(Refusal.TOO_LARGE, f"The reply holds {len(blocks)} blocks.")
    seen: set[tuple[str, tuple[str, ...], tuple[str, ...]]] = set()
    paths = frozenset(plain_path(block.path) for block in blocks if block.path)
    for block in blocks:
        if len(found.failed) == _MOST_FAILED:
            return
        key = _key_of(block, found, paths)
        one = key, tuple(block.wanted), tuple(block.new)
        where = f"line {block.where}"
        if one in seen:
            found.repairs.append(Repair("block sent twice", where, "none"))
            found.dropped += 1
        elif _changes_nothing(block):
            found.repairs.append(Repair("block without a change", where))
            found.dropped += 1
        elif not _carried_out(block, key, found, within):
            continue
        seen.add(one)
        yield block


def _changes_nothing(block: SearchBlock) -> bool:
    old, new = block.cuts[0]
    same = old.lines == new.lines and old.is_open == new.is_open
    return same and not block.verbatim and len(block.cuts) == 1


def _key_of(block: SearchBlock, found: Applied, paths: frozenset[str]) -> str:
    """The file that a block changes, which is there afterwards; `paths` are those of all blocks."""
    documents = found.documents
    if any(block.wanted):
        key = documents.among(block.path, paths)
    else:
        key = documents.find(block.path, alone=len(paths) == 1)
    if key is None:
        key = plain_path(block.path)
        if key not in found.files and (not documents.may_create or any(block.wanted)):
            raise not_given(block.path)
        if key not in found.files:
            found.created.add(key)
            found.files[key] = Evolving("")
    elif key not in found.files:
        found.files[key] = Evolving(documents.text(key))
    return key


def _carried_out(block: SearchBlock, key: str, found: Applied, within: range | None) -> bool:
    file = found.files[key]
    result = placed_block(block, file, within if key == OWN else None)
    if isinstance(result, Failed):
        if result.refusal is Refusal.NOT_FOUND and _was_there(block, file):
            result = Failed(Refusal.OVERLAPPING)
        name = key or found.documents.own.name
        found.failed.append(FailedBlock(block, name, tuple(file.lines), result))
        return False
    result = _single(result, file, _language(key, found))
    _write(block, file, result)
    found.repairs += result.repairs
    found.matches.append(result.match)
    return True


def _language(key: str, found: Applied) -> str:
    others = found.documents.others
    view = found.documents.own if key == OWN else others.get(key)
    return "" if view is None else view.language


def _single(result: Done, file: Evolving, language: str) -> Done:
    """The result without what stands next to its place, unless the reply put it there."""
    if result.text is not None or result.match in {Match.ALREADY, Match.GIVEN}:
        return result
    done = without_doubled(file.lines, result.lines, list(result.new), language)
    if not file.written.isdisjoint(range(done.place.start - 1, done.place.stop + 1)):
        return result
    repairs = (*result.repairs, *done.repairs)
    is_there = done.repairs and done.new == file.lines[done.place.start : done.place.stop]
    match = Match.ALREADY if is_there else result.match
    return replace(result, lines=done.place, new=done.new, match=match, repairs=repairs)


def _was_there(block: SearchBlock, file: Evolving) -> bool:
    """Whether the block's text stood in the file before the blocks above it were carried out."""
    if file.text == file.before:
        return False
    before = Evolving(file.before).lines
    return any(block.wanted) and next(occurrences(before, block.wanted), None) is not None


def _write(block: SearchBlock, file: Evolving, result: Done) -> None:
    if result.text is not None:
        file.rewrite(result.text)
        return
    if result.match is Match.ALREADY:
        file.settle(result.wanted, result.new, result.lines)
        return
    at_end = result.lines.stop == len(file.lines)
    was_empty = not file.lines
    file.replace(result.lines, result.new)
    old, new = block.cuts[0]
    if at_end and (old.is_open or new.is_open or was_empty):
        file.close(is_open=new.is_open)
