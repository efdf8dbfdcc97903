"""By how much a model's own counts of tokens differ from ours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

LEAST, MOST = 0.6, 2.0
"""No tokenizer in use is further away; what is has counted something else, such as pictures."""
_NEWEST = 0.3
"""How much the newest call counts for, at least: the usual files of a project change."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Tokens that a provider counted for one that we counted: a moving mean.

    Attributes:
        deviation: from the mean, as a rule (one sigma).
        calls: how many it was made from.
    """

    mean: float
    deviation: float
    calls: int


def with_call(ratio: Ratio | None, counted: int, told: int) -> Ratio | None:
    """The ratio with one more call; as it was where the call says nothing.

    Args:
        ratio: what is known; None for nothing.
        counted: our own count, before any correction.
        told: the provider's count of the same.
    """
    if counted <= 0 or not LEAST <= told / counted <= MOST:
        return ratio
    if ratio is None:
        return Ratio(told / counted, 0.0, 1)
    calls = ratio.calls + 1
    weight = max(_NEWEST, 1 / calls)
    distance = told / counted - ratio.mean
    variance = (1 - weight) * (ratio.deviation**2 + weight * distance**2)
    return Ratio(ratio.mean + weight * distance, math.sqrt(variance), calls)


def read_ratio(found: Any) -> Ratio | None:
    """A ratio as it is kept; None for anything else."""
    match found:
        case [int() | float() as mean, int() | float() as deviation, int() as calls] if (
            LEAST <= mean <= MOST and 0 <= deviation < MOST and calls >= 0
        ):
            return Ratio(float(mean), float(deviation), calls)
        case _:
            return None
