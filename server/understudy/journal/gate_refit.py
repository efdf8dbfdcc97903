"""The gate's coefficients as they were refitted to what became of the user's edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Evidence = tuple[tuple[str, float | None], ...]
"""Signals by their names, each with its value; None where it could not be found out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One coefficient: what Understudy brings, what it is now, and at what value it says nothing."""

    old: float
    new: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Proof:
    """By what a refit was better on edits that it had not seen.

    Attributes:
        labels: of how many problems it was made; `held_out`: on how many it was tried.
        gain: how much less its predictions were off, in nats of log loss for each problem.
        low / high: the interval of the gain, at 95 %.
        brier_before / brier_after: the mean squared errors of the predictions.
    """

    labels: int
    held_out: int
    gain: float
    low: float
    high: float
    brier_before: float
    brier_after: float


@dataclass(frozen=True, slots=True)
class Refit:
    """What takes the place of the coefficients that Understudy brings.

    Attributes:
        intercept: what is added to the log-odds of every edit.
        until_us: when the last edit was judged that it was made of.
    """

    intercept: float
    changes: Mapping[str, Change] = field(default_factory=lambda: MappingProxyType({}))
    proof: Proof | None = None
    until_us: int = 0

    def moves(self, evidence: Iterable[tuple[str, float | None]]) -> float:
        """By how much it moves the log-odds of an edit with this evidence."""
        return self.intercept + sum(
            (one.new - one.old) * (value - one.neutral)
            for name, value in evidence
            if value is not None and (one := self.changes.get(name)) is not None
        )
