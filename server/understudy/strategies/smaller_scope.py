"""Asks for fewer lines: those around the problem, and not all of the symbol that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.strategies import FORM, UNREADABLE, Change, Strategy

if TYPE_CHECKING:
    from understudy.strategies import Setback


def _fits(setback: Setback) -> bool:
    return setback.can_narrow


STRATEGY = Strategy(
    id="smaller_scope",
    change=Change(finding=True, narrower=True),
    categories=UNREADABLE | FORM | {F.HALLUCINATION, F.TEST_FAILURE},
    fits=_fits,
    remedy=("context_rule", "smaller_scope"),
)
