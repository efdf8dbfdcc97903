"""What the journal teaches about models: how often each succeeds, for what it costs and how long.

Success is a Beta distribution for each model, task and language. What is expected of a cell is what
the next wider one tells, without what the cell itself counted, with the weight of `PRIOR_RUNS` runs:
a tier's prior, then the model, then the model at the task, then at the task in the language
(partial pooling, Gelman et al., Bayesian Data Analysis, chapter 5, with a fixed strength k). About
its neighbours a cell of n runs tells as much as nk / (n + k) runs would, so never more than k. One
run moves little, and no number of runs is a threshold.

Where one model failed, others fail more often than elsewhere: those are the harder problems. How
much more is one number for all, so that a plan's success does not depend on the order of its models.

Old runs fade: each later run of the same task in the same language, whoever was asked, and each day
takes a fixed share of their weight. So a model that did badly once is worth a look again some time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US
from understudy.engine.tally import Tally
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.journal.trials import Trial

    Where = tuple[str, str, str]
    """A model, a task and a language."""

PRIOR_RUNS = 8.0
"""How many runs what is expected weighs as much as: one failure takes 0.76 to 0.68, three to 0.55."""
HALF_LIFE_RUNS = 20.0
"""After so many later runs of its kind a run counts half: all together never count above 30."""
HALF_LIFE_DAYS = 30.0
"""After so many days it counts half too: models are replaced behind their names."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What is expected of a model for one kind of work.

    Attributes:
        good, bad: the parameters of the Beta distribution of its success.
        runs: what the model's runs weigh in all of this, those at other work less.
        count: how many runs of the model there were; 0 when nothing but the prior is known.
        usd, seconds: what a run costs and takes.
    """

    good: float
    bad: float
    runs: float
    count: int
    usd: float
    seconds: float

    @property
    def mean(self) -> float:
        """The expected success, 0 to 1."""
        return self.good / (self.good + self.bad)

    @property
    def spread(self) -> float:
        """The standard deviation of it."""
        total = self.good + self.bad
        return sqrt(self.good * self.bad / (total * total * (total + 1)))


@dataclass(frozen=True, slots=True)
class Prior:
    """What is expected of a model of which nothing was measured."""

    success: float
    usd: float
    seconds: float


_NONE = Tally()


@dataclass(frozen=True, slots=True)
class Experience:
    """What was learned, frozen; equal trials at an equal time make equal ones.

    Attributes:
        models: of which there is anything, as the journal names them.
        fixed: in how many runs the offline model found the fix, and all it was asked in, by
            language and the problem's code; an empty code stands for all.
        alike: how many times as often a model fails where another one failed before it, as
            elsewhere; 1 where they fail independently, and where nothing is known.
        strength: how many runs what is expected of a cell weighs as much as.
    """

    models: frozenset[str] = frozenset()
    fixed: Mapping[tuple[str, str], tuple[int, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    alike: float = 1.0
    strength: float = PRIOR_RUNS
    _wide: Mapping[str, Tally] = field(default_factory=lambda: MappingProxyType({}))
    _kinds: Mapping[tuple[str, str], Tally] = field(default_factory=lambda: MappingProxyType({}))
    _cells: Mapping[Where, Tally] = field(default_factory=lambda: MappingProxyType({}))

    def belief(self, model: str, prior: Prior, task: str, language: str) -> Belief:
        """What is expected of a model, for a task in a language."""
        name = clean("model", model)
        wide = self._wide.get(name, _NONE)
        kind = self._kinds.get((name, task), _NONE)
        cell = self._cells.get((name, task, language), _NONE)
        mean, usd, seconds = prior.success, prior.usd, prior.seconds
        runs, k = cell.total, self.strength
        for tally, part in ((wide, kind), (kind, cell)):
            # Of what is wider, its own part is left out, so that no run counts twice.
            rest = tally.without(part.faded(_share(part, k)))
            mean = _pooled(mean, rest.good, rest.total, k)
            usd = _pooled(usd, rest.usd, rest.priced, k)
            seconds = _pooled(seconds, rest.seconds, rest.total, k)
            runs += rest.total
        return Belief(
            good=k * mean + cell.good,
            bad=k * (1 - mean) + cell.total - cell.good,
            runs=runs,
            count=wide.count,
            usd=_pooled(usd, cell.usd, cell.priced, k),
            seconds=_pooled(seconds, cell.seconds, cell.total, k),
        )

    def at(self, model: str, task: str, language: str) -> Tally:
        """The model's own runs at a task in a language."""
        return self._cells.get((clean("model", model), task, language), _NONE)


