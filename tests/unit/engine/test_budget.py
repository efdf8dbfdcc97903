from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from tests.unit.engine.models_factory import BUILT_IN, cloud, local
from understudy.config.settings import BudgetSettings
from understudy.core.failures import CallError, FailureCategory
from understudy.engine.budget import Budget, BudgetError
from understudy.journal.ledger import MemoryLedger


def budget(**values: Any) -> Budget:
    limits: dict[str, Any] = {"per_request_usd": None, "per_day_usd": None, "per_month_usd": None}
    return Budget(MemoryLedger(), BudgetSettings(**{**limits, **values}))


def refusal(budget: Budget, usd: float | None, **values: Any) -> BudgetError:
    with pytest.raises(BudgetError) as raised:
        budget.reserve("R", cloud("acme/a", **values), usd)
    return raised.value


def test_a_call_within_all_limits_is_set_aside_and_settled() -> None:
    one = budget(per_request_usd=0.5, per_day_usd=1.0)
    reservation = one.reserve("R", cloud("acme/a"), 0.4)
    one.settle(reservation, 0.1)
    assert one.ledger.spent("R")["request"] == 0.1
    assert one.reserve("R", cloud("acme/a"), 0.4).id


def test_a_refusal_says_what_it_would_cost_which_limit_stands_against_it_and_what_to_do() -> None:
    one = budget(per_day_usd=1.0)
    one.reserve("R", cloud("acme/a"), 0.8)
    error = refusal(one, 0.3)
    assert isinstance(error, CallError)
    assert error.failure.category is FailureCategory.BUDGET_EXCEEDED
    assert str(error) == (
        "`acme/a` was not asked: the call may cost $0.30, and $0.80 of $1.00 for today (UTC) are"
        " spent or set aside. Raise `budget.per_day_usd`, or use a model that costs nothing."
    )


@pytest.mark.parametrize(
    ("at_cap", "advice"), [("stop", "stop"), ("ask", "ask"), ("downgrade", "switch_model")]
)
def test_what_comes_next_at_a_limit_is_what_the_setting_says(at_cap: str, advice: str) -> None:
    assert refusal(budget(per_request_usd=0.1, at_cap=at_cap), 0.2).failure.advice == advice


def test_a_user_who_agrees_lifts_the_limits_of_this_request_alone() -> None:
    one = budget(per_request_usd=0.1, at_cap="ask")
    refusal(one, 0.2)
    one.allow("R")
    assert one.reserve("R", cloud("acme/a"), 0.2).id
    with pytest.raises(BudgetError):
        one.reserve("S", cloud("acme/a"), 0.2)


@pytest.mark.parametrize(
    "model",
    [
        BUILT_IN,
        local("ollama/qwen2.5-coder:7b"),
        local("ollama/priced", price_in=1.0),
        cloud("openrouter/x:free", price_in=0.0, price_out=0.0),
        cloud("acme/gift", price_in=None, price_out=None, cost_tier="free"),
    ],
    ids=lambda model: model.id,
)
def test_models_that_cost_nothing_have_no_limit(model: Any) -> None:
    one = budget(per_request_usd=0.0, per_day_usd=0.0)
    one.settle(one.reserve("R", model, None), 5.0)
    assert one.ledger.spent("R")["day"] == 0


def test_a_provider_has_a_limit_of_its_own() -> None:
    one = budget(per_provider_usd=MappingProxyType({"acme": 0.1}))
    assert refusal(one, 0.2).failure.code == "budget.per_provider_usd"
    assert one.reserve("R", cloud("other/a"), 0.2).id


def test_an_unknown_price_is_shown_as_such_and_reserved_by_its_tier() -> None:
    one = budget(per_day_usd=0.9)
    price = {"price_in": None, "price_out": None, "cost_tier": "premium"}
    reservation = one.reserve("R", cloud("acme/a", **price), None)
    assert reservation.upper_usd == 0.5
    assert "may cost ?, and $0.50 of $0.90" in str(refusal(one, None, **price))
    one.settle(reservation, None)
    assert one.ledger.spent("R")["day"] == 0.5


def test_a_warning_comes_once_when_four_fifths_are_spent() -> None:
    heard: list[str] = []
    one = budget(per_day_usd=1.0, per_month_usd=100.0)
    one.warn = heard.append
    one.reserve("R", cloud("acme/a"), 0.75)
    assert heard == []
    for _ in range(3):
        one.reserve("R", cloud("acme/a"), 0.05)
    assert heard == [
        "$0.80 of $1.00 for today (UTC) are spent or set aside (`budget.per_day_usd`)."
    ]


def test_a_used_up_budget_is_a_clause_for_the_router() -> None:
    one = budget(per_month_usd=1.0)
    assert one.over("acme") == ""
    one.settle(one.reserve("R", cloud("acme/a"), 1.0), 1.0)
    assert one.over("acme") == "would exceed `budget.per_month_usd` ($1.00)"
