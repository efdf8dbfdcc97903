"""What the failures of one model say about the models after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.engine.actions import is_of_server
from understudy.engine.budget import is_exempt
from understudy.failures.of_keys import holds_for_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.failures import Failure
    from understudy.models.registry import Model

_NOWHERE = frozenset({"connect", "dns", "not_running", "proxy", "proxy_away"})
"""Codes of failures to which every question to the same address leads."""
_MOST_REFUSALS = 2
"""What two models do not want to answer is left alone."""


@dataclass
class Unfit:
    """What one run has learned so far.

    Attributes:
        window: tokens that were too few.
        wanted: capabilities that were missing.
        refused: providers that would not answer this; `refusals`: how many models would not.
        keys: providers whose key is of no use, each with the category of the failure.
        away: providers at whose address nobody is, each with the failure's code.
        free_only: whether a limit of the budget is reached.
    """

    window: int = 0
    wanted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    refusals: int = 0
    keys: dict[str, str] = field(default_factory=dict)
    away: dict[str, str] = field(default_factory=dict)
    free_only: bool = False

    def learn(self, model: Model, failure: Failure) -> None:
        """Take in a failure of a model."""
        match failure.category:
            case F.CONTEXT_OVERFLOW:
                # Without a number, the window is smaller than what stands in the registry: the
                # prompt was cut to that one before it was sent.
                told = failure.limit or model.context_window - 1
                self.window = max(self.window, min(told, model.context_window))
            case F.CAPABILITY_MISMATCH if failure.parameter:
                self.wanted.add(failure.parameter)
            case F.CONTENT_FILTERED | F.REFUSAL:
                self.refused.add(model.provider)
                self.refusals += 1
            case F.BUDGET_EXCEEDED:
                self.free_only = True
            case category if holds_for_key(failure) and is_of_server(failure):
                self.keys[model.provider] = category.value
            case F.PROVIDER_UNAVAILABLE if failure.code in _NOWHERE and is_of_server(failure):
                self.away[model.provider] = failure.code
            case _:
                pass

    def why(self, model: Model, models: Sequence[Model], ahead: Sequence[Model]) -> str:
        """Why a model would fail in the same way, as a clause; empty when it need not.

        Args:
            model: the one that may come next.
            models: all that the run may ask. A capability that none of them is known to have says
                nothing against any.
            ahead: those of them that may still come; another provider's go before one that refused.
        """
        known = {one for each in models for one in each.capabilities}
        missing = (self.wanted & known) - model.capabilities
        reasons = (
            (
                model.provider in self.keys,
                f"has the same key ({self.keys.get(model.provider)})",
            ),
            (
                model.provider in self.away,
                f"is at the same address ({self.away.get(model.provider)})",
            ),
            (0 < self.window >= model.context_window, "has no larger window"),
            (bool(missing), f"lacks {', '.join(sorted(missing))}"),
            (self.refusals >= _MOST_REFUSALS, "was not asked after two models refused this"),
            (
                model.provider in self.refused
                and any(one.provider not in self.refused for one in ahead),
                "belongs to a provider that refused this",
            ),
            (self.free_only and not is_exempt(model), "is not free of charge"),
        )
        return next((why for applies, why in reasons if applies), "")
