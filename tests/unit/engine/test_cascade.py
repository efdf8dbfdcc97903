from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.cascade_factory import WIRE, A, B, C, asked, cascade
from tests.unit.engine.models_factory import BUILT_IN, cloud, failure
from understudy.core.failures import FailureCategory as F
from understudy.journal.ledger import MemoryLedger

if TYPE_CHECKING:
    from understudy.engine.cascade import Cascade


def until_b(one: Cascade, category: F, **values: Any) -> int:
    """How often A is asked before somebody else is."""
    step, times = one.first(), 0
    while step.action == "ask" and step.model == A.id:
        times += 1
        step = one.failed(failure(category, **values))
    return times


@pytest.mark.parametrize(
    "category",
    [
        F.MARKDOWN_POLLUTION,
        F.PARSE_ERROR,
        F.EDIT_APPLY_FAILED,
        F.TYPE_ERROR,
        F.IMPORT_ERROR,
        F.SYNTAX_ERROR,
        F.RUNTIME_ERROR,
        F.TEST_FAILURE,
        F.LINT_FAILURE,
        F.HALLUCINATION,
        F.INCOMPLETE_OUTPUT,
        F.EMPTY_OUTPUT,
        F.MISSING_CONTEXT,
        F.UNKNOWN,
    ],
)
def test_a_model_that_fails_in_the_same_way_for_ever_is_asked_exactly_three_times(
    category: F,
) -> None:
    one = cascade(A, B)
    assert until_b(one, category) == 3
    assert one.trace[-1].step.model == B.id
    assert f"failed {category.value} 3x" in one.trace[-1].step.line


def test_it_is_the_same_when_each_failure_looks_different() -> None:
    one = cascade(A, B)
    one.first()
    for number in range(2):
        assert one.failed(failure(fingerprint=str(number))).model == A.id
    assert one.failed(failure(fingerprint="x")).model == B.id


def test_failures_of_different_kinds_count_together_within_a_run() -> None:
    one = cascade(A, B)
    one.first()
    kinds = (F.TYPE_ERROR, F.MARKDOWN_POLLUTION, F.SYNTAX_ERROR)
    assert [one.failed(failure(kind)).model for kind in kinds] == [A.id, A.id, B.id]


@pytest.mark.parametrize(
    ("category", "values", "step"),
    [
        (F.RATE_LIMIT, WIRE, ("ask", B.id, "next")),
        (F.QUOTA_EXHAUSTED, WIRE, ("ask", B.id, "next")),
        (F.AUTH_ERROR, WIRE, ("ask", B.id, "next")),
        (F.PROVIDER_UNAVAILABLE, WIRE, ("ask", B.id, "next")),
        (F.TIMEOUT, WIRE, ("ask", B.id, "next")),
        # A checker that took too long, a log that speaks of limits: nothing about the server.
        (F.TIMEOUT, {"phase": "check"}, ("ask", A.id, "refine")),
        (F.RATE_LIMIT, {"phase": "test"}, ("ask", A.id, "refine")),
        (F.CONTEXT_OVERFLOW, WIRE, ("ask", A.id, "reduce_context")),
        (F.CAPABILITY_MISMATCH, WIRE, ("ask", B.id, "next")),
        (F.CONTENT_FILTERED, WIRE, ("ask", B.id, "next")),
        (F.REFUSAL, {"phase": "stream"}, ("ask", B.id, "next")),
        (F.TYPE_ERROR, {}, ("ask", A.id, "refine")),
        (F.MISSING_CONTEXT, {}, ("ask", A.id, "refine")),
        (F.EMPTY_OUTPUT, {}, ("ask", A.id, "same")),
        (F.UNKNOWN, {}, ("ask", A.id, "refine")),
        (F.STALE_DOCUMENT, {}, ("stop", "", "first")),
        (F.CANCELLED, {}, ("stop", "", "first")),
        (F.BUDGET_EXCEEDED, {"advice": "stop"}, ("stop", "", "first")),
    ],
)
def test_each_kind_of_failure_has_its_next_step(
    category: F, values: dict[str, Any], step: tuple[str, str, str]
) -> None:
    one = cascade(A, B)
    one.first()
    assert asked(one.failed(failure(category, **values))) == step


