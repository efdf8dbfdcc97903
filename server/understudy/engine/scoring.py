"""How much is to be expected of a model, before anything was measured here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.budget import upper_bound
from understudy.wire import Usage

if TYPE_CHECKING:
    from understudy.models.registry import Model

_PRIOR = {"free": 0.55, "economy": 0.62, "standard": 0.76, "premium": 0.85}
"""How often an edit passes all checks, by tier: a guess, until own results are counted."""
_GUESSED = 0.05
"""What a model loses of which only relatives are known."""
_SLOWNESS = {"fast": 0.0, "medium": 0.5, "slow": 1.0}
_TYPICAL = Usage(input=4_000, output=1_000)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a dollar and slowness cost, in the unit of success."""

    cost: float
    latency: float


STRATEGIES = {
    "quality-first": Weights(cost=0.1, latency=0.02),
    "balanced": Weights(cost=4.0, latency=0.05),
    "cost-optimized": Weights(cost=30.0, latency=0.05),
}


@dataclass(frozen=True, slots=True)
class Score:
    """A model's score by its terms.

    Attributes:
        success: how often it is expected to succeed, 0 to 1.
        cost: what is taken off for the price of a typical call; `latency` for slowness.
    """

    model: str
    success: float
    cost: float
    latency: float

    @property
    def total(self) -> float:
        """The higher, the sooner it is asked."""
        return self.success - self.cost - self.latency


def score(model: Model, strategy: str) -> Score:
    """The score of a model. A price that nobody knows is taken for the highest of its tier."""
    weights = STRATEGIES.get(strategy, STRATEGIES["balanced"])
    usd = upper_bound(model, model.cost(_TYPICAL))
    return Score(
        model.id,
        _PRIOR[model.cost_tier] - (_GUESSED if model.inferred else 0.0),
        weights.cost * usd,
        weights.latency * _SLOWNESS[model.latency],
    )
