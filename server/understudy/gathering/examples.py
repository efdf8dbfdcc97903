"""Items for code that is like the target's: functions with the same words, and its tests."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE
from understudy.gathering.paths import folder_of, stem_of
from understudy.index.leaving_out import reason_by_name
from understudy.index.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.items import Item
    from understudy.core.lines import LineIndex
    from understudy.gathering.making import Making
    from understudy.index.facts import Facts

MOST_FILES = 20
_MOST_ITEMS = 4
_MOST_TESTS = 2
_MOST_TOKENS = 400
_LEAST_STEM = 5
"""Shorter names of modules occur everywhere."""
_LEAST = 0.25
"""Less alike is not alike."""
_KEPT = 500
"""Of so many files the words are kept."""
_WORD = re.compile(r"[^\W\d]\w{2,}")

Bag = tuple[int, frozenset[str]]
"""The number of a definition and the words in it."""

_known: Recent[tuple[Bag, ...]] = Recent(_KEPT)


def example_items(making: Making) -> Iterator[Item]:
    """Functions that are like the one around the lines, and tests that name it."""
    scene = making.scene
    called = next((p for p in reversed(scene.around) if p.definition.kind in CALLABLE), None)
    if called is None:
        return
    tests = _tests(making, called.definition.name)
    yield from tests
    shown_keys = {one.key for one in tests}
    lines = scene.function
    text = scene.text.text[scene.text.start(lines.start) : scene.text.start(lines.stop)]
    words = frozenset(_WORD.findall(text))
    found = [
        (-_jaccard(words, bag), path, number)
        for path in _files(making)
        for number, bag in _bags(making, path)
        if 3 * len(bag) >= len(words) and len(bag) <= 3 * len(words)
    ]
    alike = sorted(one for one in found if -one[0] >= _LEAST)
    for likeness, path, number in alike[:_MOST_ITEMS]:
        reason = f"is {round(-likeness * 100)} % like `{called.definition.name}` in its words"
        for item in _item(making, path, number, -likeness, reason):
            if item.key not in shown_keys:
                yield item


def _files(making: Making) -> list[str]:
    """A bounded number of files to compare with: open, recent, of the same folder, importing."""
    scene, signals = making.scene, making.signals
    index = scene.sources.index
    stem = stem_of(scene.path)
    near = (
        *signals.open_files,
        *signals.recent,
        *index.in_folder(folder_of(scene.path)),
        *(index.using(stem, MOST_FILES) if len(stem) >= _LEAST_STEM else ()),
    )
    akin = (path for path in dict.fromkeys(near) if path != scene.path and scene.is_akin(path))
    return list(islice(akin, MOST_FILES))


def _bags(making: Making, path: str) -> tuple[Bag, ...]:
    """The words of each function of a file that may be shown; those of the last files are kept."""
    sources = making.scene.sources
    facts = sources.facts(path)
    if facts is None or reason_by_name(path):
        return ()
    key = f"{facts.digest} {path}"
    known = _known.get(key)
    if known is None:
        lines = sources.lines(path)
        known = _words_of(lines, facts) if lines is not None else ()
        _known.put(key, known)
    return known


def _words_of(lines: LineIndex, facts: Facts) -> tuple[Bag, ...]:
    return tuple(
        (
            number,
            frozenset(_WORD.findall(lines.text, lines.start(one.first), lines.start(one.stop))),
        )
        for number, one in enumerate(facts.definitions)
        if one.kind in CALLABLE and one.stop - one.first > 2
    )


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def _tests(making: Making, name: str) -> list[Item]:
    """Definitions in the target's test files that name the function."""
    scene = making.scene
    found: list[Item] = []
    wanted = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    for path in scene.tests:
        facts, lines = scene.sources.facts(path), scene.sources.lines(path)
        for number, one in enumerate(facts.definitions if facts is not None else ()):
            if lines is None or one.kind not in CALLABLE:
                continue
            if wanted.search(lines.text, lines.start(one.head), lines.start(one.stop)):
                found += _item(making, path, number, 0.6, f"tests `{name}`")
            if len(found) >= _MOST_TESTS:
                return found
    return found


def _item(making: Making, path: str, number: int, relevance: float, reason: str) -> Iterator[Item]:
    """The whole definition, or nothing: half an example shows nothing."""
    detail = making.detail(path)
    full = detail.whole(number) if detail is not None else ""
    level = detail.level("full", full, number) if detail is not None else None
    if full and level is not None and level.tokens <= _MOST_TOKENS:
        span = making.span(path, number)
        yield making.item(span, "examples", relevance, (level,), (reason,))
