"""Asks for the edit in another format: the one that the model was measured to write best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.strategies import UNREADABLE, Change, Strategy

if TYPE_CHECKING:
    from understudy.strategies import Setback


def _fits(setback: Setback) -> bool:
    return bool(setback.other_formats)


STRATEGY = Strategy(
    id="other_format",
    change=Change(other_format=True),
    categories=UNREADABLE - {F.EMPTY_OUTPUT},
    fits=_fits,
)
