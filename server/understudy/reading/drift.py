"""Whether a quote departs from lines of a file as memory does, or because it is of another place.

Memory renames, forgets a line or makes one up. Another place has its own words, which the file
still has: then they were not renamed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ALIKE = 60.0
"""From 0 to 100: how much a line must resemble the one that stands in its place."""
_MOST = 3
"""So many stretches may differ, each of so many lines."""
_COMPARED = 200
_WORD = re.compile(r"\w+")


class Departure(NamedTuple):
    """Lines that stand in the same place, and none of which are equal.

    Attributes:
        quoted / there: of the quote, and of the file.
        at_edge: whether no equal line stands on the other side of them.
    """

    quoted: Sequence[str]
    there: Sequence[str]
    at_edge: bool


def is_drift(
    quote: Sequence[str], file: Sequence[str], pairs: Mapping[int, int], *, is_only: bool
) -> bool:
    """Whether all that differs may be a slip of memory.

    Args:
        quote: the quoted lines that hold something, without the blanks around them.
        file: those of the file.
        pairs: which quoted line is which of the file's, both rising.
        is_only: whether what the edit changes stands nowhere else. Only then may a line be left
            out or made up: among lines that repeat themselves, that would be another place.
    """
    found = list(_departures(quote, file, pairs))
    if any(not (one.quoted and one.there) for one in found):
        return is_only and len(found) == 1 and _may_be_made_up(found[0], file)
    return len(found) <= _MOST and all(_may_be_renamed(one, file) for one in found)


def _departures(
    quote: Sequence[str], file: Sequence[str], pairs: Mapping[int, int]
) -> Iterator[Departure]:
    numbers = list(pairs.items())
    first, at = numbers[0]
    if first:
        yield Departure(quote[:first], file[max(at - first, 0) : at], at_edge=True)
    for (one, here), (other, there) in pairwise(numbers):
        if other > one + 1 or there > here + 1:
            yield Departure(quote[one + 1 : other], file[here + 1 : there], at_edge=False)
    last, at = numbers[-1]
    if rest := quote[last + 1 :]:
        yield Departure(rest, file[at + 1 : at + 1 + len(rest)], at_edge=True)


def _may_be_made_up(one: Departure, file: Sequence[str]) -> bool:
    """Whether a single line may have been left out of the quote, or made up in it.

    Beyond the last equal line, nothing shows that it was made up.
    """
    line, *more = (*one.quoted, *one.there)
    if more or one.at_edge or heading_of(line):
        return False
    return not one.quoted or line not in file


def _may_be_renamed(one: Departure, file: Sequence[str]) -> bool:
    return len(one.quoted) == len(one.there) <= _MOST and all(
        _may_have_become(*each, file) for each in zip(one.quoted, one.there, strict=True)
    )


def _may_have_become(quoted: str, there: str, file: Sequence[str]) -> bool:
    """Whether one line may be the other one's past: alike, of the same name, its words gone.

    Lines without a word of their own differ in signs only, or in what one has besides: that is how
    twins differ. Of several functions of one name, nothing tells which is meant.
    """
    from rapidfuzz import fuzz

    name = heading_of(quoted)
    if name != heading_of(there):
        return False
    if name and sum(heading_of(line) == name for line in set(file) if name in line) > 1:
        return False
    if not fuzz.ratio(quoted[:_COMPARED], there[:_COMPARED], score_cutoff=_ALIKE):
        return False
    own = set(_WORD.findall(quoted)) - set(_WORD.findall(there))
    return bool(own) and not any(
        word in _WORD.findall(line) for word in own for line in file if word in line
    )
