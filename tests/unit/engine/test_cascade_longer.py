"""Answers that were cut, as a rule because they were as long as they might be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.engine.cascade_factory import A, B, asked, cascade
from tests.unit.engine.models_factory import failure
from understudy.core.failures import FailureCategory as F

CUT: dict[str, Any] = {"category": F.INCOMPLETE_OUTPUT, "phase": "stream", "code": "length"}


def test_a_model_whose_answer_was_as_long_as_it_might_be_gets_room_for_a_longer_one_once() -> None:
    one = cascade(A, B, longer=True)
    one.first()
    assert asked(one.failed(failure(**CUT))) == ("ask", A.id, "longer")
    assert asked(one.failed(failure(**CUT))) == ("ask", B.id, "next")
    assert asked(one.failed(failure(**CUT))) == ("ask", B.id, "longer")
    assert one.failed(failure(**CUT)).action == "stop"


def test_the_same_is_not_asked_again_where_no_longer_answer_is_possible() -> None:
    lone = cascade(A)
    lone.first()
    assert lone.failed(failure(**CUT)).action == "stop"
    two = cascade(A, B)
    two.first()
    assert two.failed(failure(**CUT)).model == B.id


@pytest.mark.parametrize(
    "values",
    [
        {"actions": {"incomplete_output": "switch_model"}},
        {"escalate_on_categories": frozenset({"incomplete_output"})},
        {"max_total_attempts": 1},
        {"max_failures_before_escalate": 1},
    ],
)
def test_settings_may_speak_against_a_longer_answer(values: dict[str, Any]) -> None:
    one = cascade(A, B, longer=True, **values)
    one.first()
    assert one.failed(failure(**CUT)).how != "longer"


@pytest.mark.parametrize("category", [F.INCOMPLETE_OUTPUT, F.EMPTY_OUTPUT])
def test_a_cut_answer_sends_the_next_model_and_a_lone_one_is_asked_again(category: F) -> None:
    one = cascade(A, B)
    one.first()
    assert one.failed(failure(category, phase="stream")).model == B.id
    lone = cascade(A)
    lone.first()
    steps = [lone.failed(failure(category, phase="stream")) for _ in range(3)]
    assert [asked(step) for step in steps[:2]] == [("ask", A.id, "same")] * 2
    assert steps[2].action == "stop"
