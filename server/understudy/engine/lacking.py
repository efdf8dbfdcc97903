"""What a prompt can't do without and has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.context.items import Item
    from understudy.engine.material import Gathered

_MOST_NAMED = 3


def lacking(found: Gathered) -> list[Item]:
    """What is required and not shown, neither by itself nor as a part of something."""
    if not found.packed.truncated:
        return []
    shown = [one.item for one in found.packed.chosen]
    keys = {one.key for one in shown}
    return [
        item
        for item in found.items
        if item.required and item.key not in keys and not _within(item, found)
    ]


def too_few(budget: int, missing: Sequence[Item]) -> str:
    """That a budget has no room for what is required, as a sentence."""
    names = ", ".join(f"`{one.name or one.path}`" for one in missing[:_MOST_NAMED])
    rest = len(missing) - _MOST_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    text = f"{budget:,} tokens are too few: there is no room for {names}{more}, which"
    return f"{text} can't be left out."


def _within(item: Item, found: Gathered) -> bool:
    whole: Iterable[Item] = (one.item for one in found.packed.chosen if one.level.form == "full")
    return any(
        one.path == item.path and one.start <= item.start and item.stop <= one.stop for one in whole
    )
