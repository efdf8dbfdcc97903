"""Pieces before they are packed: one of each, in the order of their importance, with useful levels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.context.items import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from understudy.context.items import Item, Tier

_LITTLE = 0.1
"""A mere line with a name is worth this part of what the cheapest level is worth."""


@dataclass(frozen=True, slots=True)
class Order:
    """A total order of pieces: nothing of it hangs on hashes, the clock or the order given.

    Attributes:
        weights: of the tiers.
        here: the path of the file that is worked on.
    """

    weights: Mapping[Tier, float]
    here: str

    def rank(self, item: Item) -> tuple[float, float, int, str, int, str]:
        """What pieces are sorted by: the most important has the lowest rank."""
        weight = self.weights[item.tier]
        return (-weight, -item.relevance, self._distance(item.path), *item.key)

    def _distance(self, path: str) -> int:
        """0 in the same folder, 1 below the same top folder, else 2."""
        if _folder(path) == _folder(self.here):
            return 0
        top = path.partition("/")[0]
        return 1 if "/" in self.here and top == self.here.partition("/")[0] else 2


def merged(items: Iterable[Item], order: Order) -> list[Item]:
    """Each piece once, the most important first.

    Of several with one key, the most important counts. It is required if one of them is, and has the
    reasons of all.
    """
    found: dict[tuple[str, int, str], Item] = {}
    for item in sorted(items, key=lambda one: (order.rank(one), one.reasons, one.levels[0].text)):
        known = found.get(item.key)
        if known is None:
            found[item.key] = item
        else:
            found[item.key] = replace(
                known,
                required=known.required or item.required,
                keep_with=known.keep_with or item.keep_with,
                reasons=tuple(dict.fromkeys((*known.reasons, *item.reasons))),
            )
    return list(found.values())


def stairs(levels: Sequence[Level]) -> tuple[int, ...]:
    """The numbers of the levels that are worth stopping at, from the first on.

    They are those on the upper hull of worth over tokens: from one to the next, a token gives less
    and less. A level between two others that gives less for a token than both together is no stop.
    """
    hull: list[int] = []
    for number, level in enumerate(levels):
        if hull and (
            level.tokens <= levels[hull[-1]].tokens or level.worth <= levels[hull[-1]].worth
        ):
            continue
        while len(hull) > 1 and _steeper(levels[hull[-2]], levels[hull[-1]], level):
            hull.pop()
        hull.append(number)
    return tuple(hull)


def shortest(item: Item, count: Callable[[str], int]) -> Level:
    """What is shown of a piece where there is no room for its cheapest level: a line that names it.

    Some pieces know better what their least is.
    """
    cheapest = item.levels[0]
    if item.least is not None and item.least.tokens < cheapest.tokens:
        return item.least
    text = f"{item.name or item.path} (line {item.start + 1})"
    tokens = count(text)
    if cheapest.form == "mention" or cheapest.tokens <= tokens:
        return cheapest
    return Level("mention", text, tokens, cheapest.worth * _LITTLE)


def _steeper(low: Level, middle: Level, high: Level) -> bool:
    """Whether the way from the middle to the top gives as much for a token as the way to it."""
    before = (middle.worth - low.worth) * (high.tokens - middle.tokens)
    return (high.worth - middle.worth) * (middle.tokens - low.tokens) >= before


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
