"""Models for which too little money is left, for people who ask who would be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.plural import price
from understudy.engine.budget import Budget, is_exempt, upper_bound
from understudy.wire import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.config.settings import Settings
    from understudy.journal.ledger import Ledger
    from understudy.models.registry import Model

_SMALL_CALL = Usage(input=1_500, output=1_024)
"""A question about one place, with room for the shortest answer that models are asked for."""


def shortage(models: Iterable[Model], settings: Settings, ledger: Ledger) -> str:
    """Which models a small question would be too dear for, as a sentence; empty for none."""
    budget, told = Budget(ledger, settings.budget), []
    for model in models:
        if is_exempt(model):
            continue
        most = upper_bound(model, model.cost(_SMALL_CALL))
        against = budget.too_little(model.provider, most)
        if against:
            told.append(f"a small question to `{model.id}` may cost {price(most)}, and {against}")
    line = "; ".join(told)
    return f"{line[:1].upper()}{line[1:]}." if line else ""
