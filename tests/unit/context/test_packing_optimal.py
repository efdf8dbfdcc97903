"""How near the packing comes to the best there is, which a table of all budgets tells."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

from tests.unit.context.packing_cases import usual_mix, value
from understudy.context.bag import SEPARATOR
from understudy.context.packing import USUAL, Limits, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.context.items import Item


def best(items: Sequence[Item], budget: int) -> float:
    """The most that pieces in files of their own can be worth, by dynamic programming."""
    table = [0.0] * (budget + 1)
    for item in items:
        worth = USUAL.weights[item.tier] * item.relevance
        options = [(level.tokens + SEPARATOR, worth * level.worth) for level in item.levels]
        fresh = table.copy()
        for cost, gain in options:
            for have in range(cost, budget + 1):
                found = table[have - cost] + gain
                if found > fresh[have]:
                    fresh[have] = found
        table = fresh
    return table[budget]


def test_the_packing_is_worth_nearly_as_much_as_the_best_one() -> None:
    shares = []
    for seed, budget in enumerate((2_000, 3_000, 4_000, 5_000)):
        items = usual_mix(seed)
        packed = pack(items, budget, _free, limits=Limits(shares={}, floor=0))
        shares.append(value(packed) / best(items, budget))
    assert mean(shares) >= 0.99
    assert min(shares) >= 0.97


def _free(_text: str) -> int:
    """Headings cost nothing, for the table knows of none."""
    return 0
