"""Items for what the lines need from other files: one for each definition at the top of a file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.gathering.need import Need
from understudy.gathering.rows import rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.context.items import Item
    from understudy.gathering.making import Making
    from understudy.index.facts import Place

MOST = 80
"""So many definitions are shown at most for being needed."""
_MOST_REASONS = 4


@dataclass(slots=True)
class _Group:
    """The needs that one definition at the top of a file answers, itself or by its members."""

    relevance: float = 0.0
    is_sure: bool = False
    members: set[int] = field(default_factory=set)
    reasons: dict[str, None] = field(default_factory=dict)

    def add(self, need: Need, top: int) -> None:
        self.relevance = max(self.relevance, need.relevance)
        self.is_sure = self.is_sure or need.sure
        self.reasons[need.reason] = None
        if need.place.number != top:
            self.members.add(need.place.number)


def required_items(making: Making, needs: Sequence[Need]) -> Iterator[Item]:
    """The items for needs that other files answer. Guesses among them are not required."""
    outside = [need for need in needs if need.place.path != making.scene.path]
    owners = _owners(making, outside)
    groups = _grouped(making, [*outside, *owners.values()])
    keys = {place: making.span(*place).key for place in groups}
    best = sorted(groups.items(), key=lambda one: (not one[1].is_sure, -one[1].relevance, one[0]))
    for (path, number), group in best[:MOST]:
        detail = making.detail(path)
        levels = detail.of(number, group.members) if detail is not None else ()
        if not levels:
            continue
        reasons = tuple(group.reasons)[:_MOST_REASONS]
        span = making.span(path, number)
        item = making.item(span, "required_types", group.relevance, levels, reasons)
        owner = owners.get((path, number))
        kept = keys.get(_top(making, owner.place)) if owner is not None else None
        yield replace(item, required=group.is_sure, keep_with=kept if kept != item.key else None)


def _grouped(making: Making, needs: Iterable[Need]) -> dict[tuple[str, int], _Group]:
    groups: dict[tuple[str, int], _Group] = defaultdict(_Group)
    for need in needs:
        top = _top(making, need.place)
        groups[top].add(need, top[1])
    return groups


def _top(making: Making, place: Place) -> tuple[str, int]:
    return place.path, making.scene.sources.outline(place.path).top_of(place.number)


def _owners(making: Making, needs: Iterable[Need]) -> dict[tuple[str, int], Need]:
    """For methods that stand apart from their type: the type, which they are shown with."""
    found: dict[tuple[str, int], Need] = {}
    for need in needs:
        path, number, one = need.place
        owners = (
            owner
            for row in rows_in(one.owner)[:1]
            for owner in making.scene.classes.meant(path, row, number)
            if owner.path != making.scene.path
        )
        for owner in owners:
            reason = f"is what `{one.name}` belongs to"
            found[path, number] = Need(owner, need.relevance * 0.9, reason, need.sure)
            break
    return found
