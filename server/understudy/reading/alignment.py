"""Quoted lines beside a file's, where some of the quoted ones are not there, and others are."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SLACK = 3
"""So many lines more than the quote has are looked at, above and below."""


def aligned(quote: Sequence[str], file: Sequence[str], fixed: range, at: int) -> Mapping[int, int]:
    """Which line of the file each quoted line is, as far as they are equal; both rise.

    Args:
        quote: the quoted lines.
        file: the file's lines.
        fixed: quoted lines that stand in the file.
        at: where the first of these stands.
    """
    head, tail = quote[: fixed.start], quote[fixed.stop :]
    above = file[max(at - len(head) - _SLACK, 0) : at]
    below = file[at + len(fixed) : at + len(fixed) + len(tail) + _SLACK]
    found = {
        fixed.start - 1 - one: at - 1 - other for one, other in _equal(head[::-1], above[::-1])
    }
    found |= {number: at + number - fixed.start for number in fixed}
    found |= {fixed.stop + one: at + len(fixed) + other for one, other in _equal(tail, below)}
    return dict(sorted(found.items()))


def _equal(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    for start, other_start, size in SequenceMatcher(
        None, one, other, autojunk=False
    ).get_matching_blocks():
        yield from zip(
            range(start, start + size), range(other_start, other_start + size), strict=True
        )
