"""Prompts about one file begin alike as long as they can, so that providers' caches hit.

What was chosen last time is chosen again, to the byte, while nothing that matters is new and none of
it has changed. Otherwise it is chosen anew; what stays of the last prompt then stands before what is
new to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.context.absorbing import in_full, is_within
from understudy.context.items import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from understudy.context.items import Chosen, Item, Level, Packed

    Key = tuple[str, int, str]
    Choose = Callable[[Sequence[Item]], Packed]

_LEAST, _MOST = 0.8, 1.25
"""How much smaller or larger a budget may be for which the last choice is still good."""
_NOT_BEFORE = "the last prompt about the file had no room for it, and this one begins like that one"


@dataclass(frozen=True, slots=True)
class Last:
    """The last choice for a file, a task and a model.

    Attributes:
        chosen: what was shown.
        known: what it was chosen from, by key: the digests of the files.
    """

    chosen: Mapping[Key, Chosen]
    known: Mapping[Key, str]
    budget: int


def last_of(packed: Packed, items: Sequence[Item]) -> Last:
    """What to remember of a choice that had room for all that is required."""
    chosen = {one.item.key: one for one in packed.chosen}
    return Last(chosen, {item.key: item.digest for item in items}, packed.budget)


def choose_again(
    items: Sequence[Item], last: Last | None, budget: int, sure: float, choose: Choose
) -> Packed:
    """Choose pieces, with what was chosen last time in mind.

    Args:
        items: the candidates.
        last: the last choice, with room for all that was required; None for the first one.
        budget: that `choose` keeps to.
        sure: from which relevance on a candidate matters, so that it is not passed over unseen.
        choose: chooses some of the pieces that it is given.
    """
    if last is None:
        return choose(items)
    if _is_still_good(items, last, budget, sure):
        packed = choose([_as_before(item, last) for item in items if item.key in last.chosen])
        if not packed.truncated and len(packed.chosen) == len(last.chosen):
            shown = {one.item.key for one in packed.chosen}
            whole = in_full(packed.chosen)
            gone = [one for one in items if one.key not in shown and not is_within(one, whole)]
            left = tuple(LeftOut(item.path, item.name, _NOT_BEFORE) for item in gone)
            return replace(packed, left_out=(*packed.left_out, *left))
    turn = max((one.item.turn for one in last.chosen.values()), default=-1) + 1
    return choose([_in_turn(item, last, turn) for item in items])


def _is_still_good(items: Sequence[Item], last: Last, budget: int, sure: float) -> bool:
    """Whether all that was chosen is there as it was, and nothing that matters is new."""
    if not _LEAST * last.budget <= budget <= _MOST * last.budget:
        return False
    now = {item.key: item for item in items}
    for key, before in last.chosen.items():
        if key not in now or not _is_same(now[key], before):
            return False
    whole = in_full(last.chosen.values())
    return all(
        last.known.get(item.key) == item.digest
        and (item.key in last.chosen or not item.required or is_within(item, whole))
        for item in items
        if item.tier != "target_file" and (item.required or item.relevance >= sure)
    )


def _is_same(item: Item, before: Chosen) -> bool:
    """Whether a piece would be shown with the same text; the file that is worked on may change."""
    return item.tier == "target_file" or _level_of(item, before) is not None


def _level_of(item: Item, before: Chosen) -> Level | None:
    """The level with the same text. Its tokens may be counted otherwise by now."""
    told = before.level.form, before.level.text
    return next((level for level in item.levels if (level.form, level.text) == told), None)


def _as_before(item: Item, last: Last) -> Item:
    """The piece as it was shown; of the file that is worked on, no more than was shown."""
    before = last.chosen[item.key]
    if item.tier != "target_file":
        level = _level_of(item, before) or before.level
        return replace(item, levels=(level,), required=True, turn=before.item.turn)
    if before.level.form == "full" or before.level not in before.item.levels:
        return item
    return replace(item, levels=item.levels[: before.item.levels.index(before.level) + 1])


def _in_turn(item: Item, last: Last, turn: int) -> Item:
    """The piece with its turn: that of its first prompt while its file has not changed since."""
    before = last.chosen.get(item.key)
    if item.tier == "target_file":
        return item
    is_known = before is not None and before.item.digest == item.digest
    return replace(item, turn=before.item.turn if is_known and before is not None else turn)
