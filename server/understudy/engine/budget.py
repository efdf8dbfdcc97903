"""What may be spent on models: an amount is put aside before each call, and settled after it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.config.settings import BudgetSettings
from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.journal.spending import SCOPES, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.core.failures import Advice
    from understudy.journal.ledger import Ledger
    from understudy.journal.spending import Scope
    from understudy.models.registry import Model

_WARN_SHARE = 0.8
_UNPRICED_USD = {"free": 0.0, "economy": 0.05, "standard": 0.20, "premium": 0.50}
"""What one call can cost by tier, where prices are not known: about 16,000 tokens of prompt and
8,000 of answer at the highest prices of the tier."""
_ADVICE: dict[str, Advice] = {"stop": "stop", "ask": "ask", "downgrade": "switch_model"}
_SETTING = {
    "request": "budget.per_request_usd",
    "day": "budget.per_day_usd",
    "month": "budget.per_month_usd",
    "provider": "budget.per_provider_usd",
}
_OF = {
    "request": "this request",
    "day": "today (UTC)",
    "month": "this month",
    "provider": "`{provider}` this month",
}


_SOURCE = "budget"
ALL_THE_SAME = "Ask it all the same?"
"""How the question ends whether a model is asked in spite of a limit."""


class BudgetError(CallError):
    """A call that would exceed a limit; `failure.advice` follows `budget.at_cap`."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """An amount that was put aside.

    Attributes:
        id: empty when the call costs nothing.
        upper_usd: the most that it may cost.
    """

    id: str
    upper_usd: float


@dataclass
class Budget:
    """The limits of one server. Its methods may block and may be called from any thread.

    Attributes:
        settings: replaced when they change.
        warn: hears a sentence when four fifths of a limit are spent, once for each limit.
    """

    ledger: Ledger
    settings: BudgetSettings = field(default_factory=BudgetSettings)
    warn: Callable[[str], None] = lambda _: None
    _warned: set[str] = field(default_factory=set)
    _allowed: set[tuple[str, str]] = field(default_factory=set)

    def reserve(
        self, run_id: str, model: Model, upper_usd: float | None, request: str = ""
    ) -> Reservation:
        """Put aside what a call may cost.

        Args:
            run_id: the run that it is for.
            model: one that costs nothing has no limit.
            upper_usd: the most that the call can cost; None when prices are not known.
            request: what the run belongs to, and `budget.per_request_usd` holds for; empty for a
                run that stands alone.

        Raises:
            BudgetError: when that would exceed a limit.
        """
        if is_exempt(model):
            self.ledger.called()
            return Reservation("", 0.0)
        upper = upper_bound(model, upper_usd)
        agreed = (run_id, model.id)
        caps = {} if agreed in self._allowed else self._caps(model.provider)
        self._allowed.discard(agreed)
        booking = self.ledger.reserve(Wish(request or run_id, model.provider, upper, caps))
        if booking.over is not None:
            cost = "?" if upper_usd is None else _usd(upper)
            spent, cap = booking.spent[booking.over], caps[booking.over]
            raise BudgetError(self._failure(model, booking.over, _Sum(spent, cap, cost)))
        if not booking.id:
            raise BudgetError(_unknown(model))
        for scope in SCOPES:
            if scope in caps:
                self._look_at(scope, model.provider, booking.spent[scope] + upper, caps[scope])
        return Reservation(booking.id, upper)

    def settle(self, reservation: Reservation, cost_usd: float | None) -> None:
        """Say what the call cost; the whole reserved amount counts when nobody knows."""
        if reservation.id:
            self.ledger.settle(reservation.id, cost_usd)

    def allow(self, run_id: str, model_id: str) -> None:
        """Lift the limits for the next call: the user agreed (`budget.at_cap` is `ask`)."""
        self._allowed.add((run_id, model_id))

    def over(self, provider: str) -> str:
        """Which limit of the day, month or provider is used up, as a clause; empty for none."""
        spent, caps = self.ledger.spent("", provider), self._caps(provider)
        for scope in SCOPES[1:]:
            if scope in caps and spent[scope] >= caps[scope]:
                return f"would exceed `{_SETTING[scope]}` ({_usd(caps[scope])})"
        return ""

    def too_little(self, provider: str, upper_usd: float) -> str:
        """Which limit leaves less than a call may cost, as a clause; empty for none."""
        spent, caps = self.ledger.spent("", provider), self._caps(provider)
        for scope in SCOPES:
            left = caps.get(scope, math.inf) - spent[scope]
            if upper_usd > left:
                return f"`{_SETTING[scope]}` leaves {_usd(max(left, 0.0))}"
        return ""

    def _caps(self, provider: str) -> Mapping[Scope, float]:
        caps: dict[Scope, float | None] = {
            "request": self.settings.per_request_usd,
            "day": self.settings.per_day_usd,
            "month": self.settings.per_month_usd,
            "provider": self.settings.per_provider_usd.get(provider),
        }
        return {scope: cap for scope, cap in caps.items() if cap is not None}

    def _look_at(self, scope: Scope, provider: str, spent: float, cap: float) -> None:
        """Warn when most of a limit is spent; a single request ends before that would help."""
        key = f"{scope}:{provider}" if scope == "provider" else scope
        if spent < _WARN_SHARE * cap:
            # Another day or month has begun, or the limit was raised.
            self._warned.discard(key)
        elif scope != "request" and key not in self._warned:
            self._warned.add(key)
            of = _OF[scope].format(provider=provider)
            self.warn(
                f"{_usd(spent)} of {_usd(cap)} for {of} are spent or set aside"
                f" (`{_SETTING[scope]}`)."
            )

    def _failure(self, model: Model, scope: Scope, amounts: _Sum) -> Failure:
        setting = _SETTING[scope]
        cause = (
            f"the call may cost {amounts.cost}, and {_usd(amounts.spent)} of {_usd(amounts.cap)} for"
            f" {_OF[scope].format(provider=model.provider)} are spent or set aside"
        )
        message = (
            f"`{model.id}` was not asked: {cause}."
            f" Raise `{setting}`, or use a model that costs nothing."
        )
        return Failure(
            category=FailureCategory.BUDGET_EXCEEDED,
            phase="request",
            blame="user",
            message=message,
            code=setting,
            evidence=Evidence(_SOURCE, cause),
            advice=_ADVICE.get(self.settings.at_cap, "stop"),
            fingerprint=f"budget_exceeded:{scope}",
        )


def question_about(model: Model, failure: Failure) -> str:
    """What the user is asked at a limit. A yes is good for one call."""
    if failure.evidence.source == _SOURCE:
        return f"`{model.id}`: {failure.evidence.text}. {ALL_THE_SAME}"
    return f"{failure.message} {ALL_THE_SAME}"


def lifts_a_limit(question: str) -> bool:
    """Whether a yes to a question of the cascade lifts a limit of the budget."""
    return question.endswith(ALL_THE_SAME) or FailureCategory.BUDGET_EXCEEDED.value in question


def _unknown(model: Model) -> Failure:
    """While the journal can't be read and written, no paid model is asked."""
    return Failure(
        category=FailureCategory.BUDGET_EXCEEDED,
        phase="request",
        blame="tool",
        message=f"`{model.id}` was not asked: another program holds the journal, so nobody knows"
        " what was spent.",
        code="journal_busy",
        evidence=Evidence("journal", "journal_busy"),
        advice="switch_model",
        fingerprint="budget_exceeded:journal_busy",
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """The amounts of one refusal; `cost` is in words."""

    spent: float
    cap: float
    cost: str


def is_exempt(model: Model) -> bool:
    """Whether no limit holds for a model: it costs nothing.

    A price counts wherever the model runs: a gateway on this machine may pass on paid ones. Of two
    prices of which one is not known, none says that a call is free; nor does a model's place where
    its tier says that it is not.
    """
    prices = model.price_in, model.price_out
    if model.locality == "built-in" or prices == (0, 0):
        return True
    return prices == (None, None) and model.cost_tier == "free"


def upper_bound(model: Model, estimated_usd: float | None) -> float:
    """The most that a call counts for, in US dollars; by the model's tier when that is unknown."""
    if is_exempt(model):
        return 0.0
    if estimated_usd is not None:
        return estimated_usd
    # One that is called free, and of which half a price is known, is not.
    return _UNPRICED_USD[model.cost_tier] or _UNPRICED_USD["standard"]


def _usd(amount: float) -> str:
    """An amount as people write it, small ones exactly enough to differ from nothing."""
    return f"${amount:.2f}" if amount >= 0.1 or amount == 0 else f"${amount:.2g}"
