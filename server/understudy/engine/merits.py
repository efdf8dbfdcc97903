"""What strategies are worth: how often each cleared the failure that it was used after.

The chance is a Beta distribution for each strategy. What is expected of it for a category of failures,
of a model, in a language is pooled: what the next wider cell tells, without what the narrower one counts
itself, weighs as much as `PRIOR_USES` uses, and a cell never tells its neighbours more than that (partial
pooling with a fixed strength, as for models in `understudy.engine.learned`). Old uses fade, so that what was given up is tried again some time.

A strategy that is chosen after others failed gets the harder cases. So the plain question is only ever
judged by its first uses in a run where others are compared with it, and a strategy is given up by
comparing first uses alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from understudy.core.clock import DAY_US
from understudy.strategies import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PRIOR = 0.35
"""The share of failures that is expected to be cleared by a strategy of which nothing is known."""
PRIOR_USES = 4.0
"""How many uses what is expected weighs as much as."""
ENOUGH_USES = 8.0
"""So many first uses, by their weight, must speak against a strategy before it is given up."""
_FREE_ENOUGH, _FREE_LEAST = 20.0, 0.1
"""What asks nobody is given up when so many uses cleared less than this share."""

Key = tuple[str, ...]
Sum = tuple[float, float]
_NONE: Sum = (0.0, 0.0)


class Trial(Protocol):
    """A use of a strategy, such as `understudy.journal.strategy_uses.Used`."""

    @property
    def at_us(self) -> int:
        """When, in microseconds since 1970."""

    @property
    def strategy(self) -> str:
        """Its id."""

    @property
    def category(self) -> str:
        """Of the failure."""

    @property
    def model(self) -> str:
        """Who was asked."""

    @property
    def language(self) -> str:
        """Of the document."""

    @property
    def step(self) -> int:
        """How often the model was asked again in the run."""

    @property
    def cleared(self) -> bool:
        """Whether it cleared the failure."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a strategy is wanted for.

    Attributes:
        model: as the journal names it.
    """

    category: str
    model: str
    language: str


@dataclass(frozen=True, slots=True)
class Merit:
    """What is expected of a strategy in a case: a Beta distribution.

    Attributes:
        uses: what its own uses in just this case weigh.
    """

    good: float
    bad: float
    uses: float

    @property
    def mean(self) -> float:
        """The expected share of failures that it clears."""
        return self.good / (self.good + self.bad)

    @property
    def bound(self) -> float:
        """One standard deviation below that: what it clears at least, with about 84 %."""
        total = self.good + self.bad
        return self.mean - sqrt(self.good * self.bad / (total * total * (total + 1)))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Uses by cell, each by its weight: `(cleared, all)`.

    Attributes:
        pooled: what a cell tells about its parts: of each part no more than `PRIOR_USES`.
        counted: all uses after one category of failures of a model.
    """

    pooled: Mapping[Key, Sum] = field(default_factory=lambda: MappingProxyType({}))
    counted: Mapping[Key, Sum] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Merits:
    """What earlier uses teach, frozen."""

    _all: _Sums = field(default_factory=_Sums)
    _first: _Sums = field(default_factory=_Sums)

    def of(self, strategy: str, case: Case, *, first: bool = False) -> Merit:
        """What is expected of a strategy in a case; by its first uses in runs alone with `first`."""
        pooled = (self._first if first else self._all).pooled
        cells = [pooled.get(key, _NONE) for key in _keys(strategy, case)]
        mean = PRIOR
        for wider, part in pairwise(cells):
            # Of what is wider, its own part is left out, so that no use counts twice.
            share = _share(part)
            good = max(wider[0] - share * part[0], 0.0)
            weight = max(wider[1] - share * part[1], 0.0)
            mean = (PRIOR_USES * mean + good) / (PRIOR_USES + weight)
        good, total = cells[-1]
        return Merit(PRIOR_USES * mean + good, PRIOR_USES * (1 - mean) + total - good, total)

    def is_given_up(self, strategy: str, case: Case) -> bool:
        """Whether a strategy was found to be no better than the plain question.

        That is decided for a category of failures of a model, whatever the language.
        """
        if strategy == PLAIN:
            return False
        good, total = _counted(self._first, strategy, case)
        plain_good, plain_total = _counted(self._first, PLAIN, case)
        if min(total, plain_total) < ENOUGH_USES:
            return False
        return good / total <= plain_good / plain_total

    def is_idle(self, strategy: str, case: Case) -> bool:
        """Whether what asks nobody hardly ever helps in such a case, so that its time is saved."""
        good, total = _counted(self._all, strategy, case)
        return total >= _FREE_ENOUGH and good < _FREE_LEAST * total


NOTHING = Merits()


def merits_of(trials: Iterable[Trial], now_us: int, half_life_days: float) -> Merits:
    """What uses teach at a time.

    Args:
        trials: in any order.
        now_us: the clock.
        half_life_days: after how many days a use counts half.
    """
    every: dict[Key, Sum] = {}
    first: dict[Key, Sum] = {}
    for one in trials:
        age = max(now_us - one.at_us, 0) / DAY_US
        weight = float(0.5 ** (age / half_life_days))
        own = weight * one.cleared, weight
        key = (one.strategy, one.category, one.model, one.language)
        for sums in (every, first) if one.step == 1 else (every,):
            _add(sums, key, own)
    return Merits(_summed(every), _summed(first))


def _summed(cells: Mapping[Key, Sum]) -> _Sums:
    pooled, counted = dict(cells), dict[Key, Sum]()
    for key, own in cells.items():
        _add(counted, key[:-1], own)
    level = cells
    while any(len(key) > 1 for key in level):
        wider: dict[Key, Sum] = {}
        for key, (good, total) in level.items():
            share = _share((good, total))
            _add(wider, key[:-1], (share * good, share * total))
        pooled |= wider
        level = wider
    return _Sums(MappingProxyType(pooled), MappingProxyType(counted))


def _add(sums: dict[Key, Sum], key: Key, own: Sum) -> None:
    good, total = sums.get(key, _NONE)
    sums[key] = good + own[0], total + own[1]


def _share(part: Sum) -> float:
    """How much of a part's weight tells about its neighbours."""
    return PRIOR_USES / (PRIOR_USES + part[1])


def _counted(sums: _Sums, strategy: str, case: Case) -> Sum:
    return sums.counted.get(_keys(strategy, case)[2], _NONE)


def _keys(strategy: str, case: Case) -> tuple[Key, Key, Key, Key]:
    """The cells that a case lies in, the widest first."""
    whole = (strategy, case.category, case.model, case.language)
    return whole[:1], whole[:2], whole[:3], whole
