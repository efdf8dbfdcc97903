"""What the failure of one model says about the others."""

from __future__ import annotations

import pytest

from tests.unit.engine.cascade_factory import WIRE, A, B, cascade
from tests.unit.engine.models_factory import cloud, failure
from understudy.core.failures import FailureCategory as F


@pytest.mark.parametrize("code", ["dns", "connect", "not_running", "proxy"])
def test_nobody_at_an_address_leads_past_all_models_there(code: str) -> None:
    one = cascade(A, cloud("acme/x"), B)
    one.first()
    step = one.failed(failure(F.PROVIDER_UNAVAILABLE, code=code, **WIRE))
    assert step.model == B.id
    end = one.failed(failure(F.QUOTA_EXHAUSTED, **WIRE))
    assert f"`acme/x` is at the same address ({code})" in end.why


def test_a_server_that_fails_may_answer_for_another_model() -> None:
    one = cascade(A, cloud("acme/x"), B)
    one.first()
    step = one.failed(failure(F.PROVIDER_UNAVAILABLE, code="model_missing", **WIRE))
    assert step.model == "acme/x"


def test_a_window_that_was_too_small_without_a_number_rules_out_smaller_ones_only() -> None:
    same, small = cloud("other/same"), cloud("tiny/s", context_window=16_000)
    one = cascade(A, small, same, can_shrink=False)
    one.first()
    step = one.failed(failure(F.CONTEXT_OVERFLOW, **WIRE))
    assert step.model == same.id
