"""Which of the gate's coefficients may be refitted to what became of edits, and how far.

What rejects edits is not among them: of rejected edits nobody says what would have become, so the
labels tell nothing about it. Neither is what tells evasions, since an edit that silences a tool is kept
by whoever does not notice, nor what models say of themselves, which must not come to weigh more.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.engine.gate_weights import WEIGHTS

if TYPE_CHECKING:
    from understudy.engine.evidence import Reason
    from understudy.journal.gate_refit import Evidence, Refit

REFITTABLE = (
    *("size", "deletions", "scope", "agreement", "rule", "tool_fix", "match", "repairs", "attempt"),
    *("hedged_comment", "safe", "rivals", "fixed_others", "margin", "near_name"),
)
"""Signals that have one coefficient, of their own name."""
WIDEST_INTERCEPT = 3.0
"""How far the intercept may go, in log-odds: from 86 % to 23 %, say."""
_MOST_TIMES = 2.0
"""A coefficient may at most double, and never changes its side."""
_CLOSE = 1e-6


def most_of(name: str) -> float:
    """The highest that a coefficient may become; the lowest is 0."""
    return _MOST_TIMES * WEIGHTS[name].log_odds


def by_refit(reason: Reason, refit: Refit) -> Reason:
    """The reason as it counts by coefficients that were refitted."""
    change = refit.changes.get(reason.signal)
    if change is None or reason.value is None:
        return reason
    moved = (change.new - change.old) * (reason.value - change.neutral)
    return replace(reason, weight=change.new, log_odds=reason.log_odds + moved)


def columns_of(evidence: Evidence) -> tuple[tuple[int, float], ...]:
    """Of each coefficient that may be refitted what it is multiplied by, where that is not 0.

    Columns are numbered as in `REFITTABLE`.
    """
    known = {name: value for name, value in evidence if value is not None}
    found = (
        (number, known[name] - WEIGHTS[name].neutral)
        for number, name in enumerate(REFITTABLE)
        if name in known
    )
    return tuple(one for one in found if one[1])


def is_allowed(refit: Refit) -> bool:
    """Whether a refit is of these coefficients, as they are now, and within the bounds."""
    if not (math.isfinite(refit.intercept) and abs(refit.intercept) <= WIDEST_INTERCEPT):
        return False
    return all(
        name in REFITTABLE
        and abs(one.old - WEIGHTS[name].log_odds) < _CLOSE
        and abs(one.neutral - WEIGHTS[name].neutral) < _CLOSE
        and 0 <= one.new <= most_of(name)
        for name, one in refit.changes.items()
    )
