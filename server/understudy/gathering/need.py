"""A definition that some lines need, and the types that its signature names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.gathering.classes import CLASSES
from understudy.gathering.rows import rows_in
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.scene import Scene

_TYPES = CLASSES - {"module"}
_MOST_LINES = 24
_MOST_MEANINGS = 4


@dataclass(frozen=True, slots=True)
class Need:
    """A definition that is needed.

    Attributes:
        relevance: above 0 and up to 1.
        reason: why, as a clause.
        sure: whether it is what a name means, and not only the best guess.
    """

    place: Place
    relevance: float
    reason: str
    sure: bool = True


def types_of(scene: Scene, place: Place) -> Iterator[Place]:
    """The classes and types of the workspace that a definition's signature names."""
    lines, one = scene.sources.lines(place.path), place.definition
    if lines is None:
        return
    stop = one.body if one.body > one.head else one.stop
    for row in rows_in("".join(lines.lines[one.head : min(stop, one.head + _MOST_LINES)])):
        # Of `Hue.Red`, the type is what the member is taken from.
        for targets in scene.classes.along(place.path, row, place.number):
            for target in targets[:_MOST_MEANINGS]:
                if isinstance(target, Place) and target.definition.kind in _TYPES:
                    yield target
