"""One definition in more and more detail: signature, skeleton, all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.context.items import Level
from understudy.gathering.classes import CALLABLE
from understudy.gathering.rendering import has_text, shown, signature_of, with_gap_behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from understudy.context.items import Form
    from understudy.core.lines import LineIndex
    from understudy.gathering.outline import Outline

    Count = Callable[[str], int]

MOST_FULL = 200
"""A definition of more tokens is not shown whole for being used somewhere."""
MOST_SKELETON = 700
"""A longer list of members says little for its tokens."""
_CHARS_PER_TOKEN = 8
"""No usual text has more."""
_WITHOUT_DOC = 0.55
_WORTH: dict[Form, float] = {"mention": 0.1, "signature": 0.6, "skeleton": 0.85, "full": 1.0}


class Detail:
    """Makes levels of what one file defines."""

    def __init__(self, lines: LineIndex, outline: Outline, language: str, count: Count) -> None:
        self._lines = lines
        self._outline = outline
        self._language = language
        self._count = count

    def of(
        self, number: int, members: Iterable[int] = (), most: int = MOST_FULL
    ) -> tuple[Level, ...]:
        """The levels of a definition.

        Args:
            number: of the definition.
            members: of it or of what is in it: those that are shown at every level.
            most: how many tokens the fullest level may have.
        """
        one = self._outline.definitions[number]
        members = tuple(members)
        found = [*self.brief(number, members)]
        if one.kind not in CALLABLE and self._outline.children(number):
            ways = (each for member in members for each in self._way_to(number, member))
            skeleton = self._text([*self._skeleton(number), *ways])
            found += self._fitting("skeleton", skeleton, MOST_SKELETON)
        whole = range(one.first, one.stop)
        if self._chars(whole) <= most * _CHARS_PER_TOKEN:
            found += self._fitting("full", self._text([whole]), most)
        return rising(found)

    def brief(self, number: int, members: Iterable[int] = ()) -> tuple[Level, ...]:
        """The signature of a definition, without and with what documents it."""
        members = tuple(members)
        bare = self._level("signature", self.signature(number, members, doc=False))
        full = self._level("signature", self.signature(number, members, doc=True))
        return rising([replace(bare, worth=_WITHOUT_DOC), full])

    def signature(self, number: int, members: Iterable[int], *, doc: bool) -> str:
        """The signature of a definition, and those of some members in it."""
        ranges = [*signature_of(self._lines, self._outline.definitions[number], doc=doc)]
        last = ranges[-1].stop
        for member in sorted(set(members) - {number}):
            ranges += self._way_to(number, member, doc=doc)
            last = max(last, *(each.stop for each in ranges))
        text = self._text(ranges)
        is_cut = has_text(self._lines, last, self._outline.definitions[number].stop)
        return with_gap_behind(text, self._lines, ranges[0], self._language) if is_cut else text

    def skeleton_of_file(self, numbers: Iterable[int]) -> str:
        """The skeletons of several definitions, with gaps between them."""
        return self._text(one for number in numbers for one in self._skeleton(number))

    def _way_to(self, top: int, member: int, *, doc: bool = True) -> Iterator[range]:
        """The signature of a member and the headers of what is around it, up to `top`."""
        is_last = True
        while member not in {top, -1}:
            one = self._outline.definitions[member]
            shows_doc = doc and is_last and one.kind != "field"
            yield from signature_of(self._lines, one, doc=shows_doc)
            member, is_last = one.parent, False

    def _skeleton(self, number: int, depth: int = 0) -> Iterator[range]:
        one = self._outline.definitions[number]
        yield from signature_of(self._lines, one, doc=depth == 0)
        if one.kind in CALLABLE or depth > 1:
            return
        for child in self._outline.children(number):
            yield from self._skeleton(child, depth + 1)

    def _text(self, ranges: Iterable[range]) -> str:
        return shown(self._lines, ranges, self._language)

    def _chars(self, lines: range) -> int:
        return self._lines.start(lines.stop) - self._lines.start(lines.start)

    def _fitting(self, form: Form, text: str, most: int) -> list[Level]:
        if len(text) > most * _CHARS_PER_TOKEN:
            return []
        level = self._level(form, text)
        return [level] if level.tokens <= most else []

    def _level(self, form: Form, text: str) -> Level:
        return level_of(form, text, self._count)


def level_of(form: Form, text: str, count: Count) -> Level:
    """A level with its tokens and the usual worth of its form."""
    return Level(form, text, count(text), _WORTH[form])


def rising(levels: Iterable[Level]) -> tuple[Level, ...]:
    """The levels without empty ones and those that take no more tokens than the one before.

    Of several that take the same, the one that shows most is kept.
    """
    found: list[Level] = []
    for level in levels:
        if not level.text.strip():
            continue
        while found and found[-1].tokens >= level.tokens:
            found.pop()
        found.append(level)
    return tuple(found)
