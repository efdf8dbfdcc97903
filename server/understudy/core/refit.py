"""By how much predicted chances are too low or too high."""

from __future__ import annotations

from math import exp, fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH = 50
"""Fewer judged edits say too little about an intercept."""
_WIDEST = 8.0
_HALVINGS = 50


def share(log_odds: float) -> float:
    """The chance with these log-odds."""
    return 1 / (1 + exp(-max(min(log_odds, 50.0), -50.0)))


def shift(predicted: Sequence[float], right: Sequence[float]) -> float:
    """What to add to log-odds so that on average they say what happened; 0 with too few of them.

    It is the intercept of a logistic regression whose other coefficients stay (Platt's map with a
    slope of 1). What happened is a share, 0 to 1. Half a success and half a failure are added, so that it is finite.
    """
    if len(predicted) < ENOUGH:
        return 0.0
    wanted = (sum(right) + 0.5) / (len(right) + 1) * len(right)
    low, high = -_WIDEST, _WIDEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if fsum(share(one + middle) for one in predicted) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
