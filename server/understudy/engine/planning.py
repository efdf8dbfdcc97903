"""The plans for a task, best first: few enough to value all of them at each decision.

Each model may come first with those who usually take over from it, or with any other one behind it,
and the best of the rest behind that; or beside another one at the same time. More than three models
are a chain that the user writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from understudy.engine.plans import Scale, entrant_of, valued
from understudy.engine.scoring import weights_of
from understudy.models.model import TIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from understudy.engine.plans import Entrant, Plan
    from understudy.engine.scoring import Score
    from understudy.models.registry import Model

_HEADS = 5
"""So many of the best models, and the best one of each tier, are combined."""
_KNOWN_RUNS = 8.0
"""Two models are asked at the same time only when so many runs, by weight, say how long they take."""
_ENOUGH = 0.9
"""The offline model alone is a plan where it succeeds that often."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a decision is made of.

    Attributes:
        known: the models, by id.
        heads: those of which plans are made, best first.
        scores: of all models that might take over, by id.
        strategy: says what a dollar and slowness take off.
        behind: who takes over from each of them when nothing else is planned.
        combined: whether a plan says who takes over; else the user did, or nobody does.
        most_usd: what a model may cost that takes over.
        racing_usd: what a model may cost that is asked beside another one; 0 where none may be.
        offline: how often the offline model, which is asked before, succeeds; 0 where it is not
            asked.
        alike: how many times as often a model fails where another one failed before it.
    """

    known: Mapping[str, Model]
    heads: Sequence[str]
    scores: Mapping[str, Score]
    strategy: str
    behind: Mapping[str, Sequence[str]]
    combined: bool = True
    most_usd: float = inf
    racing_usd: float = 0.0
    offline: float = 0.0
    alike: float = 1.0


def heads_of(usable: Iterable[Score], known: Mapping[str, Model]) -> tuple[str, ...]:
    """The models that plans are made of: the best ones, and the best one of each tier.

    Args:
        usable: the scores of all that can be asked, best first; read no further than needed.
        known: the models, by id.
    """
    found: list[str] = []
    tiers: set[str] = set()
    for one in usable:
        tier = known[one.model].cost_tier
        if len(found) < _HEADS or tier not in tiers:
            found.append(one.model)
            tiers.add(tier)
        if len(found) >= _HEADS and len(tiers) == len(TIERS):
            break
    return tuple(found)


def plans_of(choice: Choice) -> tuple[Plan, ...]:
    """All plans, best first; of equal ones the one with fewer models, then the one found first."""
    scale = Scale(weights_of(choice.strategy), choice.alike, choice.offline)
    entrants = {name: entrant_of(one) for name, one in _needed(choice).items()}
    found = [valued((), scale)] if choice.offline >= _ENOUGH else []
    for models, together in dict.fromkeys(_ways(choice, entrants)):
        ordered = [entrants[name] for name in models if name in entrants]
        found.append(valued(ordered, scale, together=together))
    return tuple(sorted(found, key=lambda one: (-round(one.total, 9), len(one.models))))


def _needed(choice: Choice) -> dict[str, Score]:
    names = [*choice.heads, *(name for one in choice.heads for name in choice.behind[one])]
    return {name: choice.scores[name] for name in names if name in choice.scores}


def _ways(
    choice: Choice, entrants: Mapping[str, Entrant]
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Models in their order, and whether the first two are asked at the same time."""
    for first in choice.heads:
        yield (first, *_usual(choice, first)), False
    if not choice.combined:
        return
    cost = weights_of(choice.strategy).cost
    others = [name for name in choice.heads if entrants[name].usd <= choice.most_usd]
    others.sort(key=lambda name: cost * entrants[name].usd - entrants[name].success)
    for first in choice.heads:
        for second in others:
            if first != second:
                last = [name for name in others if name not in {first, second}][:1]
                yield (first, second, *last), False
                if first < second and _may_race(choice, first, second):
                    pair = sorted((first, second), key=lambda name: entrants[name].seconds)
                    yield (*pair, *last), True


def _usual(choice: Choice, first: str) -> list[str]:
    """Who takes over from a model: whom the user named, or those of its usual ones who may."""
    usual = choice.behind[first]
    if not choice.combined:
        return [*usual]
    return [name for name in usual if choice.scores[name].usd <= choice.most_usd]


def _may_race(choice: Choice, first: str, second: str) -> bool:
    """Whether two models may be asked at the same time.

    They have prices, so that it is known what that costs: what is free is short of something else,
    a quota or the one graphics card. Of both it is known how long they take, and a server that
    has trouble is not the server of both.
    """
    scores = [choice.scores[first], choice.scores[second]]
    if max(one.usd for one in scores) > choice.racing_usd:
        return False
    models = [choice.known[first], choice.known[second]]
    priced = all(one.price_in and one.locality == "cloud" for one in models)
    measured = all(one.runs >= _KNOWN_RUNS for one in scores)
    return priced and measured and models[0].provider != models[1].provider
