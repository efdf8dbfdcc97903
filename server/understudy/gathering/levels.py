"""One definition in more and more detail: signature, skeleton, all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.items import Level
from understudy.gathering.classes import CALLABLE
from understudy.gathering.enclosing import Enclosing
from understudy.gathering.rendering import shown, signature_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from understudy.context.items import Form
    from understudy.core.lines import LineIndex
    from understudy.gathering.outline import Outline
    from understudy.gathering.rendering import Part

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

    def __init__(
        self,
        lines: LineIndex,
        outline: Outline,
        language: str,
        count: Count,
        enclosing: Enclosing | None = None,
    ) -> None:
        """Make levels of one file.

        Args:
            lines: its text.
            outline: its definitions.
            language: LSP language id.
            count: how many tokens a text has.
            enclosing: what is known of its headers already.
        """
        self._lines = lines
        self._outline = outline
        self._language = language
        self._count = count
        self._enclosing = Enclosing(lines, language) if enclosing is None else enclosing
        self._headers: dict[int, str] = {}

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
            skeleton = self._text(number, [*self._skeleton(number), *ways])
            found += self._fitting("skeleton", skeleton, MOST_SKELETON, number)
        if self._chars(range(one.first, one.stop)) <= most * _CHARS_PER_TOKEN:
            found += self._fitting("full", self.whole(number), most, number)
        return rising(found)

    def whole(self, number: int) -> str:
        """All of a definition, below the headers of what encloses it."""
        one = self._outline.definitions[number]
        return self._text(number, [range(one.first, one.stop)])

    def brief(self, number: int, members: Iterable[int] = ()) -> tuple[Level, ...]:
        """The signature of a definition, without and with what documents it."""
        members = tuple(members)
        bare = self.signature(number, members, doc=False)
        full = self.signature(number, members, doc=True)
        return rising(
            [
                self.level("signature", bare, number, _WITHOUT_DOC),
                self.level("signature", full, number),
            ]
        )

    def signature(self, number: int, members: Iterable[int], *, doc: bool) -> str:
        """The signature of a definition, and those of some members in it."""
        parts = [*self.head(number, doc=doc)]
        for member in sorted(set(members) - {number}):
            parts += self._way_to(number, member, doc=doc)
        return self._text(number, parts)

    def level(self, form: Form, text: str, number: int, worth: float | None = None) -> Level:
        """A level of a definition, whose text begins with the headers of what encloses it."""
        if number not in self._headers:
            self._headers[number] = shown(self._lines, self.around(number), self._language)
        headers = self._headers[number]
        above = headers.count("\n") if text.startswith(headers) else 0
        worth = _WORTH[form] if worth is None else worth
        return Level(form, text, self._count(text), worth, above)

    def head(self, number: int, *, doc: bool) -> list[Part]:
        """The lines of a definition's signature, without what encloses it."""
        one = self._outline.definitions[number]
        return signature_of(self._lines, one, self._language, doc=doc)

    def above(self, line: int) -> tuple[range, ...]:
        """The headers of what encloses a line, from the outside in, be it a definition or not."""
        return self._enclosing.of(line)

    def around(self, number: int) -> list[Part]:
        """The headers of what encloses a definition."""
        found: list[Part] = []
        one = self._outline.definitions[number]
        while one.parent >= 0:
            found += self.head(one.parent, doc=False)
            one = self._outline.definitions[one.parent]
        return [*self.above(one.head), *found]

    def skeleton_of_file(self, numbers: Iterable[int]) -> str:
        """The skeletons of several definitions, with marks for what is between and behind them."""
        parts = [
            one
            for number in numbers
            for one in (
                *self.around(number),
                *self._skeleton(number),
            )
        ]
        return shown(self._lines, parts, self._language, range(len(self._lines)))

    def _way_to(self, top: int, member: int, *, doc: bool = True) -> Iterator[Part]:
        """The signature of a member and the headers of what is around it, up to `top`."""
        is_last = True
        while member not in {top, -1}:
            one = self._outline.definitions[member]
            yield from self.head(member, doc=doc and is_last and one.kind != "field")
            member, is_last = one.parent, False

    def _skeleton(self, number: int, depth: int = 0) -> Iterator[Part]:
        one = self._outline.definitions[number]
        yield from self.head(number, doc=depth == 0)
        if one.kind in CALLABLE or depth > 1:
            return
        for child in self._outline.children(number):
            yield from self._skeleton(child, depth + 1)

    def _text(self, number: int, parts: Iterable[Part]) -> str:
        """Parts of a definition below the headers of what encloses it."""
        one = self._outline.definitions[number]
        headers = self.around(number)
        return shown(self._lines, [*headers, *parts], self._language, range(one.head, one.stop))

    def _chars(self, lines: range) -> int:
        return self._lines.start(lines.stop) - self._lines.start(lines.start)

    def _fitting(self, form: Form, text: str, most: int, number: int) -> list[Level]:
        if len(text) > most * _CHARS_PER_TOKEN:
            return []
        level = self.level(form, text, number)
        return [level] if level.tokens <= most else []


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
