"""The file that is worked on: around the lines, with what is above and beside them in short."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.gathering.levels import level_of, rising
from understudy.gathering.making import Span
from understudy.gathering.rendering import shown, signature_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.context.items import Item
    from understudy.core.lines import LineIndex
    from understudy.gathering.making import Making
    from understudy.gathering.need import Need
    from understudy.gathering.scene import Scene

MARGIN = 30
"""So many lines on either side of the function are shown, as far as they belong to its neighbours."""
_NEAR = 12
"""So many lines on either side of the lines are shown of a function that is too long to be shown."""
_MOST_FUNCTION = 150
_MOST_IMPORT = 24
_MOST_WHOLE_CHARS = 32_000
"""A longer file is never shown whole."""
_OPENS, _CLOSES = "([{", ")]}"


def target_item(making: Making, needs: Iterable[Need]) -> Item:
    """The item of the target: the least that the lines make sense with, its neighbours, all of it."""
    scene, count = making.scene, making.count
    text, language, apart = scene.text, scene.language, making.signals.apart
    own = [need.place.number for need in needs if need.place.path == scene.path and need.sure]
    least = [*_core(scene), *_headers(scene), *_signatures(scene, own), *_imports(scene, used=True)]
    more = [*least, *_imports(scene, used=False), *_siblings(scene), *_margin(scene)]
    levels = [
        level_of("signature", shown(text, _besides(least, apart), language), count),
        level_of("skeleton", shown(text, _besides(more, apart), language), count),
    ]
    if len(text.text) <= _MOST_WHOLE_CHARS:
        whole = _besides([range(len(text))], apart)
        levels.append(level_of("full", shown(text, whole, language), count))
    # Behind the last line end there is no line to show.
    span = Span(scene.path, 0, max(len(text) - (not text.content(len(text) - 1)), 1))
    first = f"holds line {scene.lines.start + 1}, which the request is about"
    # A blank text still has to be a piece of the prompt.
    found = rising(levels) or (replace(levels[0], text="\n"),)
    return replace(making.item(span, "target_file", 1.0, found, (first,)), required=True)


def _besides(ranges: Iterable[range], apart: range) -> Iterator[range]:
    """The ranges without the lines that are shown elsewhere."""
    for one in ranges:
        yield range(one.start, min(one.stop, max(apart.start, one.start))) if apart else one
        yield range(max(one.start, apart.stop), one.stop) if apart else range(0)


def _core(scene: Scene) -> Iterator[range]:
    """The function around the lines, cut to what is near them when it is very long."""
    around = scene.function
    if len(around) <= _MOST_FUNCTION:
        yield around
        return
    yield range(around.start, around.start + 1)
    start = max(scene.lines.start - _NEAR, around.start)
    yield range(start, min(scene.lines.stop + _NEAR, around.stop))


def _headers(scene: Scene) -> Iterator[range]:
    for place in scene.around:
        yield from signature_of(scene.text, place.definition, doc=False)


def _signatures(scene: Scene, numbers: Iterable[int]) -> Iterator[range]:
    """The signatures of definitions with the headers around them."""
    definitions = scene.outline.definitions
    for number in numbers:
        at = number
        while at >= 0:
            yield from signature_of(scene.text, definitions[at], doc=at == number)
            at = definitions[at].parent


def _imports(scene: Scene, *, used: bool) -> Iterator[range]:
    facts = scene.sources.facts(scene.path)
    names = {step.name for chain in scene.used.chains for step in chain[:1]}
    for one in facts.imports if facts is not None else ():
        given = {here for _, here in one.names} or {one.alias or one.module.rpartition("/")[2]}
        if not used or names & given:
            yield _statement(scene.text, one.line)


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


def _siblings(scene: Scene) -> Iterator[range]:
    """The signatures of what stands beside the function: members of its class, and top definitions."""
    outline = scene.outline
    own = {place.number for place in scene.around}
    parents = {-1, *own}
    for number, one in enumerate(outline.definitions):
        if number not in own and (one.parent in parents or outline.is_open(one.parent)):
            yield from signature_of(scene.text, one, doc=False)


def _margin(scene: Scene) -> Iterator[range]:
    """The lines around the function, but no piece of a definition that begins or ends farther off."""
    around = scene.function
    start, stop = max(around.start - MARGIN, 0), min(around.stop + MARGIN, len(scene.text))
    for one in scene.outline.definitions:
        is_cut_above = one.first < start < one.stop <= around.start
        is_cut_below = around.stop <= one.first < stop < one.stop
        start = one.stop if is_cut_above else start
        stop = min(stop, one.first) if is_cut_below else stop
    yield range(start, max(stop, around.stop) if len(around) <= _MOST_FUNCTION else around.start)
