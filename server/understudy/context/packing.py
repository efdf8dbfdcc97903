"""What fits into a budget of tokens: all that is required, then what gives most for its tokens.

The way is greedy, in steps whose order does not depend on the budget:

1. what is required, at its cheapest level;
2. the cheapest level of what surely matters and is small, tier by tier: nothing of a lower tier takes
   its room, and once something is missing, nothing of a lower tier comes in at all;
3. everything else, and more detail of what is in, by what a token of it gives.

A step that there is no room for is passed over, and from then on only steps that give no more for a
token are taken. Without this rule a larger budget could have less worth in it: it would admit one
large piece of a high tier in place of several small ones that give more. With it, follow two budgets
up to the first step that only the larger one has room for, of `cost` tokens and `worth`. Behind it,
the smaller one has less than `cost` tokens left, each of which gives at most `worth / cost`. So it
gains less than `worth`, which the larger one has already. For the same reason the shares of tiers
are those of a nominal budget, and not of the one at hand.

More detail of what is required is taken only up to the first step that there is no room for. All
that a smaller budget took until then, a larger one takes as well, so nothing required has less
detail in it. What comes behind has no such promise: the larger budget may need its room for the step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.context.absorbing import in_full, is_within, outermost
from understudy.context.bag import SEPARATOR, Bag
from understudy.context.choices import Order, merged, shortest, stairs
from understudy.context.doubles import adding_nothing
from understudy.context.items import WEIGHTS, LeftOut, Level, Packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from understudy.context.bag import Key, Step
    from understudy.context.items import Chosen, Item, Tier

    Count = Callable[[str], int]
    """Tokens of a text. What it gives for lines must add up, but for one token for each piece."""

SHARES: dict[Tier, float] = {
    "target_file": 0.50,
    "related_imports": 0.35,
    "patterns": 0.15,
    "examples": 0.15,
}
_NO_ROOM = "there was no room for it"
_ITS_SHARE = "pieces of its kind have their share already"
_SHOWN = "all that would be shown of it is shown by other pieces"
_FAR_OFF = "it has too little to do with the place"
_NOTHING = Level("mention", "", -SEPARATOR, 0.0)
"""Where a piece stands that is not in: its first step costs a separator, too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a user may set about packing.

    Attributes:
        weights: how much each tier counts; higher ones are admitted first.
        shares: which part of `nominal` a tier may take; one that is not named, any. What is required
            counts, and is never refused.
        nominal: the usual budget of such a task, in tokens.
        sure: from which relevance on a piece goes before everything of lower tiers; whole files
            never do.
        sure_types: the same for definitions of what the lines need: the types in the signatures of
            what they use go before callers.
        bulky: a piece whose cheapest level has more tokens than this goes by what a token of it
            gives, as it would keep everything denser out where there is no room for it.
        bulky_patterns: the same for that tier, as rules of the project are longer than signatures.
        floor: pieces of the tier `full_files` with less relevance are not used as filling.
    """

    weights: Mapping[Tier, float] = field(default_factory=lambda: MappingProxyType(WEIGHTS))
    shares: Mapping[Tier, float] = field(default_factory=lambda: MappingProxyType(SHARES))
    nominal: int = 8_000
    sure: float = 0.5
    sure_types: float = 0.3
    bulky: int = 80
    bulky_patterns: int = 200
    floor: float = 0.1

    def goes_first(self, item: Item) -> bool:
        """Whether a piece that is not required is admitted before everything of lower tiers."""
        if item.tier == "full_files":
            return False
        least = self.sure_types if item.tier == "required_types" else self.sure
        most = self.bulky_patterns if item.tier == "patterns" else self.bulky
        return item.relevance >= least and item.levels[0].tokens <= most


USUAL = Limits()


def pack(
    items: Iterable[Item], budget: int, count: Count, *, limits: Limits = USUAL, here: str = ""
) -> Packed:
    """Choose pieces and their levels.

    Args:
        items: in any order; of two with one key, the one that counts more is taken.
        budget: tokens of all that is shown, headings and fences included.
        count: how many tokens a text has.
        limits: weights and shares.
        here: the path of the file that is worked on, whose neighbours come first among equals.
    """
    left = merged(items, Order(limits.weights, here))
    dropped: list[LeftOut] = []
    while True:
        packed = _Packing(Bag(left, limits.weights, count), budget, count, limits).packed()
        doubles = adding_nothing(packed.chosen)
        if not doubles:
            return replace(packed, left_out=(*packed.left_out, *dropped))
        # What they took is for something else.
        keys = {item.key for item in doubles}
        left = [item for item in left if item.key not in keys]
        dropped += [LeftOut(item.path, item.name, _SHOWN) for item in doubles]


class _Packing:
    def __init__(self, bag: Bag, budget: int, count: Count, limits: Limits) -> None:
        self._bag, self._budget, self._count, self._limits = bag, budget, count, limits
        self._shares = {tier: share * limits.nominal for tier, share in limits.shares.items()}
        self._items = tuple(bag.items.values())
        self._why: dict[Key, str] = {}
        self._ceiling = math.inf
        self._least = 0.0

    def packed(self) -> Packed:
        bag, needed = self._bag, self._needed()
        whole = bag.together((item, item.levels[0]) for item in needed)
        if whole.cost > self._budget:
            self._shorten(needed)
            return self._result(0, truncated=True)
        bag.take(whole)
        self._admit_what_matters()
        self._go_on()
        return self._result(1, truncated=False)

    def _needed(self) -> list[Item]:
        """What is required, with what it must be shown with, in the order of importance."""
        keys: set[Key] = set()
        for item in self._items:
            if item.required:
                keys.update((item.key, *(one.key for one in self._bag.with_it(item))))
        return [item for item in self._items if item.key in keys]

    def _admit_what_matters(self) -> None:
        """The cheapest level of what surely matters, tier by tier, the densest first.

        Whole files only fill what is left: one of them without room here, which gives little for a
        token, would keep out all that gives more.
        """
        sure = [item for item in self._items if self._limits.goes_first(item)]
        for item in sorted(sure, key=self._tier_and_density):
            if self._bag.level(item) is None:
                self._offer(self._bag.admission(item, item.levels[0]), item.key)
            if self._bag.level(item) is None and self._why.get(item.key) == _NO_ROOM:
                self._least = max(self._least, self._limits.weights[item.tier])

    def _tier_and_density(self, item: Item) -> tuple[float, float]:
        cheapest = item.levels[0]
        density = item.relevance * cheapest.worth / (cheapest.tokens + SEPARATOR)
        return -self._limits.weights[item.tier], -density

    def _go_on(self) -> None:
        """Everything else and more detail, where a token gives most first."""
        climbs = sorted(
            (
                (-step.density, place, number, item, old, new)
                for place, item in enumerate(self._items)
                for number, old, new in self._climbs(item)
                for step in [self._bag.upgrade(item, old, new)]
            ),
            key=lambda climb: climb[:3],
        )
        for *_, item, old, new in climbs:
            level = self._bag.level(item)
            if level is None and old is _NOTHING:
                self._offer(self._bag.admission(item, new), item.key)
            elif level is old:
                self._offer(self._bag.upgrade(item, old, new), item.key)

    def _climbs(self, item: Item) -> Iterator[tuple[int, Level, Level]]:
        """The steps that a piece can still go up, each with its number."""
        levels = item.levels
        if self._bag.level(item) is None:
            if item.tier == "full_files" and item.relevance < self._limits.floor:
                self._why[item.key] = _FAR_OFF
                return
            levels = (_NOTHING, *levels)
        for number, (low, high) in enumerate(pairwise(stairs(levels))):
            yield number, levels[low], levels[high]

    def _offer(self, step: Step, key: Key) -> None:
        """Take a step if there is room, its tier has something left and nothing better waits."""
        if not self._bag.has_share(step, self._shares):
            self._why[key] = _ITS_SHARE
        elif step.density > self._ceiling or self._is_below_what_matters(key) or self._waits(key):
            self._why[key] = _NO_ROOM
        elif self._bag.used + step.cost > self._budget:
            self._why[key] = _NO_ROOM
            self._ceiling = step.density
        else:
            self._bag.take(step)

    def _waits(self, key: Key) -> bool:
        """Whether it is more detail of what is required, behind a step that had no room."""
        return self._ceiling < math.inf and self._bag.items[key].required

    def _is_below_what_matters(self, key: Key) -> bool:
        """Whether it would be new, while something of a higher tier that surely matters is missing."""
        item = self._bag.items[key]
        return self._limits.weights[item.tier] < self._least and self._bag.level(item) is None

    def _shorten(self, needed: Sequence[Item]) -> None:
        """As much of what is required as there is room for, the most important first.

        First one line for each, then their cheapest levels; nothing else. Both end with the first
        piece that does not fit, so that a larger budget has all that a smaller one has.
        """
        bag = self._bag
        short = [(item, shortest(item, self._count)) for item in needed]
        for item, level in short:
            if not self._fits(bag.together([(item, level)])):
                return
        for item, level in short:
            if level is not item.levels[0] and not self._fits(
                bag.upgrade(item, level, item.levels[0])
            ):
                return

    def _fits(self, step: Step) -> bool:
        fits = self._bag.used + step.cost <= self._budget
        if fits:
            self._bag.take(step)
        return fits

    def _result(self, fixed: int, *, truncated: bool) -> Packed:
        """What was taken, without its last steps where their text is longer than their sum."""
        bag = self._bag
        chosen = self._outermost()
        while (tokens := bag.shown(chosen)) > self._budget and len(bag.taken) > fixed:
            bag.taken.pop()
            chosen = self._outermost()
        shown = {one.item.key for one in chosen}
        whole = in_full(chosen)
        left = tuple(
            LeftOut(item.path, item.name, self._why.get(item.key, _NO_ROOM))
            for item in self._items
            if item.key not in shown and not is_within(item, whole)
        )
        return Packed(chosen, tokens, self._budget, left, truncated)

    def _outermost(self) -> tuple[Chosen, ...]:
        return outermost(self._bag.chosen(), self._items, self._limits.weights)
