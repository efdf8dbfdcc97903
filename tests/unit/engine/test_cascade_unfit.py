"""What the failure of one model says about the others."""

from __future__ import annotations

import pytest

from tests.unit.engine.cascade_factory import WIRE, A, B, cascade
from tests.unit.engine.models_factory import cloud, failure
from understudy.core.failures import FailureCategory as F


@pytest.mark.parametrize("code", ["dns", "connect", "not_running"])
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