@pytest.mark.parametrize(
    ("word", "step"),
    [
        ("same", ("ask", A.id, "same")),
        ("refine", ("ask", A.id, "refine")),
        ("reduce_context", ("ask", A.id, "reduce_context")),
        ("wait", ("ask", A.id, "same")),
        ("switch_model", ("ask", B.id, "next")),
        ("ask", ("confirm", B.id, "next")),
        ("stop", ("stop", "", "first")),
    ],
)
@pytest.mark.parametrize("category", [F.TYPE_ERROR, F.TIMEOUT])
def test_the_user_can_choose_another_step(
    category: F, word: str, step: tuple[str, str, str]
) -> None:
    one = cascade(A, B, actions=MappingProxyType({category.value: word}))
    one.first()
    assert asked(one.failed(failure(category, phase="stream"))) == step


def test_a_request_that_is_refused_as_it_stands_is_never_sent_again() -> None:
    refused = failure(F.UNKNOWN, code="bad_request", **WIRE)
    one = cascade(A, B)
    one.first()
    assert asked(one.failed(refused)) == ("ask", B.id, "next")
    assert one.failed(refused).action == "stop"


def test_the_offline_model_neither_counts_nor_waits() -> None:
    ledger = MemoryLedger()
    one = cascade(BUILT_IN, A, max_total_attempts=1, ledger=ledger)
    assert asked(one.first()) == ("ask", BUILT_IN.id, "first")
    step = one.failed(failure(F.CAPABILITY_MISMATCH))
    assert asked(step) == ("ask", A.id, "next")
    assert (step.line, step.after_s) == ("", 0.0)
    assert ledger.worst(one.about, BUILT_IN.id) == ("", 0)


def test_a_category_that_escalates_does_so_at_the_first_failure() -> None:
    one = cascade(A, B, escalate_on_categories=frozenset({"type_error"}))
    assert until_b(one, F.TYPE_ERROR) == 1


def test_a_quota_or_bad_key_leads_past_all_models_of_the_provider() -> None:
    one = cascade(A, cloud("acme/a2"), B)
    one.first()
    assert one.failed(failure(F.QUOTA_EXHAUSTED, **WIRE)).model == B.id


def test_an_overflow_shrinks_once_and_then_only_leads_to_larger_windows() -> None:
    small = cloud("tiny/s", context_window=16_000)
    one = cascade(A, small, B, C)
    one.first()
    overflow = failure(F.CONTEXT_OVERFLOW, **WIRE)
    assert one.failed(overflow).how == "reduce_context"
    assert one.failed(overflow).model == B.id
    # What the first model taught still holds when the second one fails for another reason.
    assert one.failed(failure(F.TIMEOUT, **WIRE)).model == C.id


def test_a_model_behind_one_that_overflowed_must_have_more_than_it_really_took() -> None:
    larger = cloud("tiny/s", context_window=16_000)
    one = cascade(A, larger, can_shrink=False)
    one.first()
    assert one.failed(failure(F.CONTEXT_OVERFLOW, limit=8_000, **WIRE)).model == larger.id


def test_a_missing_capability_leads_to_a_model_that_has_it() -> None:
    sees = cloud("third/c", capabilities=frozenset({"code-generation", "vision"}))
    one = cascade(A, B, sees)
    one.first()
    assert one.failed(failure(F.CAPABILITY_MISMATCH, parameter="vision")).model == sees.id


def test_a_parameter_that_is_no_capability_bars_nobody() -> None:
    one = cascade(A, B)
    one.first()
    assert one.failed(failure(F.CAPABILITY_MISMATCH, parameter="temperature")).model == B.id


def test_what_a_provider_refuses_another_one_is_asked_once() -> None:
    one = cascade(A, cloud("acme/a2"), B, C)
    one.first()
    step = one.failed(failure(F.REFUSAL))
    assert (step.model, "refusal" in step.line) == (B.id, True)
    end = one.failed(failure(F.CONTENT_FILTERED, **WIRE))
    assert end.action == "stop"
    assert "two models refused this" in end.why


def test_another_model_of_the_same_provider_may_answer_what_one_refused() -> None:
    one = cascade(A, cloud("acme/a2"))
    one.first()
    assert one.failed(failure(F.REFUSAL)).model == "acme/a2"
    assert one.failed(failure(F.REFUSAL)).action == "stop"


