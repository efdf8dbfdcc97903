"""How well the gate's scores said what became of edits."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from understudy.core.binomial import lower_bound
from understudy.core.refit import ENOUGH, shift
from understudy.engine.evidence import BANDS
from understudy.engine.strata import SHIPPED, standing
from understudy.journal.labels import one_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.engine.strata import Standing
    from understudy.journal.labels import Label

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Problems with neighbouring scores.

    Attributes:
        low / high: the smallest and the largest score among them.
        predicted: their mean; `kept`: the share that was right.
    """

    low: float
    high: float
    total: int
    predicted: float
    kept: float


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some problems had an edit that was right.

    Attributes:
        bound: the exact lower bound of the share, at 95 %.
    """

    name: str
    good: float
    total: int
    bound: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A group whose intercept is fitted: what its log-odds are shifted by."""

    model: str
    task: str
    language: str
    total: int
    shift: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything that can be said about the scores, by problem and not by edit.

    Attributes:
        good: how many were right; one that was changed counts by the share of it that is left.
        brier: the mean squared error of the scores; None without any judged edit.
        skill: by how much that is better than always saying the share that was right; None where
            all or none were.
        ece: the expected calibration error over bins of equal mass.
        auroc: how often a right edit scores above a wrong one; None where all or none were right.
    """

    total: int
    good: float
    brier: float | None
    skill: float | None
    ece: float | None
    auroc: float | None
    bins: tuple[Bin, ...]
    bands: tuple[Share, ...]
    strata: tuple[Standing, ...]
    fits: tuple[Fit, ...]


def calibrate(labels: Iterable[Label]) -> Calibration:
    """The calibration by all labels; of several edits for one problem the last one counts."""
    found = one_each(labels)
    # By the score alone: equal ones stay in the order of time, or the wrong ones would come first.
    scored = sorted(((one.score, one.good) for one in found), key=lambda one: one[0])
    good = sum(one for _, one in scored)
    bins = tuple(_bins(scored))
    return Calibration(
        total=len(scored),
        good=good,
        brier=_brier(scored),
        skill=_skill(scored),
        ece=_ece(bins),
        auroc=_auroc(scored),
        bins=bins,
        bands=tuple(_bands(found)),
        strata=tuple(_strata(found)),
        fits=tuple(_fits(found)),
    )


def _bins(scored: Sequence[tuple[float, float]]) -> Iterable[Bin]:
    count = min(BINS, len(scored))
    for number in range(count):
        part = scored[number * len(scored) // count : (number + 1) * len(scored) // count]
        yield Bin(
            low=part[0][0],
            high=part[-1][0],
            total=len(part),
            predicted=fsum(score for score, _ in part) / len(part),
            kept=sum(good for _, good in part) / len(part),
        )


def _brier(scored: Sequence[tuple[float, float]]) -> float | None:
    if not scored:
        return None
    return fsum((score - good) ** 2 for score, good in scored) / len(scored)


def _skill(scored: Sequence[tuple[float, float]]) -> float | None:
    brier = _brier(scored)
    rate = sum(good for _, good in scored) / max(len(scored), 1)
    spread = fsum((good - rate) ** 2 for _, good in scored)
    return 1 - brier * len(scored) / spread if brier is not None and spread else None


def _ece(bins: Sequence[Bin]) -> float | None:
    total = sum(one.total for one in bins)
    if not total:
        return None
    return fsum(one.total * abs(one.predicted - one.kept) for one in bins) / total


def _auroc(scored: Sequence[tuple[float, float]]) -> float | None:
    """By the ranks of the right ones (Mann-Whitney); equal scores share their mean rank."""
    good = sum(one for _, one in scored)
    bad = len(scored) - good
    if not good or not bad:
        return None
    ranks, at = 0.0, 0
    while at < len(scored):
        end = at
        while end < len(scored) and scored[end][0] == scored[at][0]:
            end += 1
        ranks += sum(one for _, one in scored[at:end]) * (at + 1 + end) / 2
        at = end
    return (ranks - good * (good + 1) / 2) / (good * bad)


def _bands(found: Sequence[Label]) -> Iterable[Share]:
    for band in BANDS:
        own = [one.good for one in found if one.band == band.value]
        if own:
            yield Share(band.value, sum(own), len(own), lower_bound(sum(own), len(own)))


def _strata(found: Sequence[Label]) -> Iterable[Standing]:
    names = dict.fromkeys((*SHIPPED, *sorted({one.stratum for one in found if one.stratum})))
    for name in names:
        yield standing(name, [one.good for one in found if one.stratum == name])


def _fits(found: Sequence[Label]) -> Iterable[Fit]:
    for group in sorted({one.kind[:3] for one in found}):
        own = [one for one in found if one.kind[:3] == group and one.log_odds is not None]
        if len(own) >= ENOUGH:
            predicted = [one.log_odds for one in own if one.log_odds is not None]
            yield Fit(*group, len(own), shift(predicted, [one.good for one in own]))
