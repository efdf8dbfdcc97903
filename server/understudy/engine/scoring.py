"""How much is to be expected of a model: by its tier at first, by what it did here more and more."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from understudy.engine.budget import upper_bound
from understudy.engine.learned import Prior
from understudy.wire import Usage

if TYPE_CHECKING:
    from understudy.engine.learned import Experience
    from understudy.engine.text_features import Features
    from understudy.models.registry import Model

_PRIOR = {"free": 0.55, "economy": 0.62, "standard": 0.76, "premium": 0.85}
"""How often an edit passes all checks, by tier: a guess, which own results replace."""
_GUESSED = 0.05
"""What a model loses of which only relatives are known."""
_FAST_S, _SLOW_S = 3.0, 30.0
"""Runs of these lengths are not slow at all, and as slow as can be."""
_SECONDS = {"fast": _FAST_S, "medium": sqrt(_FAST_S * _SLOW_S), "slow": _SLOW_S}
_TYPICAL = Usage(input=4_000, output=1_000)
_STRAIN = {"free": 0.12, "economy": 0.10, "standard": 0.04, "premium": 0.0}
"""What a request that reads hard takes from a tier; one that reads easy gives half of it."""
_READS = {"easy": -0.5, "plain": 0.0, "hard": 1.0}
_TAGGED = 0.05
"""What a model gains whose settings tag it with what the request is about."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a dollar and slowness cost, in the unit of success."""

    cost: float
    latency: float


STRATEGIES = {
    "quality-first": Weights(cost=0.1, latency=0.02),
    "learned": Weights(cost=1.0, latency=0.02),
    "balanced": Weights(cost=4.0, latency=0.05),
    "cost-optimized": Weights(cost=30.0, latency=0.05),
}
"""`learned` leaves it to success, which is measured here, unless prices differ by many times."""


@dataclass(frozen=True, slots=True)
class Score:
    """A model's score by its terms.

    Attributes:
        success: how often it is expected to succeed, 0 to 1.
        cost: what is taken off for the price of a run; `latency` for slowness.
        words: what the words of the request take off, or give where it is negative.
        prior: what was expected before anything was measured.
        count: how many runs of the model here are behind `success`; `runs` is their weight.
        spread: the standard deviation of `success`; 0 where nothing was measured.
        usd, seconds: what a run is expected to cost and to take.
    """

    model: str
    success: float
    cost: float
    latency: float
    words: float = 0.0
    prior: float = 0.0
    count: int = 0
    runs: float = 0.0
    spread: float = 0.0
    usd: float = 0.0
    seconds: float = 0.0

    @property
    def total(self) -> float:
        """The higher, the sooner it is asked."""
        return self.success - self.cost - self.latency - self.words


def prior_of(model: Model) -> Prior:
    """What the registry lets expect. A price that nobody knows is the highest of its tier."""
    return Prior(
        success=_PRIOR[model.cost_tier] - (_GUESSED if model.inferred else 0.0),
        usd=upper_bound(model, model.cost(_TYPICAL)),
        seconds=_SECONDS[model.latency],
    )


def score(model: Model, strategy: str, features: Features) -> Score:
    """The score of a model of which nothing was measured.

    Args:
        model: of the registry.
        strategy: what counts most; one of `STRATEGIES`.
        features: of the request's words.
    """
    prior, weights = prior_of(model), weights_of(strategy)
    tagged = _TAGGED if features.tags & model.capabilities else 0.0
    return Score(
        model=model.id,
        success=prior.success,
        cost=weights.cost * prior.usd,
        latency=weights.latency * slowness(prior.seconds),
        words=_STRAIN[model.cost_tier] * _READS[features.difficulty] - tagged,
        prior=prior.success,
        usd=prior.usd,
        seconds=prior.seconds,
    )


def measured(before: Score, strategy: str, experience: Experience, where: tuple[str, str]) -> Score:
    """A score by what runs here have taught.

    Args:
        before: the score of the same model without them.
        strategy: what counts most.
        experience: from the journal.
        where: the task's id and the language.
    """
    prior = Prior(before.prior, before.usd, before.seconds)
    belief = experience.belief(before.model, prior, *where)
    weights = weights_of(strategy)
    return Score(
        model=before.model,
        success=belief.mean,
        cost=weights.cost * belief.usd,
        latency=weights.latency * slowness(belief.seconds),
        words=before.words,
        prior=before.prior,
        count=belief.count,
        runs=belief.runs,
        spread=belief.spread,
        usd=belief.usd,
        seconds=belief.seconds,
    )


def weights_of(strategy: str) -> Weights:
    """What a dollar and slowness cost by a strategy."""
    return STRATEGIES.get(strategy, STRATEGIES["balanced"])


def slowness(seconds: float) -> float:
    """0 to 1: people notice how many times longer something takes."""
    return min(max(log(max(seconds, 0.001) / _FAST_S) / log(_SLOW_S / _FAST_S), 0.0), 1.0)
