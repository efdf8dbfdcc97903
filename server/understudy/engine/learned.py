"""What the journal teaches about models: how often each succeeds, for what it costs and how long.

Success is a Beta distribution for each model, task and language. What is expected of a cell is what
the next wider one tells, without what the cell itself counted, with the weight of `PRIOR_RUNS` runs:
a tier's prior, then the model, then the model at the task, then at the task in the language
(partial pooling, Gelman et al., Bayesian Data Analysis, chapter 5, with a fixed strength k). About
its neighbours a cell of n runs tells as much as nk / (n + k) runs would, so never more than k. One
run moves little, and no number of runs is a threshold.

Old runs fade: each later run of the same task in the same language, whoever was asked, and each day
takes a fixed share of their weight. So a model that did badly once is worth a look again some time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.journal.trials import Trial

PRIOR_RUNS = 8.0
"""How many runs what is expected weighs as much as: one failure takes 0.76 to 0.68, three to 0.55."""
HALF_LIFE_RUNS = 20.0
"""After so many later runs of its kind a run counts half: all together never count above 30."""
HALF_LIFE_DAYS = 30.0
"""After so many days it counts half too: models are replaced behind their names."""

_DAY_US = 86_400 * 1_000_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Runs of one cell, each by its weight.

    Attributes:
        good, total: runs that succeeded, and all.
        usd, priced: dollars, and the runs of which they are known.
        seconds: how long all took.
        count: runs as they are, unweighted.
    """

    good: float = 0.0
    total: float = 0.0
    usd: float = 0.0
    priced: float = 0.0
    seconds: float = 0.0
    count: int = 0

    def faded(self, share: float) -> Tally:
        """The same with all weights taken times `share`."""
        return Tally(
            self.good * share,
            self.total * share,
            self.usd * share,
            self.priced * share,
            self.seconds * share,
            self.count,
        )

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.good + other.good,
            self.total + other.total,
            self.usd + other.usd,
            self.priced + other.priced,
            self.seconds + other.seconds,
            self.count + other.count,
        )


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
    """

    models: frozenset[str] = frozenset()
    _wide: Mapping[str, Tally] = field(default_factory=lambda: MappingProxyType({}))
    _kinds: Mapping[tuple[str, str], Tally] = field(default_factory=lambda: MappingProxyType({}))
    _cells: Mapping[tuple[str, str, str], Tally] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def belief(self, model: str, prior: Prior, task: str, language: str) -> Belief:
        """What is expected of a model, for a task in a language."""
        name = clean("model", model)
        wide = self._wide.get(name, _NONE)
        kind = self._kinds.get((name, task), _NONE)
        cell = self._cells.get((name, task, language), _NONE)
        mean, usd, seconds = prior.success, prior.usd, prior.seconds
        runs = cell.total
        for tally, part in ((wide, kind), (kind, cell)):
            # Of what is wider, its own part is left out, so that no run counts twice.
            share = _share(part)
            weight = tally.total - part.total * share
            mean = _pooled(mean, tally.good - part.good * share, weight)
            usd = _pooled(usd, tally.usd - part.usd * share, tally.priced - part.priced * share)
            seconds = _pooled(seconds, tally.seconds - part.seconds * share, weight)
            runs += max(weight, 0.0)
        return Belief(
            good=PRIOR_RUNS * mean + cell.good,
            bad=PRIOR_RUNS * (1 - mean) + cell.total - cell.good,
            runs=runs,
            count=wide.count,
            usd=_pooled(usd, cell.usd, cell.priced),
            seconds=_pooled(seconds, cell.seconds, cell.total),
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

    def now(self, now_us: int, runs: int) -> Tally:
        days = max(now_us - self.at_us, 0) / _DAY_US
        halvings = days / HALF_LIFE_DAYS + (runs - self.runs) / HALF_LIFE_RUNS
        return self.tally.faded(float(0.5**halvings))


class Learning:
    """Takes in trials, oldest first, and says at any time what they teach."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str, str], _Cell] = {}
        self._runs: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], str] = {}

    def add(self, trial: Trial) -> None:
        """Count one more trial, which is newer than all before it."""
        kind = (trial.task, trial.language)
        if self._last.get(kind) != trial.run:
            # Several models of one run are tried at the same time.
            self._last[kind] = trial.run
            self._runs[kind] += 1
        key = (trial.model, *kind)
        runs = self._runs[kind]
        before = self._cells.get(key)
        faded = _NONE if before is None else before.now(trial.at_us, runs)
        self._cells[key] = _Cell(faded.plus(_one(trial)), trial.at_us, runs)

    def experience(self, now_us: int) -> Experience:
        """What is known at a time."""
        wide: dict[str, Tally] = defaultdict(Tally)
        kinds: dict[tuple[str, str], Tally] = defaultdict(Tally)
        cells: dict[tuple[str, str, str], Tally] = {}
        for (model, task, language), cell in self._cells.items():
            tally = cell.now(now_us, self._runs[task, language])
            cells[model, task, language] = tally
            kinds[model, task] = kinds[model, task].plus(tally.faded(_share(tally)))
        for (model, _), tally in kinds.items():
            wide[model] = wide[model].plus(tally.faded(_share(tally)))
        return Experience(
            models=frozenset(wide),
            _wide=MappingProxyType(dict(wide)),
            _kinds=MappingProxyType(dict(kinds)),
            _cells=MappingProxyType(cells),
        )


def _share(tally: Tally) -> float:
    """How much of a tally's weight tells about work of which it is no part."""
    return PRIOR_RUNS / (PRIOR_RUNS + tally.total)


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


def _pooled(expected: float, total: float, weight: float) -> float:
    """The mean of `weight` runs that sum up to `total`, and of `PRIOR_RUNS` as they were expected.

    What two sums of fractions differ by may be a little less than nothing.
    """
    weight = max(weight, 0.0)
    return (PRIOR_RUNS * expected + max(total, 0.0)) / (PRIOR_RUNS + weight)
