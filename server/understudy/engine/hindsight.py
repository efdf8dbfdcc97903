"""What models were worth at the time of each run, by what they did before, in that run and later.

Success is pooled as the router does it (`understudy.engine.learned`), with the runs on both sides of
the time. Where nothing is known, all models are expected to do alike, so that what was not tried does
not decide. Of models that are equal, one that was lucky for a while looks better in hindsight to
whoever is allowed to choose in hindsight: the best fixed plan gains by that at least as much as the
router.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.engine.learned import Learning, Prior
from understudy.engine.plans import Entrant
from understudy.engine.scoring import prior_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from understudy.engine.learned import Experience, Where
    from understudy.engine.tally import Tally
    from understudy.journal.trials import Trial
    from understudy.models.registry import Model

_HALF_LIFE_RUNS = 60.0
"""A run counts half for one that lies so many runs before or behind it."""
_STRENGTH = 1.0
"""What is known of other work weighs as much as so many runs: less than when a model is to be chosen,
for here nobody has to be careful. A model that fails in one language is soon left there, and must not
look as good there as it is in another one; what was tried once or twice must not look certain."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known by now of the time of one run.

    Attributes:
        entrants: what to expect of each model that is compared.
        spreads: the standard deviation of the success of each.
        alike: see `understudy.engine.plans.Scale`.
        asked: the model that was asked first.
    """

    task: str
    language: str
    asked: str
    entrants: Mapping[str, Entrant]
    spreads: Mapping[str, float]
    alike: float


def hindsight(
    trials: Sequence[Trial], runs: Collection[str], known: Mapping[str, Model]
) -> Mapping[str, Moment]:
    """The moments of some runs.

    Args:
        trials: of the journal, oldest first.
        runs: the ids of the runs.
        known: the models that are compared, by the names that the journal has for them.
    """
    mean = sum(one.good for one in trials) / max(len(trials), 1)
    priors = {name: _evenly(model, mean) for name, model in known.items()}
    before = dict(_before([one for one in trials if one.model in known], runs))
    learning, found = Learning(_HALF_LIFE_RUNS, _STRENGTH), {}
    first = {trial.run: trial for trial in reversed(trials)}
    for trial in reversed(trials):
        learning.add(replace(trial, at_us=-trial.at_us))
        if first[trial.run] is trial and trial.run in runs:
            experience = learning.experience(-trial.at_us, before.pop(trial.run, {}))
            found[trial.run] = _moment(trial, experience, priors)
    return found


def _before(
    trials: Iterable[Trial], runs: Collection[str]
) -> Iterator[tuple[str, Mapping[Where, Tally]]]:
    """Runs with what came before each."""
    learning, seen = Learning(_HALF_LIFE_RUNS, _STRENGTH), set[str]()
    for trial in trials:
        if trial.run not in seen:
            seen.add(trial.run)
            if trial.run in runs:
                yield trial.run, learning.cells(trial.at_us)
        learning.add(trial)


def _evenly(model: Model, success: float) -> Prior:
    """What the registry lets expect of a model but for its success."""
    return replace(prior_of(model), success=success)


def _moment(trial: Trial, experience: Experience, priors: Mapping[str, Prior]) -> Moment:
    where = trial.task, trial.language
    beliefs = {name: experience.belief(name, prior, *where) for name, prior in priors.items()}
    return Moment(
        *where,
        asked=trial.model,
        entrants={
            name: Entrant(name, one.mean, one.usd, one.seconds) for name, one in beliefs.items()
        },
        spreads={name: one.spread for name, one in beliefs.items()},
        alike=experience.alike,
    )
