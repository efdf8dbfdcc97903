"""Two models asked at the same time: who may be the second one, and what is remembered of both."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.cascade_factory import WIRE, A, B, C, cascade
from tests.unit.engine.models_factory import BUILT_IN, failure
from understudy.core.failures import FailureCategory as F
from understudy.engine import turns
from understudy.engine.cascade import About
from understudy.engine.racing import Racing, added, first_to_pass
from understudy.journal.ledger import MemoryLedger

if TYPE_CHECKING:
    from understudy.models.registry import Model

GOOD = turns.Tested(None, None, 0.01)
BAD = turns.Tested(None, failure(), 0.01)
DEAR = turns.Tested(None, failure(F.BUDGET_EXCEEDED, **WIRE, advice="stop"), 0.0)


def racing(
    *models: Model, together: tuple[Model, ...] = (A, B), ledger: Any = None, **values: Any
) -> Racing:
    """A cascade in which two are asked at once, and the first of them is asked now."""
    like = cascade(*models, ledger=ledger, **values)
    found = Racing(
        order=like.order,
        settings=like.settings,
        state=like.state,
        about=like.about,
        estimate=like.estimate,
        together=tuple(one.id for one in together),
    )
    step = found.first()
    if step.model == BUILT_IN.id:
        found.failed(failure(F.CAPABILITY_MISMATCH))
    return found


def rival(found: Racing) -> str:
    model = found.rival()
    return "" if model is None else model.id


def test_the_second_is_asked_beside_the_first_and_once_alone() -> None:
    found = racing(BUILT_IN, A, B, C)
    assert [rival(found), rival(found)] == [B.id, ""]


def test_nobody_is_asked_beside_a_model_that_a_plan_asks_alone() -> None:
    assert rival(racing(A, B, C, together=())) == ""
    assert rival(racing(C, A, B)) == ""
    assert rival(racing(A, C)) == ""


@pytest.mark.parametrize(
    "limits",
    [{"max_extra_cost_usd": 0.005}, {"ask_above_usd": 0.005}, {"max_total_attempts": 1}],
)
def test_what_may_not_take_over_unasked_is_not_asked_beside_another_one(
    limits: dict[str, Any],
) -> None:
    assert rival(racing(A, B, **limits)) == ""


def test_a_model_that_failed_too_often_of_late_is_asked_beside_nobody() -> None:
    ledger = MemoryLedger()
    for _ in range(3):
        ledger.count(About("fix", "file"), B.id, failure())
    assert rival(racing(A, B, C, ledger=ledger)) == ""


def test_when_both_fail_the_run_goes_on_behind_both() -> None:
    found = racing(A, B, C, max_failures_before_escalate=1)
    beside = found.rival()
    assert beside is not None
    found.raced(beside, BAD, BAD)
    assert BAD.failure is not None
    step = found.failed(BAD.failure, cost_usd=0.02)
    assert (step.action, step.model) == ("ask", C.id)


def test_both_count_as_attempts_and_as_failures() -> None:
    ledger = MemoryLedger()
    found = racing(A, B, C, ledger=ledger, max_total_attempts=2, max_failures_before_escalate=1)
    beside = found.rival()
    assert beside is not None
    found.raced(beside, BAD, BAD)
    assert BAD.failure is not None
    step = found.failed(BAD.failure)
    assert step.action == "stop"
    assert ledger.worst(found.about, B.id)[1] == ledger.worst(found.about, A.id)[1] > 0


def test_the_rival_is_paid_out_of_what_models_may_cost_that_take_over() -> None:
    found = racing(A, B, C, max_extra_cost_usd=0.02, max_failures_before_escalate=1)
    beside = found.rival()
    assert beside is not None
    found.raced(beside, BAD, turns.Tested(None, failure(), 0.015))
    assert BAD.failure is not None
    # The first one's cost is no part of that.
    step = found.failed(BAD.failure, cost_usd=5.0)
    assert step.action == "stop"
    assert "max_extra_cost_usd" in step.why


def test_a_rival_that_a_budget_stops_was_never_asked_and_is_not_blamed() -> None:
    ledger = MemoryLedger()
    found = racing(A, B, C, ledger=ledger, max_total_attempts=2, max_failures_before_escalate=1)
    beside = found.rival()
    assert beside is not None
    found.raced(beside, BAD, DEAR)
    assert ledger.worst(found.about, B.id)[1] == 0
    assert BAD.failure is not None
    assert found.failed(BAD.failure).model == C.id


def test_the_first_ones_failure_is_remembered_when_the_rivals_edit_is_proved() -> None:
    ledger = MemoryLedger()
    found = racing(A, B, ledger=ledger)
    ledger.count(found.about, B.id, failure())
    beside = found.rival()
    assert beside is not None
    found.raced(beside, BAD, GOOD)
    found.passed()
    assert ledger.worst(found.about, A.id)[1] == 1
    assert ledger.worst(found.about, B.id)[1] == 0


def test_the_first_one_keeps_its_place_when_its_edit_is_proved() -> None:
    for other in (None, BAD, GOOD):
        ledger = MemoryLedger()
        found = racing(A, B, ledger=ledger)
        ledger.count(found.about, A.id, failure())
        beside = found.rival()
        assert beside is not None
        found.raced(beside, GOOD, other)
        found.passed()
        assert ledger.worst(found.about, A.id)[1] == 0
        assert ledger.worst(found.about, B.id)[1] == int(other is BAD)


async def test_whoever_is_still_at_it_is_stopped_by_the_first_proved_edit() -> None:
    stopped = asyncio.Event()

    async def quick(result: turns.Tested) -> turns.Tested:
        return result

    async def slow() -> turns.Tested:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()
        return BAD

    assert await first_to_pass([quick(GOOD), slow()]) == (GOOD, None)
    assert stopped.is_set()
    assert await first_to_pass([slow(), quick(GOOD)]) == (None, GOOD)
    assert await first_to_pass([quick(BAD), quick(BAD)]) == (BAD, BAD)
    assert (await first_to_pass([quick(BAD), quick(GOOD)]))[1] is GOOD


async def test_stopping_the_run_stops_both() -> None:
    begun, ended = asyncio.Semaphore(0), []

    async def slow(name: str) -> turns.Tested:
        begun.release()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(name)
        return BAD

    run = asyncio.ensure_future(first_to_pass([slow("one"), slow("two")]))
    await begun.acquire()
    await begun.acquire()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert sorted(ended) == ["one", "two"]


def test_what_both_cost_is_known_where_both_answered() -> None:
    assert added(GOOD, BAD) == 0.02
    assert added(GOOD, None) is None
    assert added(GOOD, turns.Tested(None, None, None)) is None
