"""Members of values whose classes nothing tells: they are searched in what is needed anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE, CLASSES
from understudy.gathering.keyed import BEFORE, added_member
from understudy.gathering.need import Need, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.gathering.scene import Scene
    from understudy.index.facts import Place

_MOST_NEAR = 2
_MOST_CLASSES = 40
_MOST_FILES = 10
_MOST_CHARS = 150_000
"""Of texts that are searched."""


def of_unknown(scene: Scene, found: Sequence[Need]) -> Iterator[Need]:
    """The members that the lines use and that nothing has explained so far."""
    unknown: dict[str, int] = {}
    for use in scene.uses:
        is_member = len(use.chain) > 1 and not scene.is_foreign(use)
        if is_member and not scene.meaning_at(use.line).of(use.chain):
            unknown.setdefault(use.chain[-1].name, use.line)
    near = _near_classes(scene, found) if unknown else ()
    for name, line in tuple(unknown.items()):
        places = dict.fromkeys(p for one in near for p in scene.classes.member(one, name))
        reason = f"has the `{name}` that {scene.told(line)} may mean"
        for place in list(places)[:_MOST_NEAR]:
            unknown.pop(name, None)
            yield Need(place, 0.7, reason, sure=len(places) == 1)
    if unknown and scene.syntax is not None and scene.syntax.keyed:
        yield from _keyed(scene, found, unknown)


def _near_classes(scene: Scene, found: Sequence[Need]) -> tuple[Place, ...]:
    """The classes that are needed, and those in the signatures of what is needed."""
    near: dict[Place, None] = {}
    for need in found:
        if need.place.definition.kind in CLASSES:
            near[need.place] = None
    for need in found:
        if need.sure and need.place.definition.kind in CALLABLE | {"field", "type"}:
            near |= dict.fromkeys(types_of(scene, need.place))
    return tuple(near)[:_MOST_CLASSES]


def _keyed(scene: Scene, found: Sequence[Need], unknown: dict[str, int]) -> Iterator[Need]:
    """Keys of objects and types in the files of what is needed, outside of functions."""
    names = [name for name in unknown if not scene.is_common(name) and len(name) > 1]
    if not names:
        return
    words = "|".join(map(re.escape, sorted(names)))
    key = re.compile(rf"^[ \t]*{BEFORE}[\"']?({words})[\"']?[?!]?[ \t]*[:(<]", re.MULTILINE)
    files = dict.fromkeys(need.place.path for need in found)
    files |= dict.fromkeys(_imported(scene))
    files.pop(scene.path, None)
    left = _MOST_CHARS
    for path in list(files)[:_MOST_FILES]:
        lines = scene.sources.lines(path)
        left -= len(lines.text) if lines is not None else 0
        if lines is None or left < 0:
            continue
        seen: set[str] = set()
        for one in key.finditer(lines.text):
            place = (
                None
                if one[1] in seen
                else _declared(scene, path, lines.line_of(one.end(1)), one[1])
            )
            if place is not None:
                seen.add(one[1])
                reason = f"has a `{one[1]}`, and {scene.told(unknown[one[1]])} uses one"
                yield Need(place, 0.5, reason, sure=False)


def _imported(scene: Scene) -> Iterator[str]:
    facts = scene.sources.facts(scene.path)
    for one in facts.imports if facts is not None else ():
        yield from scene.sources.files(scene.path, one.module)[:1]


def _declared(scene: Scene, path: str, line: int, name: str) -> Place | None:
    """The member that a line gives to a type or an object; None within a function."""
    outline = scene.sources.outline(path)
    around = outline.around(range(line, line + 1))
    if not around or any(outline.definitions[one].kind in CALLABLE for one in around):
        return None
    return added_member(outline, path, around[0], name, line)
