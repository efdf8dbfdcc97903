"""Shows what the checker said about the attempt, whole, with the few lines of it that are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.strategies import FORM, MEANING, Change, Strategy

if TYPE_CHECKING:
    from understudy.strategies import Setback


def _fits(setback: Setback) -> bool:
    return bool(setback.found)


STRATEGY = Strategy(
    id="show_finding", change=Change(finding=True), categories=FORM | MEANING, fits=_fits
)
