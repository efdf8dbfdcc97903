"""A logistic regression whose coefficients stay near what was believed before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.refit import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[tuple[int, float]]

_SWEEPS = 200
_STILL = 1e-5
"""A sweep that moves no prediction's log-odds by more than about this much is the last."""
_STEEPEST = 0.25
"""The logistic curve is nowhere steeper."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is believed of one coefficient's change before anything is seen.

    Attributes:
        spread: the standard deviation of the change, which is believed to be 0.
        low / high: what it never leaves.
    """

    spread: float
    low: float
    high: float


def fit(
    columns: Sequence[Column], rows: Sequence[Row], offsets: Sequence[float], right: Sequence[float]
) -> tuple[float, ...]:
    """The changes of the coefficients that are likeliest after all that was seen.

    The penalised likelihood is concave, so there is one answer; equal input gives equal output. One
    coefficient after the other is moved, by a step that never overshoots: the curvature is taken
    for its bound (Böhning and Lindsay, "Monotonicity of quadratic-approximation algorithms", 1988).

    Args:
        columns: one for each coefficient.
        rows: for each case the columns that are not 0, with their values.
        offsets: for each case its log-odds without any change.
        right: for each case what happened, 0 to 1.
    """
    entries = _by_column(len(columns), rows)
    log_odds = list(offsets)
    changes = [0.0] * len(columns)
    for _ in range(_SWEEPS):
        moved = 0.0
        for number, column in enumerate(columns):
            seen = entries[number]
            step = _step(column, changes[number], [(log_odds[i], right[i], x) for i, x in seen])
            changes[number] += step
            for at, value in seen:
                log_odds[at] += step * value
            moved = max(moved, abs(step))
        if moved < _STILL:
            break
    return tuple(changes)


def _by_column(count: int, rows: Sequence[Row]) -> list[list[tuple[int, float]]]:
    entries: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for at, row in enumerate(rows):
        for number, value in row:
            entries[number].append((at, value))
    return entries


def _step(column: Column, change: float, seen: Sequence[tuple[float, float, float]]) -> float:
    """How far one coefficient goes now, within its bounds."""
    belief = 1 / (column.spread * column.spread)
    slope, bend = -belief * change, belief
    for log_odds, good, value in seen:
        slope += value * (good - share(log_odds))
        bend += _STEEPEST * value * value
    return min(max(change + slope / bend, column.low), column.high) - change
