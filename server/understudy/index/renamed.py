"""Which definitions that are gone are there under another name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.index.facts import Definition

_MOST = 20
"""A line that more new definitions have says nothing about which of them an old one became."""
_SAME = 0.5
"""A definition in the place of the lost one with this share of the lines that only it had is that
one, renamed."""
_CERTAIN = 3
"""So many such lines, and no others, tell it wherever it stands."""
_TELLS = re.compile(r"(?!(?:end|done|fi|esac|else|begin|in)\b\W*$).*\w")
"""A line that does more than close or part blocks."""


class Version(NamedTuple):
    """One of two versions of a text.

    Attributes:
        definitions: those that count, in the order of the text.
        lines: without their ends.
    """

    definitions: Sequence[Definition]
    lines: Sequence[str]


class _Place(NamedTuple):
    """What stands around a definition: the next ones to both sides that both versions have."""

    above: str
    below: str

    def is_near(self, other: _Place) -> bool:
        return self.above == other.above or self.below == other.below


class _Part(NamedTuple):
    """Where a definition stands, and its lines whatever its name; those without it in `bare`."""

    place: _Place
    lines: frozenset[str]
    bare: frozenset[str]


def renamed(
    gone: Sequence[Definition], old: Version, new: Version, *, is_prose: bool = False
) -> set[int]:
    """The numbers of those that are there under a name which is new.

    A renamed definition stands where it stood, with the lines that only it had; one of a single line
    has the same value.

    Args:
        gone: some of the old version's definitions.
        old: the version that has them.
        new: the version that lacks them.
        is_prose: whether all may be said in other words: where as many are new in a place as are
            gone, they are these.
    """
    known = {one.name for one in old.definitions}
    kept = known & {one.name for one in new.definitions}
    olds = _parts(gone, old, kept)
    news = _parts([one for one in new.definitions if one.name not in known], new, kept)
    found, used = _equal(olds, news)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(news):
        if number not in used:
            for line in part.bare:
                holders[line].append(number)
    times = Counter(map(str.strip, old.lines))
    for at, part in enumerate(olds):
        own = {line for line in part.bare if times[line] == 1}
        if at in found or not own:
            continue
        telling = (holders[line] for line in own if len(holders[line]) <= _MOST)
        shared = Counter(
            number
            for numbers in telling
            for number in numbers
            if number not in used and _may_be(part, news[number], len(own))
        )
        best, count = max(shared.items(), key=itemgetter(1), default=(-1, 0))
        if count and count >= _SAME * len(own):
            used.add(best)
            found.add(at)
    return found | _retold(olds, news, found, used) if is_prose else found


def _retold(
    olds: Sequence[_Part], news: Sequence[_Part], found: set[int], used: set[int]
) -> set[int]:
    left = Counter(part.place for number, part in enumerate(news) if number not in used)
    lacking = {at: part.place for at, part in enumerate(olds) if at not in found}
    wanted = Counter(lacking.values())
    return {at for at, place in lacking.items() if left[place] >= wanted[place]}


def _equal(olds: Sequence[_Part], news: Sequence[_Part]) -> tuple[set[int], set[int]]:
    """The numbers of the old ones with the same lines in the same place, and those of the new ones."""
    same: dict[tuple[frozenset[str], int, str], list[int]] = defaultdict(list)
    for number in reversed(range(len(news))):
        for side, name in enumerate(news[number].place):
            same[news[number].lines, side, name].append(number)
    found: set[int] = set()
    used: set[int] = set()
    for at, part in enumerate(olds):
        for side, name in enumerate(part.place):
            numbers = same[part.lines, side, name]
            while numbers and numbers[-1] in used:
                numbers.pop()
            if numbers and at not in found:
                used.add(numbers.pop())
                found.add(at)
    return found, used


def _may_be(old: _Part, new: _Part, own: int) -> bool:
    return old.place.is_near(new.place) or (own >= _CERTAIN and old.lines == new.lines)


def _parts(wanted: Iterable[Definition], version: Version, kept: set[str]) -> list[_Part]:
    above, below = (
        _next_kept(order, kept) for order in (version.definitions, version.definitions[::-1])
    )
    return [
        _Part(_Place(above[one.head, one.name], below[one.head, one.name]), *_lines(one, version))
        for one in wanted
    ]


def _next_kept(order: Iterable[Definition], kept: set[str]) -> dict[tuple[int, str], str]:
    """For each definition, by its line and name, the last one before it that is kept."""
    found: dict[tuple[int, str], str] = {}
    last = ""
    for one in order:
        found[one.head, one.name] = last
        last = one.name if one.name in kept else last
    return found


def _lines(one: Definition, version: Version) -> tuple[frozenset[str], frozenset[str]]:
    """The lines below a definition's head; where it has only that, this and none."""
    own = re.compile(rf"(?<!\w){re.escape(one.name)}(?!\w)")
    inner = {line.strip() for line in version.lines[one.head + 1 : one.stop] if _TELLS.match(line)}
    if inner:
        bare = frozenset(line for line in inner if not own.search(line))
        return frozenset(own.sub("", line) for line in inner), bare
    head = own.sub("", " ".join(version.lines[one.head : one.head + 1]))
    return frozenset({" ".join(head.split())}), frozenset()
