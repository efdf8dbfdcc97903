"""Shows the definitions of the names in the lines that failed, beside what the checker said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.strategies import MEANING, Change, Strategy

if TYPE_CHECKING:
    from understudy.strategies import Setback


def _fits(setback: Setback) -> bool:
    return bool(setback.found)


STRATEGY = Strategy(
    id="add_definitions",
    change=Change(finding=True, definitions=True),
    categories=MEANING | {F.LINT_FAILURE, F.MISSING_CONTEXT},
    fits=_fits,
    remedy=("context_rule", "definitions"),
)
