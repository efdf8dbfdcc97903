"""Choices beside those that could have been made instead, over the same runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import permutations
from math import sqrt
from typing import TYPE_CHECKING

from understudy.engine.plans import Plan, Scale, valued
from understudy.engine.replayed import Margin, Replayed, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from understudy.engine.hindsight import Moment
    from understudy.engine.replayed import Record
    from understudy.engine.scoring import Weights

_MOST_MODELS = 4
"""Plans are made of so many of the models with most runs."""
_LONGEST = 3
_MOST_SHOWN = 5
_NUDGE = 0.001
_ERRORS = 2.0
_ORACLE = "the best for each task and language"

Way = tuple[tuple[str, ...], bool]
"""Models in their order, and whether the first two are asked at the same time."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the router would have chosen at one time: models in their order."""

    moment: Moment
    models: tuple[str, ...]
    together: bool = False

    @property
    def way(self) -> Way:
        """Both as one."""
        return self.models, self.together


def judged(
    task: str, decisions: Sequence[Decision], records: Sequence[Record], weights: Weights
) -> Replayed:
    """Set the router's choices beside all fixed ones.

    Args:
        task: what the decisions are about; empty for several tasks.
        decisions: at least one.
        records: of the models that are compared.
        weights: by which plans are valued.
    """
    models = [one.model for one in sorted(records, key=lambda one: (-one.runs, one.model))]
    worth = _Worth(weights)
    ways = _ways(models, decisions)
    fixed = {way: worth.row(_named(way), decisions, [way] * len(decisions)) for way in ways}
    alone = {way: row for way, row in fixed.items() if len(way[0]) == 1}
    best = max(fixed, key=lambda way: (round(fixed[way].value, 9), -len(way[0])))
    model = max(alone, key=lambda way: round(alone[way].first, 9))
    router = worth.row("the router", decisions, [one.way for one in decisions])
    return Replayed(
        task=task,
        runs=len(decisions),
        router=router,
        best=fixed[best],
        model=fixed[model],
        cheapest=min(alone.values(), key=lambda row: (row.usd, row.name)),
        oracle=worth.row(_ORACLE, decisions, worth.best_of_each(decisions, ways)),
        gain=Margin(
            router.value - fixed[best].value,
            _error(decisions, lambda one, way: worth.plan(one, way).total, best),
        ),
        first_gain=Margin(router.first - fixed[model].first, _error(decisions, _first, model)),
        plans=tuple(sorted(fixed.values(), key=lambda row: -row.value)[:_MOST_SHOWN]),
        choices=tuple(Counter(_named(one.way) for one in decisions).most_common()),
        models=tuple(records),
    )


class _Worth:
    """What ways are worth."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._totals: dict[Way, Sequence[float]] = {}

    def plan(self, moment: Moment, way: Way) -> Plan:
        """A way as a plan at a moment."""
        entrants = [moment.entrants[name] for name in way[0]]
        return valued(entrants, Scale(self._weights, moment.alike), together=way[1])

    def row(self, name: str, decisions: Sequence[Decision], ways: Sequence[Way]) -> Row:
        """The mean over all decisions of a way for each."""
        count, pairs = len(decisions), list(zip(decisions, ways, strict=True))
        plans = [self.plan(one.moment, way) for one, way in pairs]
        if len(set(ways)) == 1:
            self._totals[ways[0]] = [one.total for one in plans]
        return Row(
            name=name,
            first=sum(_first(one.moment, way) for one, way in pairs) / count,
            success=sum(one.success for one in plans) / count,
            usd=sum(one.usd for one in plans) / count,
            seconds=sum(one.seconds for one in plans) / count,
            value=sum(one.total for one in plans) / count,
            asked=sum(one.moment.asked == way[0][0] for one, way in pairs),
        )

    def best_of_each(self, decisions: Sequence[Decision], ways: Sequence[Way]) -> list[Way]:
        """For each decision the way that is worth most for its task and language.

        Args:
            decisions: the same as those of the rows.
            ways: those of which there are rows.
        """
        cells: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, one in enumerate(decisions):
            cells[_where(one)].append(number)
        best = {
            where: max(ways, key=lambda way: sum(self._totals[way][at] for at in numbers))
            for where, numbers in cells.items()
        }
        return [best[_where(one)] for one in decisions]


def _first(moment: Moment, way: Way) -> float:
    """How often the first model of a way succeeds."""
    return moment.entrants[way[0][0]].success


def _where(decision: Decision) -> tuple[str, str]:
    return decision.moment.task, decision.moment.language


def _named(way: Way) -> str:
    return Plan(*way).name


def _ways(models: Sequence[str], decisions: Iterable[Decision]) -> list[Way]:
    """All ways to ask up to three of the models, and those that were chosen."""
    some = models[:_MOST_MODELS]
    orders = [each for size in range(1, _LONGEST + 1) for each in permutations(some, size)]
    ways = [((name,), False) for name in models] + [(each, False) for each in orders]
    return list(dict.fromkeys([*ways, *(one.way for one in decisions)]))


def _error(
    decisions: Sequence[Decision], value: Callable[[Moment, Way], float], fixed: Way
) -> float:
    """Two standard deviations of the mean difference between what was chosen and a fixed way.

    What is known of a model for one task and language errs in the same way at all of its moments;
    for another task, language or choice it errs independently.
    """
    groups: dict[tuple[tuple[str, str], Way], list[float]] = defaultdict(list)
    for one in decisions:
        if one.way != fixed:
            error = _error_at(one.moment, one.way, fixed, value)
            groups[_where(one), one.way].append(error)
    return _ERRORS * sqrt(sum(sum(found) ** 2 for found in groups.values())) / len(decisions)


def _error_at(
    moment: Moment, chosen: Way, fixed: Way, value: Callable[[Moment, Way], float]
) -> float:
    """The standard deviation of the difference at one moment, to the first order."""
    total = 0.0
    for name in {*chosen[0], *fixed[0]}:
        entrant = moment.entrants[name]
        better = replace(entrant, success=entrant.success + _NUDGE)
        nudged = replace(moment, entrants={**moment.entrants, name: better})
        slope = (value(nudged, chosen) - value(moment, chosen)) - (
            value(nudged, fixed) - value(moment, fixed)
        )
        total += (slope / _NUDGE * moment.spreads[name]) ** 2
    return sqrt(total)
