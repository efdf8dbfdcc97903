from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.engine.models_factory import failure
from understudy.core.failures import FailureCategory as F
from understudy.engine.actions import action_for
from understudy.failures.defaults import advice_for

if TYPE_CHECKING:
    from understudy.core.failures import Phase


def test_the_cascade_does_what_the_record_advises_except_where_another_model_is_the_better_help() -> (
    None
):
    wire = {F.RATE_LIMIT, F.QUOTA_EXHAUSTED, F.AUTH_ERROR, F.PROVIDER_UNAVAILABLE, F.TIMEOUT}
    differs = {}
    for category in F:
        phase: Phase = "request" if category in wire else "check"
        advised = advice_for(category, phase).replace("switch_model", "switch")
        action = action_for(failure(category, phase=phase, advice=advice_for(category, phase)), {})
        if action != advised:
            differs[category] = (advised, action)
    assert differs == {
        F.RATE_LIMIT: ("wait", "switch"),
        F.CONTENT_FILTERED: ("ask", "switch"),
        F.REFUSAL: ("ask", "switch"),
        F.STALE_DOCUMENT: ("same", "stop"),
    }
