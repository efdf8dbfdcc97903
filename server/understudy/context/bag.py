"""What was taken so far, and what the next step costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.items import Chosen
from understudy.context.showing import excerpts, framed, heading_of, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from understudy.context.items import Item, Level, Tier

    Key = tuple[str, int, str]

SEPARATOR = 1
"""Tokens between pieces: that of the empty line, and what cutting a text into pieces may add."""


@dataclass(frozen=True, slots=True)
class Step:
    """Pieces that come in together, or one that gets more detail.

    Attributes:
        cost: tokens.
        worth: by how much all that is taken is worth more with it.
    """

    levels: tuple[tuple[Item, Level], ...]
    cost: int
    worth: float

    @property
    def density(self) -> float:
        """What a token of it gives."""
        return self.worth / self.cost if self.cost else math.inf


class Bag:
    """The pieces that were taken, each at its level.

    Attributes:
        used: tokens by the sum of all steps.
        taken: the steps in their order.
    """

    def __init__(
        self,
        items: Iterable[Item],
        weights: Mapping[Tier, float],
        count: Callable[[str], int],
    ) -> None:
        self.items = {item.key: item for item in items}
        self.used = 0
        self.taken: list[Step] = []
        self._weights, self._count = weights, count
        self._levels: dict[Key, Level] = {}
        self._groups: set[tuple[str, int, str]] = set()
        self._spent: dict[Tier, int] = {}
        self._frames: dict[str, int] = {}

    def level(self, item: Item) -> Level | None:
        """The level at which a piece was taken."""
        return self._levels.get(item.key)

    def worth(self, item: Item) -> float:
        """What a piece is worth at its fullest."""
        return self._weights[item.tier] * item.relevance

    def admission(self, item: Item, level: Level) -> Step:
        """A piece that comes in, with what it must be shown with at the cheapest level."""
        return self.together([(item, level), *((one, one.levels[0]) for one in self.with_it(item))])

    def together(self, levels: Iterable[tuple[Item, Level]]) -> Step:
        """Those of the pieces that are not in yet, in one step."""
        fresh = tuple((item, level) for item, level in levels if item.key not in self._levels)
        groups = {heading_of(item) for item, _ in fresh} - self._groups
        cost = sum(level.tokens + SEPARATOR for _, level in fresh)
        cost += sum(self._frame(path) for *_, path in groups)
        return Step(fresh, cost, sum(self.worth(item) * level.worth for item, level in fresh))

    def upgrade(self, item: Item, old: Level, new: Level) -> Step:
        """More detail for a piece that is in."""
        gain = self.worth(item) * (new.worth - old.worth)
        return Step(((item, new),), new.tokens - old.tokens, gain)

    def with_it(self, item: Item) -> Iterator[Item]:
        """What a piece must be shown with, and what that must be shown with in turn."""
        seen = {item.key}
        following = item.keep_with
        while following is not None and following not in seen:
            seen.add(following)
            found = self.items.get(following)
            if found is None:
                return
            yield found
            following = found.keep_with

    def has_share(self, step: Step, shares: Mapping[Tier, float]) -> bool:
        """Whether each tier stays within its tokens; those that are not named have no limit."""
        added: dict[Tier, int] = {}
        for item, level in step.levels:
            added[item.tier] = added.get(item.tier, 0) + self._more(item, level)
        return all(
            self._spent.get(tier, 0) + tokens <= shares.get(tier, math.inf)
            for tier, tokens in added.items()
        )

    def take(self, step: Step) -> None:
        """Put it in."""
        for item, level in step.levels:
            self._spent[item.tier] = self._spent.get(item.tier, 0) + self._more(item, level)
            self._levels[item.key] = level
            self._groups.add(heading_of(item))
        self.used += step.cost
        self.taken.append(step)

    def chosen(self) -> tuple[Chosen, ...]:
        """What the steps that are left in `taken` show, in the order of the prompt."""
        levels = {item.key: level for step in self.taken for item, level in step.levels}
        found = (Chosen(self.items[key], level) for key, level in levels.items())
        return tuple(sorted(found, key=place_of))

    def shown(self, chosen: Iterable[Chosen]) -> int:
        """How many tokens their text has."""
        return self._count("".join(one.framed for one in excerpts(chosen)))

    def _more(self, item: Item, level: Level) -> int:
        old = self._levels.get(item.key)
        return level.tokens - (old.tokens if old else 0)

    def _frame(self, path: str) -> int:
        if path not in self._frames:
            self._frames[path] = self._count(framed(path, "")) + SEPARATOR
        return self._frames[path]
