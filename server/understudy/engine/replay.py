"""What the router would have chosen at every run of the journal, and what that would have been worth.

What a model that was not asked would have done is known to nobody. So a choice counts for the share
of its model's runs at that task that succeeded, over all of the journal, and only models are
compared that have enough of them (the direct method of off-policy evaluation). The router is told
of each run only what came before it; the shares know the end, so `always the best` is a bound that
nobody could reach.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.engine.learned import Learning
from understudy.engine.router import route
from understudy.engine.scoring import prior_of
from understudy.engine.situation import Situation
from understudy.journal.vocabulary import clean
from understudy.models.registry import known_models
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.learned import Experience
    from understudy.journal.trials import Trial
    from understudy.models.registry import Model
    from understudy.tasks import Task

ENOUGH = 10
"""Fewer runs of a model at a task say too little about it to compare it there."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a model did at a task.

    Attributes:
        runs, good: how many runs asked it, and in how many it succeeded.
        usd: what a run cost, over those of which that is known; None for none of them.
    """

    model: str
    runs: int
    good: int
    usd: float | None

    @property
    def success(self) -> float:
        """The share of runs in which it succeeded."""
        return self.good / self.runs


@dataclass(frozen=True, slots=True)
class Replayed:
    """One task, over all of its runs.

    Attributes:
        runs: how many decisions the router made again.
        success: what its choices were worth, 0 to 1.
        best, cheapest: the models that succeeded most, and that are expected to cost least.
        choices: how often each model was chosen, most often first.
    """

    task: str
    runs: int
    success: float
    best: Worth
    cheapest: Worth
    models: tuple[Worth, ...]
    choices: tuple[tuple[str, int], ...]

    @property
    def regret(self) -> float:
        """By how much always asking the best model would have succeeded more often."""
        return self.best.success - self.success

    @property
    def gain(self) -> float:
        """By how much it succeeded more often than always asking the cheapest model."""
        return self.success - self.cheapest.success


@dataclass(frozen=True, slots=True)
class TooFew:
    """A task of which too little is known, with the runs that each model still needs."""

    task: str
    models: tuple[Worth, ...]

    @property
    def needed(self) -> int:
        """How many more runs of models must be known until two of them can be compared."""
        counts = sorted((one.runs for one in self.models), reverse=True)
        two = [*counts, 0, 0][:2]
        return sum(max(ENOUGH - count, 0) for count in two)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All tasks of the journal.

    Attributes:
        trials: how many there were to learn from.
    """

    trials: int
    replayed: tuple[Replayed, ...] = ()
    too_few: tuple[TooFew, ...] = ()


def evaluate(trials: Sequence[Trial], settings: Settings) -> Evaluation:
    """Make all decisions again. Chains in the settings do not count: what is judged is the router.

    Args:
        trials: of the journal, oldest first.
        settings: with the models that may be compared, and the strategy.
    """
    free = replace(
        settings,
        model_routing=MappingProxyType({}),
        routing=replace(settings.routing, exploration=0.0),
    )
    known = {clean("model", one.id): one for one in known_models(free).values()}
    by_task: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        if trial.model in known and trial.task in all_tasks():
            by_task[trial.task].append(trial)
    worths = {task: _worths(found) for task, found in by_task.items()}
    enough = {
        task: {one.model: one for one in found if one.runs >= ENOUGH}
        for task, found in worths.items()
    }
    judged = {task: _Task(found, known, free) for task, found in enough.items() if len(found) > 1}
    _replay(trials, judged)
    return Evaluation(
        trials=len(trials),
        replayed=tuple(judged[task].replayed(task) for task in sorted(judged)),
        too_few=tuple(TooFew(task, worths[task]) for task in sorted(worths.keys() - judged.keys())),
    )


def _replay(trials: Iterable[Trial], judged: Mapping[str, _Task]) -> None:
    learning, seen = Learning(), set[str]()
    for trial in trials:
        task = judged.get(trial.task)
        if task is not None and trial.run not in seen:
            seen.add(trial.run)
            task.decide(trial, learning.experience(trial.at_us))
        learning.add(trial)


class _Task:
    """The decisions about one task."""

    def __init__(
        self, worths: Mapping[str, Worth], known: Mapping[str, Model], settings: Settings
    ) -> None:
        self._worths = worths
        self._known = known
        self._settings = settings
        self._choices: Counter[str] = Counter()
        others = (one.id for name, one in known.items() if name not in worths)
        self._against = MappingProxyType(dict.fromkeys(others, "has too few runs"))

    def decide(self, trial: Trial, experience: Experience) -> None:
        """Choose for the run of a trial, by what was known before it."""
        situation = Situation(against=self._against, language=trial.language, experience=experience)
        task: Task = all_tasks()[trial.task]
        for name in route(task, self._settings, None, situation).models:
            if (journaled := clean("model", name)) in self._worths:
                self._choices[journaled] += 1
                return

    def replayed(self, task: str) -> Replayed:
        """What the choices were worth."""
        worths, runs = self._worths, self._choices.total()
        total = sum(worths[model].success * count for model, count in self._choices.items())
        return Replayed(
            task=task,
            runs=runs,
            success=total / runs if runs else 0.0,
            best=max(worths.values(), key=lambda one: (one.success, one.model)),
            cheapest=min(worths.values(), key=lambda one: (self._usd(one), one.model)),
            models=tuple(sorted(worths.values(), key=lambda one: (-one.success, one.model))),
            choices=tuple(self._choices.most_common()),
        )

    def _usd(self, worth: Worth) -> float:
        return prior_of(self._known[worth.model]).usd if worth.usd is None else worth.usd


def _worths(trials: Iterable[Trial]) -> tuple[Worth, ...]:
    by_model: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_model[trial.model].append(trial)
    return tuple(_worth(model, found) for model, found in sorted(by_model.items()))


def _worth(model: str, trials: Sequence[Trial]) -> Worth:
    costs = [one.usd for one in trials if one.usd is not None]
    return Worth(
        model=model,
        runs=len(trials),
        good=sum(one.good for one in trials),
        usd=sum(costs) / len(costs) if costs else None,
    )
