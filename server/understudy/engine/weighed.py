"""A piece of evidence with what it adds to the score."""

from __future__ import annotations

from understudy.engine.evidence import Reason
from understudy.engine.gate_weights import WEIGHTS


def weighed(signal: str, value: float | None, evidence: str, weight: str = "") -> Reason:
    """The reason, with its coefficient as raw weight; the gate turns raw weights into shares.

    Args:
        signal: the name that it is shown and recorded under.
        value: 1 speaks for the edit, 0 against it; None when it could not be found out.
        evidence: a sentence for people.
        weight: the name of its coefficient, where that is another one.
    """
    coefficient = WEIGHTS[weight or signal]
    if value is None:
        return Reason(signal, None, 0.0, evidence, coefficient.unknown)
    added = coefficient.log_odds * (value - coefficient.neutral)
    return Reason(signal, value, coefficient.log_odds, evidence, added)
