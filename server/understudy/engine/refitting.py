"""Whether the gate's coefficients, refitted to what became of edits, say it better than those that came.

A refit is tried on edits that are later than those it was made of: four times, each time with a later
part of the second half, as it would have been used. It counts only if its predictions were better with
a confidence of 95 %; the one that is kept then is made of all. Both are compared as they would be in
use, with what is learned for each model, task and language (`understudy.journal.history.leans`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum, log, sqrt
from typing import TYPE_CHECKING, Literal

from understudy.core.binomial import Z95
from understudy.core.logistic import Column, fit
from understudy.core.refit import ENOUGH, share
from understudy.engine.calibration import Calibration, calibrate
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.refitted import REFITTABLE, WIDEST_INTERCEPT, columns_of, most_of
from understudy.engine.strata import WINDOW
from understudy.journal.gate_refit import Change, Proof, Refit
from understudy.journal.history import leans
from understudy.journal.labels import one_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.engine.refit_file import RefitRecord
    from understudy.journal.labels import Label

    Case = tuple[Label, float, float]

Verdict = Literal["too_few", "no_better", "refitted", "kept", "demoted"]

ENOUGH_LABELS = 2 * ENOUGH
"""Problems that must be judged: 50 to fit on, fewer of which say too little about a coefficient, and as
many to be tried on. With 50, the interval of the gain is about ± 0.12 nats wide (a simulated user),
so smaller gains could not be told from chance."""
ENOUGH_EACH = 10
"""So many of them must have been right, and as many wrong: what never happened teaches no coefficient."""
ENOUGH_LATER = 30
"""After so many later edits a refit is asked whether it still is better."""
_FOLDS = 4
_DIGITS = 4
_SUREST = 1e-4
"""No prediction is taken for surer: one edit must not decide alone."""
_INTERCEPT = Column(1.0, -WIDEST_INTERCEPT, WIDEST_INTERCEPT)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying to refit.

    Attributes:
        verdict: `too_few` labels, `no_better` than what came along, `refitted`, `kept` as it was
            refitted before, or `demoted` because that one is no better any more.
        total: how many problems were judged that count; `right`: of these, by the share that is left.
        refit: what should count; None for the coefficients that came along.
        in_use: what counts, which is the same once the trial was carried out.
        proof: of what was tried; None with too few labels.
        before / after: how well edits were predicted that the refit had not seen, with the
            coefficients that came along and with the refitted ones.
    """

    verdict: Verdict
    total: int
    refit: Refit | None
    in_use: Refit | None
    right: float = 0.0
    proof: Proof | None = None
    before: Calibration | None = None
    after: Calibration | None = None


def attempt(labels: Iterable[Label], record: RefitRecord) -> Tried:
    """Refit to the latest labels, and see what should count. Changes nothing; takes seconds at most.

    Args:
        labels: oldest first.
        record: what counts now.
    """
    each = [one for one in one_each(labels) if one.log_odds is not None and one.evidence]
    each = [one for one in each if one.at_us > record.after_us][-WINDOW:]
    right = fsum(one.good for one in each)
    if record.refit is not None and _is_worse(each, record.refit):
        return Tried("demoted", len(each), None, record.refit, right)
    usual: Verdict = "no_better" if record.refit is None else "kept"
    if len(each) < ENOUGH_LABELS or min(right, len(each) - right) < ENOUGH_EACH:
        few: Verdict = "too_few" if record.refit is None else "kept"
        return Tried(few, len(each), record.refit, record.refit, right)
    cases = list(_cases(each))
    proof = _proof(cases, len(each))
    is_better = proof.low > 0 and proof.brier_after < proof.brier_before
    return Tried(
        verdict="refitted" if is_better else usual,
        total=len(each),
        refit=refitted(each, proof) if is_better else record.refit,
        in_use=record.refit,
        right=right,
        proof=proof,
        before=calibrate(replace(one, score=old) for one, old, _ in cases),
        after=calibrate(replace(one, score=new) for one, _, new in cases),
    )


def refitted(labels: Sequence[Label], proof: Proof | None = None) -> Refit:
    """The coefficients that are likeliest after all labels, one for each problem."""
    columns = [*map(_column, REFITTABLE), _INTERCEPT]
    rows = [(*columns_of(one.evidence), (len(REFITTABLE), 1.0)) for one in labels]
    offsets = [one.log_odds or 0.0 for one in labels]
    *changes, intercept = fit(columns, rows, offsets, [one.good for one in labels])
    found = zip(REFITTABLE, changes, strict=True)
    return Refit(
        intercept=round(intercept, _DIGITS),
        changes={name: one for name, moved in found if (one := _change(name, moved)) is not None},
        proof=proof,
        until_us=max((one.at_us for one in labels), default=0),
    )


def _column(name: str) -> Column:
    """The belief that a coefficient is right as counted elsewhere, to a quarter of its size or so."""
    old = WEIGHTS[name].log_odds
    return Column(max(old / 4, 0.25), -old, most_of(name) - old)


def _change(name: str, moved: float) -> Change | None:
    weight = WEIGHTS[name]
    if not round(moved, _DIGITS):
        return None
    new = min(max(round(weight.log_odds + moved, _DIGITS), 0.0), most_of(name))
    return Change(weight.log_odds, new, weight.neutral)


def _cases(each: Sequence[Label]) -> Iterable[Case]:
    """Each later edit, with what would have been predicted of it without a refit and with one."""
    half = len(each) // 2
    cuts = [half + (len(each) - half) * number // _FOLDS for number in range(_FOLDS + 1)]
    for first, last in pairwise(cuts):
        seen, unseen = each[:first], each[first:last]
        yield from _predicted(seen, unseen, refitted(seen))


def _predicted(seen: Sequence[Label], unseen: Sequence[Label], refit: Refit) -> Iterable[Case]:
    plain, fitted = leans(seen, None), leans(seen, refit)
    for one in unseen:
        group, log_odds = one.kind[:3], one.log_odds or 0.0
        moved = refit.moves(one.evidence) - refit.intercept
        old = share(log_odds + plain.get(group, 0.0))
        yield one, old, share(log_odds + moved + fitted.get(group, refit.intercept))


def _is_worse(each: Sequence[Label], refit: Refit) -> bool:
    """Whether a refit did not do better on edits that were judged since it was made."""
    later = [one for one in each if one.at_us > refit.until_us]
    if len(later) < ENOUGH_LATER:
        return False
    seen = [one for one in each if one.at_us <= refit.until_us]
    gains = [_gain(one) for one in _predicted(seen, later, refit)]
    return fsum(gains) <= 0


def _proof(cases: Sequence[Case], total: int) -> Proof:
    gains = [_gain(one) for one in cases]
    mean = fsum(gains) / len(gains)
    spread = fsum((one - mean) ** 2 for one in gains) / (len(gains) - 1)
    half = Z95 * sqrt(spread / len(gains))
    figures = (mean, mean - half, mean + half, *(_brier(cases, which) for which in (1, 2)))
    return Proof(total, len(cases), *(round(one, 6) for one in figures))


def _gain(case: Case) -> float:
    one, old, new = case
    return _loss(old, good=one.good) - _loss(new, good=one.good)


def _loss(predicted: float, *, good: float) -> float:
    """The cross entropy; what is half right is half of each."""
    sure = min(max(predicted, _SUREST), 1 - _SUREST)
    return -good * log(sure) - (1 - good) * log(1 - sure)


def _brier(cases: Sequence[Case], which: Literal[1, 2]) -> float:
    return fsum((one[which] - one[0].good) ** 2 for one in cases) / len(cases)
