"""Text with marks such as `# ... existing code ...` in place of lines, filled up from the old text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.failures.elision import is_elision
from understudy.failures.stand_ins import stand_ins
from understudy.reading.python_blocks import with_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_DOTS = frozenset({"...", "\u2026"})
_QUOTES = ('"""', "'''", '"', "'")
"""How a docstring ends, below which `...` may be the whole body."""
_DEEPEST = 8
"""So many lines together make up an anchor at most."""
_FEW = 5
"""So many lines may be replaced by fewer ones between two anchors without looking further."""


class _Old(NamedTuple):
    """The old lines that are not blank: their texts, their numbers, and where each text stands."""

    texts: list[str]
    numbers: list[int]
    places: dict[str, list[int]]


def first_gap(lines: Sequence[str], old: Sequence[str], language: str) -> str:
    """The first line that stands for lines which were left out; empty for none.

    A line that the old text has as well stands for itself, and so does Python's `...` in a body that
    is new or was none before.
    """
    return next((lines[at].strip() for at in gaps_of(lines, old, language)), "")


def filled(lines: Sequence[str], old: Sequence[str], language: str) -> list[str] | None:
    """The lines with the old ones where they say that these stay; None when that is not certain.

    What stands next to a mark must stand in the old text exactly once, in the same order. Where
    no mark stands at the beginning or the end, the old text must begin or end in the same piece,
    or no more lines of it may go than new ones come.
    """
    gaps = set(gaps_of(lines, old, language))
    if language != "python":
        return _around(lines, old, gaps)
    whole = with_blocks(lines, old, gaps)
    if whole == list(lines):
        return _around(lines, old, gaps)
    gaps = set(gaps_of(whole, old, language))
    return _around(whole, old, gaps) if gaps else whole


def _around(lines: Sequence[str], old: Sequence[str], gaps: Collection[int]) -> list[str] | None:
    """The lines with the old ones in their gaps."""
    parts: list[list[str]] = [[]]
    for at, line in enumerate(lines):
        if at in gaps:
            parts.append([])
        else:
            parts[-1].append(line)
    text = _old(old)
    if len(parts) < 2 or not text.texts:
        return None
    done: list[str] = []
    at = 0
    for number, part in enumerate(parts):
        spot = _spot(part, text, is_first=number == 0, is_last=number == len(parts) - 1)
        if spot is None or spot.start < at or _loses(part, old[spot.start : spot.stop]):
            return None
        done += old[at : spot.start]
        done += (
            part if number in {0, len(parts) - 1} and not part else _between(part, number, parts)
        )
        at = spot.stop
    return done


def _between(part: list[str], number: int, parts: Sequence[list[str]]) -> list[str]:
    """A piece without the blank lines next to marks: the old text has its own."""
    start, stop = 0, len(part)
    while number and start < stop and not part[start].strip():
        start += 1
    while number < len(parts) - 1 and start < stop and not part[stop - 1].strip():
        stop -= 1
    return part[start:stop]


def _spot(part: list[str], old: _Old, *, is_first: bool, is_last: bool) -> range | None:
    """The old lines that a piece takes the place of."""
    real = [line for line in part if line.strip()]
    end = old.numbers[-1] + 1
    if not real:
        # Nothing stands in front of the first mark, or behind the last one.
        return range(0) if is_first else range(end, end) if is_last else None
    start, stop = 0, end
    if not is_first:
        head = _only(old, [real[:count] for count in range(1, len(real[:_DEEPEST]) + 1)])
        if head is None:
            return None
        start = old.numbers[head]
    if not is_last:
        tails = [real[-count:] for count in range(1, len(real[:_DEEPEST]) + 1)]
        tail = _only(old, tails, ends=True)
        if tail is None:
            return None
        stop = old.numbers[tail] + 1
    is_open = (is_first and old.texts[0] not in real) or (is_last and old.texts[-1] not in real)
    if start >= stop or (is_open and not _is_balanced(real, old, range(start, stop))):
        return None
    return range(start, stop)


def _is_balanced(real: Sequence[str], old: _Old, place: range) -> bool:
    """Whether as many lines come as go, so that none seems to be left out without a mark."""
    numbers = range(bisect_left(old.numbers, place.start), bisect_left(old.numbers, place.stop))
    gone = [old.texts[number] for number in numbers]
    kept, known = set(real), set(gone)
    return sum(line not in kept for line in gone) <= sum(line not in known for line in real)


def _only(old: _Old, anchors: list[list[str]], *, ends: bool = False) -> int | None:
    """Where the first of the anchors stands that occurs exactly once: its first line, or its last."""
    for anchor in anchors:
        fixed = anchor[-1] if ends else anchor[0]
        offset = len(anchor) - 1 if ends else 0
        found = [
            place
            for place in old.places.get(fixed, ())
            if place >= offset
            and old.texts[place - offset : place - offset + len(anchor)] == anchor
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            return None
    return None


def _loses(part: Sequence[str], old: Sequence[str]) -> bool:
    """Whether a piece drops so much that lines seem to have been left out without a mark."""
    kept = set(part)
    lost = sum(bool(line.strip()) and line not in kept for line in old)
    come = sum(bool(line.strip()) for line in part)
    return lost > _FEW and lost > come


def _old(lines: Sequence[str]) -> _Old:
    numbers = [number for number, line in enumerate(lines) if line.strip()]
    texts = [lines[number] for number in numbers]
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        places.setdefault(text, []).append(at)
    return _Old(texts, numbers, places)


def gaps_of(lines: Sequence[str], old: Sequence[str], language: str) -> Iterator[int]:
    """The lines that stand for others."""
    known = {line.strip() for line in old}
    sure = {one.line for one in stand_ins(old, lines, language) if one.is_sure}
    for at, line in enumerate(lines):
        bare = line.strip()
        if at in sure:
            yield at
        elif bare in known:
            continue
        elif bare in _DOTS:
            if language != "python" or not line[:1].isspace() or _is_among(lines, at):
                yield at
        elif is_elision(line):
            yield at


def _is_among(lines: Sequence[str], at: int) -> bool:
    """Whether Python's `...` stands among other statements, and so is no body by itself."""
    indent = indent_of(lines[at])
    behind = next((line for line in lines[at + 1 : at + _FEW] if line.strip()), "")
    before = next((line for line in reversed(lines[max(at - _FEW, 0) : at]) if line.strip()), "")
    if behind and indent_of(behind) == indent:
        return True
    return bool(before) and indent_of(before) == indent and not before.rstrip().endswith(_QUOTES)
