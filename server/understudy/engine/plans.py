"""Ways to go about a task, and what each is worth: expected success less expected cost and time.

A plan asks one model after the other until one succeeds, or its first two at the same time. Whoever
stands later is paid for and waited for only as often as all before it fail (as in the cascades of
"FrugalGPT", Chen, Zaharia and Zou 2023, section 3). Models fail at the same problems, so they fail
together more often than if they were independent: by a factor that is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.scoring import slowness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.scoring import Score, Weights

_ARROW = " \N{RIGHTWARDS ARROW} "
_SUREST = 0.99


@dataclass(frozen=True, slots=True)
class Entrant:
    """What is expected of a model in a plan.

    Attributes:
        success: how often it succeeds where it is asked first, 0 to 1.
        usd, seconds: what asking it costs and takes, however that ends.
    """

    model: str
    success: float
    usd: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is asked, and what that is worth.

    Attributes:
        models: over the network, in the order in which they are asked; none for the offline model
            alone.
        together: whether the first two are asked at the same time.
        success: how often one of them is expected to succeed, 0 to 1.
        usd, seconds: what is expected to be spent until that is known.
        cost, latency: what these take off, in the unit of success.
    """

    models: tuple[str, ...]
    together: bool = False
    success: float = 0.0
    usd: float = 0.0
    seconds: float = 0.0
    cost: float = 0.0
    latency: float = 0.0

    @property
    def total(self) -> float:
        """What it is worth: the higher, the better."""
        return self.success - self.cost - self.latency

    @property
    def name(self) -> str:
        """Its models in one line."""
        if not self.models:
            return "offline only"
        if not self.together:
            return _ARROW.join(self.models)
        return _ARROW.join([" + ".join(self.models[:2]), *self.models[2:]])

    @property
    def way(self) -> str:
        """In words how its models are asked."""
        if self.together:
            return "two at once"
        return ("offline only", "one model")[len(self.models)] if len(self.models) < 2 else _IN_TURN


_IN_TURN = "one after the other"


def entrant_of(score: Score) -> Entrant:
    """What a score says of its model. The request's words count as success."""
    return Entrant(
        model=score.model,
        success=_chance(score.success - score.words),
        usd=score.usd,
        seconds=score.seconds,
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """What all plans of one decision are measured by.

    Attributes:
        weights: what a dollar and slowness take off.
        alike: how many times as often a model fails where another one failed before it.
        before: how often the offline model, which is asked before, already succeeds.
    """

    weights: Weights
    alike: float = 1.0
    before: float = 0.0


def valued(entrants: Sequence[Entrant], scale: Scale, *, together: bool = False) -> Plan:
    """What asking models is worth.

    Args:
        entrants: in their order; of two that are asked at the same time the faster one first.
        scale: what success, dollars and seconds count.
        together: whether the first two are asked at the same time. Both are paid for then.
    """
    start = reached = 1.0 - scale.before
    usd, seconds, passed = 0.0, 0.0, 0.0
    for place, one in enumerate(entrants):
        beside = together and place == 1
        usd += one.usd * (start if beside else reached)
        seconds += reached * (max(one.seconds - passed, 0.0) if beside else one.seconds)
        passed = one.seconds
        failing = (1.0 - one.success) * (scale.alike if place else 1.0)
        reached *= min(failing, _SUREST)
    weights = scale.weights
    return Plan(
        models=tuple(one.model for one in entrants),
        together=together,
        success=1.0 - reached,
        usd=usd,
        seconds=seconds,
        cost=weights.cost * usd,
        latency=weights.latency * slowness(seconds),
    )


def _chance(success: float) -> float:
    return min(max(success, 1.0 - _SUREST), _SUREST)
