"""The file that is worked on: around the lines, with what is above and beside them in short."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.gathering.around import Around
from understudy.gathering.levels import level_of, rising
from understudy.gathering.making import Span
from understudy.gathering.rendering import Written, gap_mark, has_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.context.items import Item, Level
    from understudy.gathering.making import Making
    from understudy.gathering.need import Need
    from understudy.gathering.rendering import Part
    from understudy.gathering.scene import Scene

_MOST_CHARS = 32_000
"""More is never shown, but of a function that is so long itself."""
_MORE = 1.15
"""What has less than so many times as many characters as what is shown before is no step by itself."""
_LEAST_WORTH = 0.6
_STEEP = 150
"""Behind the cheapest level, so many tokens count for about as much each."""


def target_item(making: Making, needs: Iterable[Need]) -> Item:
    """The item of the target: the least that the lines make sense with, then more around them."""
    scene, count, apart = making.scene, making.count, making.signals.apart
    around = Around(scene, making.count)
    own = [need.place.number for need in needs if need.place.path == scene.path and need.sure]
    first, *others = _growing(_shown(scene, one, apart) for one in around.rungs(own))
    levels = [level_of("signature", first, count)]
    levels += [level_of("skeleton", text, count) for text in others]
    if len(scene.text.text) <= _MOST_CHARS:
        whole = _shown(scene, [range(len(scene.text))], apart)
        levels.append(level_of("full", whole, count))
    # Behind the last line end there is no line to show.
    end = len(scene.text) - (not scene.text.content(len(scene.text) - 1))
    span = Span(scene.path, 0, max(end, 1))
    reasons = [f"holds {scene.told(scene.point)}, which the request is about"]
    # A blank text still has to be a piece of the prompt.
    found = _weighed(rising(levels)) or (replace(levels[0], text="\n"),)
    if not found[-1].text.strip():
        reasons.append("is shown as the lines in question")
    item = making.item(span, "target_file", 1.0, found, tuple(reasons))
    closest = _shown(scene, around.closest(), apart)
    least = level_of("signature", closest, count) if closest.strip() else None
    lower = replace(least, worth=found[0].worth / 2) if least is not None else None
    return replace(item, required=True, least=lower)


def _shown(scene: Scene, parts: Iterable[Part], apart: range) -> str:
    """Parts of the target without what is shown elsewhere; marks stand for all that is left out."""
    lines = scene.text
    left = list(_besides(parts, apart))
    text = shown(lines, left, scene.language, range(len(lines)))
    starts = [one.start for one in left if one.start < one.stop]
    is_begun = bool(starts) and not has_text(lines, 0, min(starts))
    return text if is_begun or not text.strip() else f"{gap_mark(scene.language)}\n{text}"


def _growing(texts: Iterable[str]) -> list[str]:
    """The first text, and each that is clearly longer than the one before; the last one anyway."""
    found: list[str] = []
    last = ""
    for last in texts:
        if not found or len(found[-1]) * _MORE < len(last) <= _MOST_CHARS:
            found.append(last)
    return found if len(last) > _MOST_CHARS else [*found, last]


def _besides(parts: Iterable[Part], apart: range) -> Iterator[Part]:
    """The parts without the lines that are shown elsewhere."""
    for one in parts:
        if isinstance(one, Written):
            if one.stop <= apart.start or apart.stop <= one.start or not apart:
                yield one
        else:
            yield range(one.start, min(one.stop, max(apart.start, one.start))) if apart else one
            yield range(max(one.start, apart.stop), one.stop) if apart else range(0)


def _weighed(levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels with a worth each, so that a token gives less the more there are before it.

    Packing passes over a level that gives less for a token than the one behind it.
    """
    if not levels:
        return ()
    least = levels[0].tokens
    steep = max(least, _STEEP)

    def gain(tokens: int) -> float:
        return 1.0 - steep / (tokens - least + steep)

    most = gain(levels[-1].tokens) or 1.0
    rest = 1.0 - _LEAST_WORTH
    return tuple(
        replace(one, worth=_LEAST_WORTH + rest * gain(one.tokens) / most) for one in levels
    )