NOTHING = Experience()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A tally as it was at a time: of the clock, and after so many runs of its kind of work."""

    tally: Tally
    at_us: int
    runs: int

    def now(self, now_us: int, halvings: float) -> Tally:
        """The tally at a time, after so many half-lives by other runs."""
        days = max(now_us - self.at_us, 0) / DAY_US
        return self.tally.faded(float(0.5 ** (days / HALF_LIFE_DAYS + halvings)))


class Learning:
    """Takes in trials, oldest first, and says at any time what they teach.

    Args:
        half_life_runs: after so many later runs of its kind a run counts half.
        strength: how many runs what is expected of a cell weighs as much as.
    """

    def __init__(
        self, half_life_runs: float = HALF_LIFE_RUNS, strength: float = PRIOR_RUNS
    ) -> None:
        self._half_life_runs = half_life_runs
        self._strength = strength
        self._after: dict[Where, _Cell] = {}
        self._cells: dict[Where, _Cell] = {}
        self._runs: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], str] = {}

    def add(self, trial: Trial) -> None:
        """Count one more trial, which is newer than all before it."""
        kind = (trial.task, trial.language)
        if self._last.get(kind) != trial.run:
            # Several models of one run are tried at the same time.
            self._last[kind] = trial.run
            self._runs[kind] += 1
        self._count(self._cells, trial)
        if trial.after:
            self._count(self._after, trial)

    def _count(self, cells: dict[Where, _Cell], trial: Trial) -> None:
        key = (trial.model, trial.task, trial.language)
        before = cells.get(key)
        faded = _NONE if before is None else self._now(key, before, trial.at_us)
        runs = self._runs[trial.task, trial.language]
        cells[key] = _Cell(faded.plus(_one(trial)), trial.at_us, runs)

    def _now(self, key: Where, cell: _Cell, now_us: int) -> Tally:
        """A cell with its runs faded until now."""
        return cell.now(now_us, (self._runs[key[1:]] - cell.runs) / self._half_life_runs)

    def experience(self, now_us: int, more: Mapping[Where, Tally] | None = None) -> Experience:
        """What is known at a time.

        Args:
            now_us: the time.
            more: tallies from elsewhere, which count as well.
        """
        cells = self.cells(now_us)
        alike = self._alike(cells, now_us)
        for key, tally in (more or {}).items():
            cells[key] = cells.get(key, _NONE).plus(tally)
        wide: dict[str, Tally] = defaultdict(Tally)
        kinds: dict[tuple[str, str], Tally] = defaultdict(Tally)
        for (model, task, _), tally in cells.items():
            kinds[model, task] = kinds[model, task].plus(tally.faded(_share(tally, self._strength)))
        for (model, _), tally in kinds.items():
            wide[model] = wide[model].plus(tally.faded(_share(tally, self._strength)))
        return Experience(
            models=frozenset(wide),
            alike=alike,
            strength=self._strength,
            _wide=MappingProxyType(dict(wide)),
            _kinds=MappingProxyType(dict(kinds)),
            _cells=MappingProxyType(cells),
        )

    def cells(self, now_us: int) -> dict[Where, Tally]:
        """The runs of each model at each task in each language, as they count at a time."""
        return {key: self._now(key, cell, now_us) for key, cell in self._cells.items()}

    def _alike(self, cells: Mapping[Where, Tally], now_us: int) -> float:
        """Failures behind others' failures over those that the same models' other runs let expect."""
        failed = expected = PRIOR_RUNS
        for key, cell in self._after.items():
            whole, after = cells[key], self._now(key, cell, now_us)
            rest = whole.without(after)
            often = _pooled(whole.good / whole.total, rest.good, rest.total, PRIOR_RUNS)
            failed += after.total - after.good
            expected += after.total * (1.0 - often)
        return max(failed / expected, 1.0)


def _share(tally: Tally, strength: float) -> float:
    """How much of a tally's weight tells about work of which it is no part."""
    return strength / (strength + tally.total)


def _one(trial: Trial) -> Tally:
    return Tally(
        good=float(trial.good),
        total=1.0,
        usd=trial.usd or 0.0,
        priced=float(trial.usd is not None),
        seconds=trial.seconds,
        count=1,
    )


def experience_of(trials: Iterable[Trial], now_us: int) -> Experience:
    """What trials teach, oldest first."""
    learning = Learning()
    for trial in trials:
        learning.add(trial)
    return learning.experience(now_us)


def _pooled(expected: float, total: float, weight: float, strength: float) -> float:
    """The mean of `weight` runs that sum up to `total`, and of `strength` as they were expected."""
    return (strength * expected + total) / (strength + weight)
