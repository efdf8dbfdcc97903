"""Asks with the temperature 0, so that the model keeps to what it finds likeliest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.strategies import FORM, UNREADABLE, Change, Strategy

if TYPE_CHECKING:
    from understudy.strategies import Setback


def _fits(setback: Setback) -> bool:
    return setback.can_cool


STRATEGY = Strategy(
    id="lower_temperature",
    change=Change(temperature=0.0),
    categories=UNREADABLE | FORM | {F.HALLUCINATION},
    fits=_fits,
    remedy=("model_param", "temperature=0"),
)
