from __future__ import annotations

import sqlite3
from contextlib import closing
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.models_factory import BUILT_IN, cloud, local
from understudy.config.settings import BudgetSettings, Settings
from understudy.core.failures import CallError, FailureCategory
from understudy.engine.budget import Budget, BudgetError, lifts_a_limit, question_about
from understudy.engine.shortage import shortage
from understudy.journal.ledger import Ledger, MemoryLedger

if TYPE_CHECKING:
    from pathlib import Path


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


def test_no_paid_model_is_asked_while_nobody_knows_what_was_spent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("understudy.journal.ledger_file._WAIT_S", 0.05)
    path = tmp_path / "journal.sqlite3"
    one = Budget(Ledger(path), BudgetSettings())
    assert one.reserve("R", cloud("acme/a"), 0.1).id
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        error = refusal(one, 0.1)
        assert one.reserve("R", local("ollama/a"), 0.1).upper_usd == 0.0
        other.execute("ROLLBACK")
    assert error.failure.code == "journal_busy"
    assert error.failure.advice == "switch_model"
    assert one.reserve("R", cloud("acme/a"), 0.1).id
    one.ledger.close()


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


def test_a_user_who_agrees_lifts_the_limits_for_one_call_to_this_model() -> None:
    one = budget(per_request_usd=0.1, at_cap="ask")
    refusal(one, 0.2)
    one.allow("R", "acme/a")
    for run, model in (("S", "acme/a"), ("R", "acme/b")):
        with pytest.raises(BudgetError):
            one.reserve(run, cloud(model), 0.2)
    assert one.reserve("R", cloud("acme/a"), 0.2).id
    refusal(one, 0.2)


def test_the_question_at_a_limit_says_what_it_would_cost_and_not_that_nobody_was_asked() -> None:
    one = budget(per_day_usd=1.0, at_cap="ask")
    one.reserve("R", cloud("acme/a"), 0.8)
    question = question_about(cloud("acme/a"), refusal(one, 0.3).failure)
    assert question == (
        "`acme/a`: the call may cost $0.30, and $0.80 of $1.00 for today (UTC) are spent or set"
        " aside. Ask it all the same?"
    )
    assert lifts_a_limit(question)


def test_a_price_counts_wherever_the_model_runs() -> None:
    refusal(budget(per_request_usd=0.1), 0.2, locality="local", price_in=1_000.0, price_out=0.0)


@pytest.mark.parametrize(
    "model",
    [
        BUILT_IN,
        local("ollama/qwen2.5-coder:7b"),
        local("ollama/unpriced", price_in=None, price_out=None),
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


def test_models_are_told_for_which_a_limit_leaves_too_little() -> None:
    ledger = MemoryLedger()
    limits = Settings(budget=BudgetSettings(per_day_usd=0.015))
    dear = cloud("acme/a", price_in=2.0, price_out=10.0)
    cheap = cloud("acme/b", price_in=0.1, price_out=0.1)
    assert shortage((dear, cheap, local("ollama/a")), limits, ledger) == ""
    one = Budget(ledger, limits.budget)
    one.settle(one.reserve("R", dear, 0.0056), 0.0056)
    said = shortage((dear, cheap, local("ollama/a")), limits, ledger)
    assert said == (
        "A small question to `acme/a` may cost $0.013, and `budget.per_day_usd` leaves $0.0094."
    )
