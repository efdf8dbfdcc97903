"""Which model is best for a task: a ranking that does not take chance for a difference."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from understudy.core.binomial import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.journal.model_stats import Group, Stats

ENOUGH = 10
"""Fewer runs of a model say nothing about its rate: ten successes still allow for 72 %."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model at one task.

    Attributes:
        good, n: of how many runs; in how many its answer was proved and stands. One of which only a
            share is left counts by that.
        usd, seconds: what one of its runs costs and how long it takes, on average; None when
            nobody knows.
    """

    name: str
    good: float
    n: int
    usd: float | None
    seconds: float | None

    @property
    def rate(self) -> float:
        """The share of its runs that went well."""
        return self.good / self.n if self.n else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what that share lies with 95 % confidence."""
        return wilson(self.good, self.n)

    @property
    def enough(self) -> bool:
        """Whether it can be compared."""
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer.

    Attributes:
        best: one model, or all those that can't be told from the first; empty where nobody knows.
        ranking: those that can be compared by their lower bounds, and then all others.
        verdict: the answer in words.
    """

    task: str
    language: str
    best: tuple[str, ...]
    ranking: tuple[Candidate, ...]
    verdict: str


def best_for(stats: Stats) -> Choice:
    """The best model within the scope of `stats`, which are by model and about one task."""
    every = [_candidate(group) for group in stats.groups if group.total.runs]
    able = sorted(
        (one for one in every if one.enough), key=lambda one: (-one.bounds[0], -one.n, one.name)
    )
    scarce = sorted((one for one in every if not one.enough), key=lambda one: (-one.n, one.name))
    best = tuple(one.name for one in able if one.good and not differs(able[0], one))
    scope = stats.scope
    where = f"`{scope.task}`" + (f" in `{scope.language}`" if scope.language else "")
    return Choice(
        task=scope.task,
        language=scope.language,
        best=best,
        ranking=(*able, *scarce),
        verdict=_verdict(where, able, best, scarce),
    )


def differs(one: Candidate, other: Candidate) -> bool:
    """Whether `one` is better than `other` by more than chance, with 95 % confidence.

    The interval of the difference is made of both score intervals: method 10 of Newcombe,
    "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17, 1998.
    """
    below = one.rate - one.bounds[0]
    above = other.bounds[1] - other.rate
    return one.rate - other.rate - hypot(below, above) > 0


def _candidate(group: Group) -> Candidate:
    tally = group.total
    unknown = tally.unpriced and not tally.usd
    return Candidate(
        name=group.name,
        good=tally.standing,
        n=tally.runs,
        usd=None if unknown else tally.usd / tally.runs,
        seconds=tally.latency_s / tally.runs if tally.timed else None,
    )


def _verdict(
    where: str, able: Sequence[Candidate], best: Sequence[str], scarce: Sequence[Candidate]
) -> str:
    if not able:
        counts = ", ".join(f"`{one.name}` (n={one.n})" for one in scarce)
        known = f": {counts}" if counts else ", because no run is recorded"
        return f"Not enough data to say which model is best for {where}{known}."
    first = able[0]
    if not best:
        counts = ", ".join(f"`{one.name}` in {one.n} runs" for one in able)
        return f"No model is good for {where}: nothing stands of {counts}."
    if len(best) > 1:
        tied = [one for one in able if one.name in best]
        names = " and ".join(f"`{name}`" for name in best)
        return f"A tie for {where} between {names}: the difference can be chance.{_merits(tied)}"
    told = f"{round(first.good, 1):g} of {first.n} runs, at least {first.bounds[0]:.0%}"
    if len(able) == 1:
        return f"Only `{first.name}` has enough data for {where}: {told}."
    return f"`{first.name}` is best for {where}: {told}."


def _merits(tied: Sequence[Candidate]) -> str:
    """What else tells equals apart."""
    priced = [(one.usd, one.name) for one in tied if one.usd is not None]
    timed = [(one.seconds, one.name) for one in tied if one.seconds is not None]
    cheapest = min(priced)[1] if len(priced) == len(tied) and len(set(_firsts(priced))) > 1 else ""
    fastest = min(timed)[1] if len(timed) == len(tied) and len(set(_firsts(timed))) > 1 else ""
    if cheapest and cheapest == fastest:
        return f" `{cheapest}` is the cheapest and the fastest of them."
    found = ((cheapest, "cheapest"), (fastest, "fastest"))
    return "".join(f" `{name}` is the {what} of them." for name, what in found if name)


def _firsts(pairs: Sequence[tuple[float, str]]) -> list[float]:
    return [value for value, _ in pairs]
