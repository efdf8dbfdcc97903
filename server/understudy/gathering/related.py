"""Items for what may be needed next: neighbours of what is needed, unused imports, callers."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.gathering.callers import callers
from understudy.gathering.levels import rising
from understudy.gathering.reach import is_reachable, says_something
from understudy.gathering.rendering import shown
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.context.items import Item
    from understudy.gathering.callers import Caller
    from understudy.gathering.making import Making
    from understudy.gathering.need import Need

MOST_CALLERS = 3
_MOST_OF_FILE = 12
_MOST_NEIGHBOURS = 40
_MOST_IMPORTED = 20
_FEW_VALUES = 3
_VALUES = frozenset({"constant", "field", "macro", "variable"})
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def related_items(making: Making, needs: Sequence[Need]) -> Iterator[Item]:
    """The items, callers first."""
    taken = {(need.place.path, _top(making, need.place)) for need in needs}
    calling = (item for one in callers(making.scene) for item in _caller(making, one))
    yield from islice(calling, MOST_CALLERS)
    yield from islice(_imported(making, taken), _MOST_IMPORTED)
    yield from islice(_neighbours(making, needs, taken), _MOST_NEIGHBOURS)


def _caller(making: Making, caller: Caller) -> Iterator[Item]:
    place, line = caller.place, caller.line
    detail, lines = making.detail(place.path), making.scene.sources.lines(place.path)
    facts = making.scene.sources.facts(place.path)
    if detail is None or lines is None or facts is None:
        return
    one = place.definition
    near = range(max(line - 1, one.head), min(line + 2, max(one.stop, line + 1)))
    parts = [*detail.around(place.number), *detail.head(place.number, doc=False), near]
    text = shown(lines, parts, facts.language, range(one.head, one.stop))
    full = detail.of(place.number)
    levels = rising([detail.level("signature", text, place.number), *full[-1:]])
    span = making.span(place.path, place.number)
    what = f"`{caller.name}`" if caller.sure else f"a `{caller.name}`"
    reason = f"calls {what} on line {line + 1}"
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
    words = _parts(step.name for use in making.scene.used.uses for step in use.chain)
    files = dict.fromkeys(
        need.place.path for need in needs if need.sure and need.place.path != making.scene.path
    )
    for path in files:
        outline = making.scene.sources.outline(path)
        rated = [
            (-_likeness(words, outline.definitions[number].name), number)
            for number in outline.tops()
            if (path, number) not in taken
            and _is_of_use(making, Place(path, number, outline.definitions[number]))
        ]
        best = sorted(rated)[:_MOST_OF_FILE]
        unlike = {at for like, at in best if not like and outline.definitions[at].kind in _VALUES}
        # Of a table of values, nobody can mean all.
        left_out = unlike if len(unlike) > _FEW_VALUES else set()
        for likeness, number in best:
            if number not in left_out:
                reason = f"stands in `{path}`, which the lines use"
                yield from _signature(making, path, number, 0.2 - 0.2 * likeness, reason)


def _is_of_use(making: Making, place: Place) -> bool:
    scene = making.scene
    is_module = place.definition.kind == "module"
    return not is_module and says_something(scene, place) and is_reachable(scene, place)


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
