"""A block that holds some entries of a file of rules, tables or keys, and not the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import real_lines
from understudy.reading import Repair
from understudy.reading.entries import LANGUAGES, LISTS, PLACED, entries_of_both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.entries import Entry

_MUCH = 3
"""A block without one of so many entries is only a part of the file."""
_TAIL = 5
"""The same where the file ends in all those that it lacks, and these are several."""
_LEAST = 0.5
"""A function with less than this share of the old one's lines may be a part of that."""
_NAMED = 5


class Part(NamedTuple):
    """What a block for a whole file lacks.

    Attributes:
        whole: the file with the entries of the block in their places; None where that is not certain.
        lost: the keys of the entries that it lacks.
        is_part: whether it lacks too much to be meant as the whole file.
        repairs: one of high risk for each lost entry of a block that may be meant so.
    """

    whole: list[str] | None = None
    lost: tuple[str, ...] = ()
    is_part: bool = False
    repairs: tuple[Repair, ...] = ()

    @property
    def shown(self) -> str:
        """The lost entries, in short."""
        return "without " + ", ".join(f"`{key[:40]}`" for key in self.lost[:_NAMED])


def part_of(lines: Sequence[str], before: Sequence[str], language: str) -> Part:
    """What a block for a whole file lacks of it.

    An entry that is there under another name counts as renamed, as long as not more are gone than new
    ones come.

    Args:
        lines: of the block, without their ends like the others.
        before: those of the file.
        language: an LSP language id.
    """
    if language not in LANGUAGES:
        return Part()
    old, new = entries_of_both(before, lines, language)
    gone, come = Counter(one.key for one in old), Counter(one.key for one in new)
    gone, come = gone - come, come - gone
    missing = gone.total() - come.total()
    if missing <= 0:
        return Part()
    lost = tuple(gone)
    if _MUCH * missing < len(old) and not _is_tail(old, gone, missing):
        found = (Repair(f"`{key[:80]}` is gone", risk="high") for key in lost)
        return Part(lost=lost, repairs=tuple(found))
    whole = None
    if language in PLACED:
        whole = _placed(lines, before, (old, new), has_bodies=language not in LISTS)
    return Part(whole, lost, is_part=True)


def _is_tail(old: Sequence[Entry], gone: Counter[str], missing: int) -> bool:
    """Whether all that is lost stands at the end, and that is much."""
    last = [one.key for one in old[len(old) - gone.total() :]]
    return missing > 1 and _TAIL * missing >= len(old) and Counter(last) == gone


def _placed(
    lines: Sequence[str],
    before: Sequence[str],
    both: tuple[Sequence[Entry], Sequence[Entry]],
    *,
    has_bodies: bool,
) -> list[str] | None:
    """The file with each entry of a block in its place; None where that is not certain."""
    old, new = both
    known = Counter(one.key for one in old)
    if not new or any(known[one.key] != 1 for one in new) or not _is_all(lines, before, new):
        return None
    places = {one.key: one.lines for one in old}
    if len({one.key for one in new}) < len(new):
        return None
    done: list[str] = []
    at = 0
    for there, here in sorted(((places[one.key], one.lines) for one in new), key=_start):
        come, its = lines[here.start : here.stop], before[there.start : there.stop]
        if there.start < at or real_lines(come) < (_LEAST if has_bodies else 1) * real_lines(its):
            return None
        done += [*before[at : there.start], *come]
        at = there.stop
    return [*done, *before[at:]]


def _start(pair: tuple[range, range]) -> int:
    return pair[0].start


def _is_all(lines: Sequence[str], before: Sequence[str], new: Sequence[Entry]) -> bool:
    """Whether nothing else stands in the block but what the file has as well."""
    inside = {at for one in new for at in one.lines}
    known = {line.strip() for line in before}
    return all(line.strip() in known for at, line in enumerate(lines) if at not in inside)
