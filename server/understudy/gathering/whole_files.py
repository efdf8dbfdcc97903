"""Items for files as a whole: those that much is needed of, and those that are open in the editor."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.gathering.levels import level_of, rising
from understudy.gathering.making import Span
from understudy.gathering.rendering import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from understudy.context.items import Item
    from understudy.gathering.making import Making
    from understudy.gathering.need import Need

MOST = 6
_MOST_CHARS = 16_000
_LINKED = 0.08
_UNLINKED = 0.01
_LEAST_NEEDED = 3
"""Of a file that less is needed of, the rest says little."""


def file_items(
    making: Making, needs: Sequence[Need], linked: Collection[str] = ()
) -> Iterator[Item]:
    """The files of which most is needed first, then open ones.

    An open file that nothing links to the place is told with next to no relevance, so that its being
    left out can be told as well.

    Args:
        making: makes the items.
        needs: what the lines need.
        linked: files of which something else is offered, because it uses the file or is imported.
    """
    scene, together = making.scene, making.signals.together
    places = {need.place for need in needs if need.sure and need.place.path != scene.path}
    needed = Counter(place.path for place in places)
    often = sorted(
        (path for path in needed if needed[path] >= _LEAST_NEEDED),
        key=lambda path: (-needed[path], path),
    )
    near = {*needed, *linked, *(path for path, share in together.items() if share > 0)}
    opened = [path for path in making.signals.open_files if path != scene.path]
    opened.sort(key=lambda path: path not in near)
    for path in list(dict.fromkeys((*often, *opened)))[:MOST]:
        if path in needed:
            relevance = min(0.05 * needed[path], 0.5)
            reason = f"defines {needed[path]} of the names that the lines use"
            yield from _item(making, path, max(relevance, _LINKED), reason)
        elif path in near:
            yield from _item(making, path, _LINKED, "is open in the editor")
        else:
            for item in _item(making, path, 0.0, "is open in the editor"):
                yield replace(item, relevance=_UNLINKED)


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
