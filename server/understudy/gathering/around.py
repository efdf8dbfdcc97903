"""What is shown of the file that is worked on, from the lines themselves to all that is beside them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from understudy.gathering.levels import Detail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.core.lines import LineIndex
    from understudy.gathering.levels import Count
    from understudy.gathering.rendering import Part
    from understudy.gathering.scene import Scene

MARGIN = 30
"""So many lines on either side of the function are shown, as far as they belong to its neighbours."""
_CLOSEST, _NEAR, _FARTHER = 3, 12, (40, 100)
"""So many lines on either side of the lines are shown of a long function."""
_MOST_AT_ONCE = 150
"""A function of more lines is a long one."""
_MOST_FUNCTION = 600
"""A function of more lines is shown in part, or with its whole file."""
_SHORT = 8_000
"""In a text of so many characters or fewer, margin and siblings are no steps by themselves."""
_LONGEST_LINE = 2_000
"""A line of more characters is shown only where it is one of the lines in question."""
_NEIGHBOURS = (0, 30, 150, None)
_MOST_IMPORT = 24
_OPENS, _CLOSES = "([{", ")]}"


class Around:
    """The parts of a scene's file."""

    def __init__(self, scene: Scene, count: Count) -> None:
        self._scene = scene
        self._lines = scene.text
        self._detail = Detail(scene.text, scene.outline, scene.language, count)
        self._long = [
            number
            for number, line in enumerate(scene.text.lines)
            if len(line) > _LONGEST_LINE and number not in scene.lines
        ]

    def closest(self) -> list[Part]:
        """The nearest lines alone, and what they are in."""
        return self._without_long([*self._headers(), self._near(_CLOSEST)])

    def rungs(self, own: Iterable[int]) -> Iterator[list[Part]]:
        """From the least that the lines make sense with to everything beside them; each has the last.

        Args:
            own: the definitions of the file that the lines use.
        """
        least: list[Part] = [self._near(_NEAR) if self._is_long else self._scene.function]
        least += [*self._headers(), *self._signatures(own), *self._imports(used=True)]
        yield self._without_long(least)
        for step in self._steps():
            least = [*least, *step]
            yield self._without_long(least)

    def _without_long(self, parts: Iterable[Part]) -> list[Part]:
        """Parts without the lines that are too long to be shown beside others."""
        found: list[Part] = []
        for one in parts:
            if isinstance(one, range):
                start = one.start
                for line in (each for each in self._long if each in one):
                    found.append(range(start, line))
                    start = line + 1
                found.append(range(start, one.stop))
            else:
                found.append(one)
        return found

    def _steps(self) -> Iterator[Sequence[Part]]:
        """What each rung adds."""
        if self._is_long:
            yield from ([self._near(number)] for number in _FARTHER)
        function = [self._scene.function] if len(self._scene.function) <= _MOST_FUNCTION else []
        if not self._is_short:
            yield function
        beside = [*function, *self._margin()]
        imports = [*self._imports(used=False)]
        for numbers in self._siblings():
            yield [*beside, *imports, *self._signatures(numbers, doc=False)]
            beside = []

    @property
    def _is_short(self) -> bool:
        return len(self._lines.text) <= _SHORT

    @property
    def _is_long(self) -> bool:
        return len(self._scene.function) > _MOST_AT_ONCE

    def _near(self, number: int) -> range:
        """The lines with so many on either side, as far as they are in the function."""
        around, lines = self._scene.function, self._scene.lines
        start = max(lines.start - number, around.start)
        return range(start, min(lines.stop + number, around.stop))

    def _headers(self) -> Iterator[Part]:
        """The headers of all that is around the lines."""
        start = self._scene.lines.start
        outermost = self._scene.around[0].definition.head if self._scene.around else start
        yield from self._detail.above(outermost)
        for place in self._scene.around:
            yield from self._detail.head(place.number, doc=False)

    def _signatures(self, numbers: Iterable[int], *, doc: bool = True) -> Iterator[Part]:
        """The signatures of definitions with the headers around them."""
        for number in numbers:
            yield from self._detail.around(number)
            yield from self._detail.head(number, doc=doc)

    def _imports(self, *, used: bool) -> Iterator[Part]:
        facts = self._scene.sources.facts(self._scene.path)
        names = {step.name for use in self._scene.used.uses for step in use.chain[:1]}
        for one in facts.imports if facts is not None else ():
            if not used or self._scene.lookup.gives(self._scene.path, one, names):
                yield _statement(self._lines, one.line)
                yield from self._detail.above(one.line)

    def _siblings(self) -> list[list[int]]:
        """What stands beside the function: the members of its class, what is near, all the rest."""
        outline = self._scene.outline
        own = {place.number for place in self._scene.around}
        others = [number for number in range(len(outline.definitions)) if number not in own]
        within = [at for at in others if outline.definitions[at].parent in own]
        tops = [at for at in others if outline.is_open(outline.definitions[at].parent)]
        if self._is_short:
            return [[*within, *tops]]
        nearest = sorted(tops, key=self._distance)
        steps = [within, *(nearest[start:stop] for start, stop in pairwise(_NEIGHBOURS))]
        return [one for one in steps if one] or [[]]

    def _distance(self, number: int) -> tuple[int, int]:
        return abs(self._scene.outline.definitions[number].head - self._scene.lines.start), number

    def _margin(self) -> Iterator[Part]:
        """The lines around the function, but no piece of what begins or ends farther off."""
        around = self._scene.function
        start = max(around.start - MARGIN, 0)
        stop = min(around.stop + MARGIN, len(self._lines))
        for one in self._scene.outline.definitions:
            is_cut_above = one.first < start < one.stop <= around.start
            is_cut_below = around.stop <= one.first < stop < one.stop
            start = one.stop if is_cut_above else start
            stop = min(stop, one.first) if is_cut_below else stop
        yield range(start, around.start)
        yield range(around.stop, max(stop, around.stop))


def _statement(text: LineIndex, start: int) -> range:
    """The lines of a statement that ends where its brackets are closed."""
    depth = 0
    for line in range(start, min(start + _MOST_IMPORT, len(text))):
        content = text.content(line)
        depth += sum(content.count(char) for char in _OPENS)
        depth -= sum(content.count(char) for char in _CLOSES)
        if depth <= 0:
            return range(start, line + 1)
    return range(start, start + 1)