def test_a_lone_model_is_waited_for_once_and_only_briefly() -> None:
    one = cascade(A)
    one.first()
    step = one.failed(failure(F.RATE_LIMIT, after_s=1.5, **WIRE))
    assert (asked(step), step.after_s) == (("ask", A.id, "same"), 1.5)
    assert one.failed(failure(F.RATE_LIMIT, after_s=1.5, **WIRE)).action == "stop"
    impatient = cascade(A)
    impatient.first()
    assert impatient.failed(failure(F.RATE_LIMIT, after_s=2.5, **WIRE)).action == "stop"


def test_nothing_waits_past_the_deadline() -> None:
    one = cascade(A, deadline=1.0)
    one.first()
    assert one.failed(failure(F.RATE_LIMIT, after_s=1.5, **WIRE)).action == "stop"


@pytest.mark.parametrize(
    "values",
    [
        {"category": F.TIMEOUT},
        {"category": F.QUOTA_EXHAUSTED, "after_s": 0.1},
        {"category": F.PROVIDER_UNAVAILABLE, "code": "not_sent"},
        {"category": F.PROVIDER_UNAVAILABLE, "code": "model_missing"},
    ],
)
def test_what_time_does_not_mend_is_not_waited_for(values: dict[str, Any]) -> None:
    one = cascade(A)
    one.first()
    assert one.failed(failure(**values, **WIRE)).action == "stop"


def test_a_dead_end_names_every_model_with_what_stands_against_it() -> None:
    blind = cloud("acme/x")
    one = cascade(BUILT_IN, A, blind, B)
    one.first()
    one.failed(failure(F.CAPABILITY_MISMATCH))
    one.failed(failure(F.QUOTA_EXHAUSTED, code="insufficient_quota", **WIRE))
    end = one.failed(failure(F.TIMEOUT, **WIRE))
    assert end.why == (
        "No model is left: `builtin/rules` knows no edit for it; `acme/a` failed quota_exhausted"
        " (insufficient_quota); `acme/x` has the same key (quota_exhausted); `other/b` failed"
        " timeout."
    )
    assert end.category is F.TIMEOUT


def test_the_user_is_told_in_one_line_who_takes_over_and_for_how_much() -> None:
    one = cascade(A, B)
    one.first()
    one.failed(failure(code="TS2345"))
    one.failed(failure(code="TS2345"))
    step = one.failed(failure(code="TS2345"))
    assert step.line == "acme/a failed type_error 3x (TS2345) → other/b, at most $0.01."


def test_no_model_takes_over_when_the_cascade_is_off() -> None:
    one = cascade(BUILT_IN, A, B, enabled=False)
    one.first()
    assert one.failed(failure(F.CAPABILITY_MISMATCH)).model == A.id
    assert not one.has_more
    assert one.failed(failure(F.TIMEOUT, **WIRE)).action == "stop"


def test_without_a_cascade_the_first_model_is_asked_even_if_it_failed_of_late() -> None:
    ledger = MemoryLedger()
    before = cascade(A, B, ledger=ledger)
    before.first()
    for _ in range(3):
        before.failed(failure())
    assert cascade(A, B, ledger=ledger).first().model == B.id
    one = cascade(A, B, ledger=ledger, enabled=False)
    assert one.first().model == A.id
    assert one.failed(failure(F.TIMEOUT, **WIRE)).action == "stop"


def test_a_model_that_stands_in_a_chain_twice_is_asked_in_its_first_place_alone() -> None:
    one = cascade(A, B, A)
    one.first()
    assert one.failed(failure(F.TIMEOUT, **WIRE)).model == B.id
    assert one.failed(failure(F.TIMEOUT, **WIRE)).action == "stop"


@pytest.mark.parametrize("name", ["ollama/qwen2.5-coder:7b", "a/b@c:d", "my model", "x"])
def test_any_id_works(name: str) -> None:
    odd = replace(A, id=name)
    one = cascade(odd, B)
    assert one.first().model == name
    assert one.failed(failure()).model == name


def test_without_a_model_the_end_comes_at_once() -> None:
    assert cascade().first().why == "There is no model to ask."
