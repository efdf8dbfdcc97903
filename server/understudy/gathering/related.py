"""Items for what may be needed next: neighbours of what is needed, unused imports, callers."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE
from understudy.gathering.levels import level_of, rising
from understudy.gathering.paths import nearest_first
from understudy.gathering.rendering import shown, signature_of
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.context.items import Item
    from understudy.gathering.making import Making
    from understudy.gathering.need import Need
    from understudy.index.facts import Definition

MOST_CALLERS = 3
_MOST_OF_FILE = 12
_MOST_NEIGHBOURS = 40
_MOST_IMPORTED = 20
_MOST_USERS = 12
_MOST_LINES = 3_000
"""A longer file is not searched for calls."""
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def related_items(making: Making, needs: Sequence[Need]) -> Iterator[Item]:
    """The items, callers first."""
    taken = {(need.place.path, _top(making, need.place)) for need in needs}
    yield from islice(_callers(making), MOST_CALLERS)
    yield from islice(_imported(making, taken), _MOST_IMPORTED)
    yield from islice(_neighbours(making, needs, taken), _MOST_NEIGHBOURS)


def _callers(making: Making) -> Iterator[Item]:
    """Functions in other files that call the one around the lines, the nearest files first."""
    scene = making.scene
    called = next((p for p in reversed(scene.around) if p.definition.kind in CALLABLE), None)
    if called is None or called.definition.name.startswith("__"):
        return
    name = called.definition.name
    call = re.compile(rf"(?<![\w$]){re.escape(name)}\s*\(")
    using = scene.sources.index.using(name)
    users = [path for path in using if scene.is_akin(path) and path not in scene.tests]
    for path in nearest_first(scene.path, users)[:_MOST_USERS]:
        lines = scene.sources.lines(path)
        if path == scene.path or lines is None or len(lines) > _MOST_LINES:
            continue
        found = call.search(lines.text)
        if found is None or not _may_mean(making, path, called):
            continue
        line = lines.line_of(found.start())
        around = scene.sources.outline(path).around(range(line, line + 1))
        if around:
            yield from _caller(making, Place(path, around[-1], _at(making, path, around[-1])), line)


def _may_mean(making: Making, path: str, called: Place) -> bool:
    """Whether a file that uses a name may mean the function: it is a method, or the name leads to it."""
    if called.definition.parent >= 0 or called.definition.owner:
        return True
    targets = making.scene.lookup.visible(path, called.definition.name)
    return not targets or called in targets


def _caller(making: Making, place: Place, line: int) -> Iterator[Item]:
    detail, lines = making.detail(place.path), making.scene.sources.lines(place.path)
    facts = making.scene.sources.facts(place.path)
    if detail is None or lines is None or facts is None:
        return
    one = place.definition
    near = range(max(line - 1, one.head), min(line + 2, max(one.stop, line + 1)))
    text = shown(lines, [*signature_of(lines, one, doc=False), near], facts.language)
    full = detail.of(place.number)
    levels = rising([level_of("signature", text, making.count), *full[-1:]])
    called = making.scene.around[-1].definition.name
    span = making.span(place.path, place.number)
    reason = f"calls `{called}` on line {line + 1}"
    yield making.item(span, "related_imports", 0.8, levels, (reason,))


def _imported(making: Making, taken: set[tuple[str, int]]) -> Iterator[Item]:
    """What the target imports and the lines do not use."""
    scene = making.scene
    for name in scene.outline.bound_names():
        for target in scene.lookup.visible(scene.path, name):
            if isinstance(target, Place) and target.path != scene.path:
                key = target.path, _top(making, target)
                if key not in taken:
                    taken.add(key)
                    reason = f"defines `{name}`, which the file imports"
                    yield from _signature(making, *key, 0.45, reason)


def _neighbours(
    making: Making, needs: Sequence[Need], taken: set[tuple[str, int]]
) -> Iterator[Item]:
    """Other definitions of the files that the lines use; those with similar names count more."""
    words = _parts(step.name for chain in making.scene.used.chains for step in chain)
    files = dict.fromkeys(
        need.place.path for need in needs if need.sure and need.place.path != making.scene.path
    )
    for path in files:
        outline = making.scene.sources.outline(path)
        rated = [
            (-_likeness(words, outline.definitions[number].name), number)
            for number in outline.tops()
            if (path, number) not in taken and outline.definitions[number].kind != "module"
        ]
        for likeness, number in sorted(rated)[:_MOST_OF_FILE]:
            reason = f"stands in `{path}`, which the lines use"
            yield from _signature(making, path, number, 0.2 - 0.2 * likeness, reason)


def _signature(
    making: Making, path: str, number: int, relevance: float, reason: str
) -> Iterator[Item]:
    detail = making.detail(path)
    levels = detail.brief(number) if detail is not None else ()
    if levels:
        span = making.span(path, number)
        yield making.item(span, "related_imports", relevance, levels, (reason,))


def _likeness(words: frozenset[str], name: str) -> float:
    """Which part of a name's words occurs in the lines."""
    own = _parts([name])
    return len(own & words) / len(own) if own else 0.0


def _parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(part.lower() for name in names for part in _PART.findall(name))


def _top(making: Making, place: Place) -> int:
    return making.scene.sources.outline(place.path).top_of(place.number)


def _at(making: Making, path: str, number: int) -> Definition:
    return making.scene.sources.outline(path).definitions[number]
