from __future__ import annotations

from tests.unit.engine.cascade_factory import WIRE, A, B, cascade
from tests.unit.engine.models_factory import failure
from understudy.core.failures import FailureCategory as F
from understudy.engine.cascade import About
from understudy.journal.ledger import MemoryLedger


def test_a_question_that_was_never_sent_says_nothing_about_a_server() -> None:
    ledger = MemoryLedger()
    refused = failure(F.PROVIDER_UNAVAILABLE, code="not_sent", message="No.", **WIRE)
    for _ in range(4):
        earlier = cascade(A, B, ledger=ledger)
        assert earlier.first().model == A.id
        assert earlier.failed(refused).model == B.id
    one = cascade(A, B, ledger=ledger)
    assert one.first().model == A.id
    one.failed(refused)
    end = one.failed(failure(F.QUOTA_EXHAUSTED, **WIRE))
    assert "`acme/a` was not asked: No" in end.why


def test_counts_go_on_in_the_next_run_and_a_success_ends_them() -> None:
    ledger = MemoryLedger()
    first = cascade(A, B, ledger=ledger)
    first.first()
    first.failed(failure())
    first.failed(failure())
    second = cascade(A, B, ledger=ledger)
    assert second.first().model == A.id
    assert second.failed(failure()).model == B.id
    third = cascade(A, B, ledger=ledger)
    step = third.first()
    assert (step.model, step.why) == (B.id, "`acme/a` failed type_error 3x here of late.")
    assert step.line == "`acme/a` failed type_error 3x here of late \u2192 other/b."
    ledger.reset(About("fix", "file"), A.id)
    assert cascade(A, B, ledger=ledger).first().model == A.id


def test_when_the_first_model_is_asked_again_is_a_setting() -> None:
    now = [1_760_000_000.0]
    ledger = MemoryLedger(clock=lambda: now[0])
    for _ in range(3):
        ledger.count(About("fix", "file"), A.id, failure())

    def first(restore: str) -> str:
        return cascade(A, B, ledger=ledger, restore_primary=restore).first().model

    assert [first(one) for one in ("afterCooldown", "nextTask", "never")] == [B.id, A.id, B.id]
    now[0] += 301
    assert [first(one) for one in ("afterCooldown", "nextTask", "never")] == [A.id, A.id, B.id]


def test_a_model_that_failed_of_late_is_better_than_none() -> None:
    ledger = MemoryLedger()
    for _ in range(3):
        ledger.count(About("fix", "file"), A.id, failure())
    ledger.unreachable(B, failure(F.RATE_LIMIT, after_s=60.0, **WIRE))
    step = cascade(A, B, ledger=ledger).first()
    assert step.model == A.id
    assert "`other/b` is left alone until" in step.why


def test_a_model_whose_server_fails_is_passed_over_unless_the_user_names_it() -> None:
    ledger = MemoryLedger()
    ledger.unreachable(A, failure(F.RATE_LIMIT, after_s=60.0, **WIRE))
    assert cascade(A, B, ledger=ledger).first().model == B.id
    assert "`acme/a` is left alone until" in cascade(A, ledger=ledger).first().why
    assert cascade(A, ledger=ledger, named=True).first().model == A.id


def test_a_server_that_may_be_well_again_gets_one_call_though_nobody_else_can_be_asked() -> None:
    now = [1_760_000_000.0]
    ledger = MemoryLedger(clock=lambda: now[0])
    ledger.unreachable(A, failure(F.RATE_LIMIT, after_s=60.0, **WIRE))
    now[0] += 61.0
    steps = [cascade(A, ledger=ledger).first() for _ in range(3)]
    assert [step.action for step in steps] == ["ask", "stop", "stop"]


def test_a_model_that_falls_silent_again_and_again_comes_last() -> None:
    now = [1_760_000_000.0]
    ledger = MemoryLedger(clock=lambda: now[0])
    silent = failure(F.TIMEOUT, code="timeout_first_token", phase="stream", blame="provider")
    for _ in range(3):
        earlier = cascade(A, B, ledger=ledger)
        assert earlier.first().model == A.id
        assert earlier.failed(silent).model == B.id
        now[0] += 31.0
    # The breaker's first pause is over by now.
    step = cascade(A, B, ledger=ledger).first()
    assert (step.model, step.why) == (B.id, "`acme/a` failed timeout 3x here of late.")


def test_a_server_that_says_how_long_to_wait_is_not_counted() -> None:
    ledger = MemoryLedger()
    for category in (F.RATE_LIMIT, F.QUOTA_EXHAUSTED, F.AUTH_ERROR):
        for _ in range(3):
            ledger.forgive()
            one = cascade(A, B, ledger=ledger)
            assert one.first().model == A.id
            one.failed(failure(category, **WIRE))


def test_a_finished_reply_closes_the_breaker_and_a_proof_forgets_the_failures() -> None:
    ledger = MemoryLedger()
    one = cascade(A, B, ledger=ledger)
    one.first()
    ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE, **WIRE))
    one.failed(failure())
    one.replied()
    one.passed()
    assert ledger.worst(one.about, A.id) == ("", 0)
    for _ in range(2):
        ledger.unreachable(A, failure(F.PROVIDER_UNAVAILABLE, **WIRE))
    assert ledger.claim(A) == ""


def test_only_models_that_stand_before_the_one_that_is_asked_were_passed_over() -> None:
    ledger = MemoryLedger()
    for model in (A, B):
        for _ in range(3):
            ledger.count(About("fix", "file"), model.id, failure())
    step = cascade(A, B, ledger=ledger).first()
    assert (step.model, step.line) == (A.id, "")
