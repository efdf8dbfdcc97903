"""What verdicts on labelled patches are worth, as figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING

from understudy.core.binomial import lower_bound
from understudy.core.refit import share, shift
from understudy.engine.calibration import Calibration, calibrate
from understudy.journal.labels import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.evidence import Band, Verdict

STEPS = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """A verdict and whether the edit was right."""

    id: str
    verdict: Verdict
    is_right: bool

    @property
    def is_offered(self) -> bool:
        """Whether nothing rejects it outright."""
        return not self.verdict.hard_stops

    @property
    def rank(self) -> float:
        """What it is ordered by: what is rejected outright comes last."""
        return self.verdict.score if self.is_offered else -1.0


@dataclass(frozen=True, slots=True)
class Tier:
    """How many of the edits that came to a band were right."""

    right: int
    total: int
    of: int

    @property
    def precision(self) -> float | None:
        """None where there is no edit."""
        return self.right / self.total if self.total else None

    @property
    def bound(self) -> float:
        """The exact lower bound of the precision, at 95 %."""
        return lower_bound(self.right, self.total)

    @property
    def coverage(self) -> float:
        """The share of all edits that came to it."""
        return self.total / self.of if self.of else 0.0


def tier(found: Sequence[Scored], *bands: Band) -> Tier:
    """The edits that came to any of the bands."""
    own = [one.is_right for one in found if one.verdict.band in bands]
    return Tier(sum(own), len(own), len(found))


def calibration(found: Sequence[Scored], moved: float = 0.0) -> Calibration:
    """The product's own figures for scores.

    Args:
        found: the edits.
        moved: is added to the log-odds of every score, to allow for another share of right ones.
    """
    return calibrate(
        Label(
            kind=Kind("", "fix", "", ""),
            stratum="",
            band=one.verdict.band.value,
            score=share(one.verdict.log_odds + moved) if moved else one.verdict.score,
            log_odds=one.verdict.log_odds,
            problem=one.id,
            good=one.is_right,
        )
        for one in found
    )


def base_rate_shift(found: Sequence[Scored]) -> float:
    """By how much, in log-odds, the edits are oftener right than their scores say."""
    return shift([one.verdict.log_odds for one in found], [one.is_right for one in found])


def ranked(found: Sequence[Scored]) -> list[Scored]:
    """From the highest score to the lowest; of equal ones the wrong ones come first."""
    return sorted(found, key=lambda one: (-one.rank, one.is_right, one.id))


def risk_coverage(found: Sequence[Scored]) -> list[tuple[float, float, float]]:
    """`(coverage, risk, lowest score)` at so many steps: the share of wrong ones among the best."""
    order = ranked(found)
    curve = []
    for step in range(1, STEPS + 1):
        best = order[: max(1, round(len(order) * step / STEPS))]
        risk = sum(not one.is_right for one in best) / len(best)
        curve.append((len(best) / len(order), risk, best[-1].verdict.score))
    return curve


def aurc(found: Sequence[Scored]) -> float:
    """The area under the risk-coverage curve: the mean risk over all numbers of edits taken."""
    wrong, risks = 0, []
    for taken, one in enumerate(ranked(found), 1):
        wrong += not one.is_right
        risks.append(wrong / taken)
    return fsum(risks) / len(risks)


def auroc(found: Sequence[Scored]) -> float | None:
    """How often a right edit stands above a wrong one; those rejected outright stand last."""
    ordered = [replace(one, verdict=replace(one.verdict, score=one.rank)) for one in found]
    return calibration(ordered).auroc
