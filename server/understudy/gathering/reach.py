"""Which definitions of other files a name can mean without being imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.gathering.scene import Scene
    from understudy.index.facts import Place

_SOURCES = (".c", ".cc", ".cpp", ".cxx")
_LINKED = frozenset({"function", "variable"})
_STATIC = re.compile(r"\bstatic\b")
_EMPTY = re.compile(r"\s*#\s*define\s+\w+\s*(?://.*|/\*.*)?")


def is_reachable(scene: Scene, place: Place) -> bool:
    """Whether a name in the scene's file can mean a definition at all.

    Of another source of C or C++, only what is linked can be meant: no macro, no type, nothing static.
    What is included is a part of the source that includes it, and has all of its names.
    """
    if not place.path.endswith(_SOURCES) or place.path == scene.path:
        return True
    lookup = scene.lookup
    if lookup.is_open(scene.path, place.path) or lookup.is_open(place.path, scene.path):
        return True
    one, lines = place.definition, scene.sources.lines(place.path)
    is_linked = bool(one.owner) or (one.kind in _LINKED and _is_outer(scene, place))
    return is_linked and lines is not None and _STATIC.search(lines.content(one.head)) is None


def says_something(scene: Scene, place: Place) -> bool:
    """Whether a definition is more than a mark for tools: an include guard, or `__all__`."""
    one, lines = place.definition, scene.sources.lines(place.path)
    if one.kind == "macro" and lines is not None:
        return _EMPTY.fullmatch(lines.content(one.head)) is None
    is_dunder = one.name.startswith("__") and one.name.endswith("__")
    return not is_dunder or one.kind not in {"variable", "constant"}


def _is_outer(scene: Scene, place: Place) -> bool:
    outline, parent = scene.sources.outline(place.path), place.definition.parent
    return parent < 0 or outline.is_open(parent)
