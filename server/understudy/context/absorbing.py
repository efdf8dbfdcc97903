"""Pieces that are shown as a part of another one, which is shown in full and stands for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.context.showing import SLOT_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from understudy.context.items import Chosen, Item, Tier

_MOST_REASONS = 8


def outermost(
    chosen: Sequence[Chosen], items: Iterable[Item], weights: Mapping[Tier, float]
) -> tuple[Chosen, ...]:
    """The pieces without those that another one shows as a part of its whole text.

    What is shown in full is there for all that it holds: it gets the highest tier and relevance of
    the candidates within it that stand in the same slot of a prompt, and the reasons of all.

    Args:
        chosen: at their levels.
        items: the candidates, whether or not they were chosen.
        weights: of the tiers.
    """
    whole = in_full(chosen)
    parts: dict[tuple[str, int, str], list[Item]] = {item.key: [] for item in whole}
    for item in items:
        for outer in whole:
            if _holds(outer, item):
                parts[outer.key].append(item)
    return tuple(
        replace(one, item=_with_parts(one.item, parts.get(one.item.key, ()), weights))
        for one in chosen
        if not is_within(one.item, whole)
    )


def in_full(chosen: Iterable[Chosen]) -> list[Item]:
    """The pieces that are shown with all of their text."""
    return [one.item for one in chosen if one.level.form == "full"]


def is_within(item: Item, whole: Iterable[Item]) -> bool:
    """Whether one of the pieces that are shown in full holds another one."""
    return any(_holds(outer, item) for outer in whole)


def _holds(outer: Item, item: Item) -> bool:
    is_larger = outer.stop - outer.start > item.stop - item.start
    is_around = outer.start <= item.start and item.stop <= outer.stop
    return outer.path == item.path and is_larger and is_around


def _with_parts(outer: Item, parts: Sequence[Item], weights: Mapping[Tier, float]) -> Item:
    if not parts:
        return outer
    beside = [one for one in parts if SLOT_OF[one.tier] == SLOT_OF[outer.tier]]
    first = sorted(parts, key=lambda one: (not one.required, -weights[one.tier] * one.relevance))
    reasons = dict.fromkeys(reason for one in (outer, *first) for reason in one.reasons)
    return replace(
        outer,
        tier=max((outer, *beside), key=lambda one: weights[one.tier]).tier,
        relevance=max(one.relevance for one in (outer, *beside)),
        required=outer.required or any(one.required for one in beside),
        reasons=tuple(reasons)[:_MOST_REASONS],
    )
