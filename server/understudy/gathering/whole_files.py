"""Items for files as a whole: those that much is needed of, and those that are open in the editor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.gathering.levels import level_of, rising
from understudy.gathering.making import Span
from understudy.gathering.rendering import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.items import Item
    from understudy.gathering.making import Making
    from understudy.gathering.need import Need

MOST = 6
_MOST_CHARS = 16_000
_LEAST_NEEDED = 3
"""Of a file that less is needed of, the rest says little."""


def file_items(making: Making, needs: Sequence[Need]) -> Iterator[Item]:
    """The files of which most is needed first, then open ones."""
    scene = making.scene
    places = {need.place for need in needs if need.sure and need.place.path != scene.path}
    needed = Counter(place.path for place in places)
    often = sorted(
        (path for path in needed if needed[path] >= _LEAST_NEEDED),
        key=lambda path: (-needed[path], path),
    )
    opened = [path for path in signals_open(making) if path != scene.path]
    for path in list(dict.fromkeys((*often, *opened)))[:MOST]:
        if path in needed:
            relevance = min(0.05 * needed[path], 0.5)
            reason = f"defines {needed[path]} of the names that the lines use"
        else:
            relevance, reason = 0.08, "is open in the editor"
        yield from _item(making, path, relevance, reason)


def signals_open(making: Making) -> Sequence[str]:
    """The open files in their order."""
    return making.signals.open_files


def _item(making: Making, path: str, relevance: float, reason: str) -> Iterator[Item]:
    sources = making.scene.sources
    detail, lines, facts = making.detail(path), sources.lines(path), sources.facts(path)
    if detail is None or lines is None or facts is None or len(lines.text) > _MOST_CHARS:
        return
    skeleton = detail.skeleton_of_file(sources.outline(path).tops())
    whole = shown(lines, [range(len(lines))], facts.language)
    levels = rising(
        [
            level_of("skeleton", skeleton, making.count),
            level_of("full", whole, making.count),
        ]
    )
    if levels:
        span = Span(path, 0, len(lines))
        yield making.item(span, "full_files", relevance, levels, (reason,))
