from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.engine.cascade_factory import WIRE, A, B, C, asked, cascade
from tests.unit.engine.models_factory import cloud, failure, local
from understudy.core.failures import FailureCategory as F
from understudy.engine.purse import Estimates

if TYPE_CHECKING:
    from understudy.models.registry import Model


def test_a_dear_model_is_asked_only_when_the_user_agrees() -> None:
    for agreed, action in ((True, "ask"), (False, "stop")):
        one = cascade(A, B, ask_above_usd=0.005)
        one.first()
        step = one.failed(failure(F.TIMEOUT, **WIRE))
        assert (step.action, step.model, step.category) == ("confirm", B.id, None)
        after = one.confirmed(agreed)
        assert (after.action, after.category) == (action, None if agreed else F.BUDGET_EXCEEDED)


def test_an_unknown_price_counts_as_the_highest_of_its_tier() -> None:
    one = cascade(A, cloud("other/b", price_in=None, cost_tier="standard"), usd=None)
    one.first()
    step = one.failed(failure(F.TIMEOUT, **WIRE))
    assert (step.action, "cost unknown" in step.line) == ("confirm", True)


def test_the_models_that_take_over_never_cost_more_than_the_limit() -> None:
    one = cascade(A, B, C, max_extra_cost_usd=0.02)
    one.first()
    assert one.failed(failure(F.TIMEOUT, **WIRE), cost_usd=5.0).model == B.id
    assert asked(one.failed(failure(), cost_usd=0.01)) == ("ask", B.id, "refine")
    end = one.failed(failure(), cost_usd=0.01)
    assert end.action == "stop"
    assert "max_extra_cost_usd" in end.why


def test_a_budget_asks_downgrades_or_stops_as_its_advice_says() -> None:
    free = local("ollama/qwen2.5-coder:7b")
    for advice, step in (
        ("stop", ("stop", "", "first")),
        ("switch_model", ("ask", free.id, "next")),
    ):
        other = cascade(A, B, free)
        other.first()
        assert asked(other.failed(failure(F.BUDGET_EXCEEDED, advice=advice))) == step
    one = cascade(A, B, free)
    one.first()
    step_to_confirm = one.failed(failure(F.BUDGET_EXCEEDED, advice="ask"))
    assert asked(step_to_confirm) == ("confirm", A.id, "same")
    assert one.trace[-1].step.category is F.BUDGET_EXCEEDED
    assert asked(one.confirmed(True)) == ("ask", A.id, "same")


def test_a_limit_of_the_budget_is_no_failure_of_the_model() -> None:
    one = cascade(A, B, max_total_attempts=3)
    one.first()
    assert one.failed(failure(F.BUDGET_EXCEEDED, advice="ask")).action == "confirm"
    one.confirmed(True)
    models = [one.failed(failure()).model for _ in range(3)]
    assert models == [A.id, A.id, ""]
    again = cascade(A, B)
    again.first()
    again.failed(failure(F.BUDGET_EXCEEDED, advice="ask"))
    again.confirmed(True)
    assert [again.failed(failure()).model for _ in range(3)] == [A.id, A.id, B.id]


def test_the_end_names_each_model_once_when_the_user_wants_no_more() -> None:
    one = cascade(A, B, ask_above_usd=0.005)
    one.first()
    for _ in range(2):
        one.failed(failure())
    step = one.failed(failure())
    assert step.action == "confirm"
    assert one.confirmed(False).why == (
        "No other model was asked: `acme/a` failed type_error 3x; `other/b` was not asked, because"
        " nobody agreed to it (at most $0.01, `cascade.ask_above_usd`)."
    )


def test_a_limit_that_ends_it_all_does_not_hide_what_failed_before() -> None:
    one = cascade(A, B)
    one.first()
    one.failed(failure(F.TIMEOUT, **WIRE))
    end = one.failed(failure(F.BUDGET_EXCEEDED, advice="stop", message="No money."))
    assert end.why == "No money. `acme/a` failed timeout."


def test_a_model_that_no_budget_allows_has_not_failed_but_was_not_asked() -> None:
    one = cascade(A, local("ollama/b"))
    one.first()
    dear = failure(F.BUDGET_EXCEEDED, advice="switch_model", message="The budget is spent.", **WIRE)
    line = one.failed(dear).line
    assert line.startswith("acme/a was not asked (budget_exceeded) \u2192 ollama/b")


def test_a_model_without_a_key_has_not_failed_but_was_not_asked() -> None:
    one = cascade(A, B)
    one.first()
    keyless = failure(F.AUTH_ERROR, code="not_sent", **WIRE)
    assert one.failed(keyless).line.startswith("acme/a was not asked (auth_error) \u2192 other/b")


def test_an_estimate_is_made_once_as_long_as_nothing_changes_that_it_depends_on() -> None:
    made: list[str] = []
    tried: list[str] = []

    def estimate(model: Model) -> float:
        made.append(model.id)
        return 0.25 * len(made)

    estimates = Estimates(estimate, lambda: len(tried))
    assert [estimates(A), estimates(A), estimates(B), estimates(A)] == [0.25, 0.25, 0.5, 0.25]
    tried.append("an edit")
    assert estimates(A) == 0.75
    assert made == [A.id, B.id, A.id]
