"""What a user's pins and bans make of the candidates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.context.items import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.context.items import Item

PINNED = "you pinned it"
_POINTED_AT = "is what the problem points at"
"""How pinned places are found that are no candidates by themselves; no problem points there."""
_BANNED = "you banned it"
_HOLDS_BANNED = "it holds line {line}, which you banned"
_NOTHING_THERE = "you pinned it, but line {line} has nothing that can be shown"

Spot = tuple[str, int]
"""A path and a line of it, counted from 0."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The candidates with the user's say."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()


def pinned(items: Sequence[Item], pins: Iterable[Spot], bans: Iterable[Spot]) -> Pinned:
    """The candidates without those that hold a banned line, and with pinned ones required.

    The file that is worked on can't be banned: without it a request makes no sense.

    Args:
        items: the candidates.
        pins: each makes the smallest candidate that holds it required.
        bans: of these, no candidate is left; they win over pins.
    """
    wanted, unwanted = tuple(pins), tuple(bans)
    if not wanted and not unwanted:
        return Pinned(tuple(items))
    kept, left_out = [], []
    for item in items:
        held = next((one for one in unwanted if _holds(item, one)), None)
        if held is None or item.tier == "target_file":
            kept.append(item)
        else:
            is_it = held[1] == item.start
            why = _BANNED if is_it else _HOLDS_BANNED.format(line=held[1] + 1)
            left_out.append(LeftOut(item.path, item.name, why))
    chosen = {spot: _smallest(kept, spot) for spot in wanted}
    keys = {item.key for item in chosen.values() if item is not None}
    left_out += _missing(spot for spot, item in chosen.items() if item is None)
    return Pinned(
        tuple(_required(item) if item.key in keys else item for item in kept), tuple(left_out)
    )


def _holds(item: Item, spot: Spot) -> bool:
    return item.path == spot[0] and item.start <= spot[1] < max(item.stop, item.start + 1)


def _smallest(items: Iterable[Item], spot: Spot) -> Item | None:
    holding = [item for item in items if _holds(item, spot)]
    return min(holding, key=lambda one: (one.stop - one.start, one.key), default=None)


def _required(item: Item) -> Item:
    if item.tier == "target_file":
        return item
    reasons = (PINNED, *(one for one in item.reasons if one != _POINTED_AT))
    return replace(item, required=True, relevance=1.0, reasons=reasons)


def _missing(spots: Iterable[Spot]) -> Iterator[LeftOut]:
    for path, line in spots:
        yield LeftOut(path, "", _NOTHING_THERE.format(line=line + 1))
