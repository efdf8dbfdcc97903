"""Mends the attempt without asking anybody: safe fixes of the checkers, missing and unused imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.strategies import FORM, MEANING, Change, Strategy

if TYPE_CHECKING:
    from understudy.strategies import Setback

_IMPORTS = frozenset(
    {"F401", "F821", "I001", "reportUndefinedVariable", "TS6133", "unused_imports", "UnusedImport"}
)
"""What tools call an import that is missing, unused or in the wrong place."""


def _fits(setback: Setback) -> bool:
    return bool(setback.found)


STRATEGY = Strategy(
    id="tidy_first",
    change=Change(tidies=True),
    categories=FORM | MEANING | {F.UNKNOWN},
    fits=_fits,
    remedy=("post_processor", "organize_imports"),
    remedy_codes=_IMPORTS,
)
