from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AUTO,
    DEFAULT,
    GOOD,
    facts_of,
)
from tests.unit.engine.gate_cases import CASES, Case
from understudy.config.settings import GateSettings
from understudy.engine.evidence import Band
from understudy.engine.gate import judge


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_situation_has_its_band(case: Case) -> None:
    off, on = judge(case.facts, DEFAULT), judge(case.facts, AUTO)
    assert (off.band, on.band) == (case.band, case.auto)
    for verdict in (off, on):
        assert [one.signal for one in verdict.reasons if one.evidence in verdict.hard_stops] == [
            *case.stops
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_values_times_weights_add_up_to_the_score(case: Case) -> None:
    verdict = judge(case.facts, AUTO)
    products = [one.value * one.weight for one in verdict.reasons if one.value is not None]
    unproved = {"new_problems", "limited_evidence"} & {one.signal for one in verdict.reasons}
    ceiling = AUTO.confirm_score - 0.05 if unproved else 1
    assert verdict.score == pytest.approx(min(sum(products), ceiling))
    assert sum(one.weight for one in verdict.reasons) == pytest.approx(1)
    assert all(one.weight == 0 for one in verdict.reasons if one.value is None)
    assert all(one.evidence and one.signal for one in verdict.reasons)
    assert 0 <= verdict.score <= 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_equal_facts_get_equal_verdicts(case: Case) -> None:
    twin = replace(case.facts, before=replace(case.facts.before))
    assert judge(case.facts, AUTO) == judge(twin, AUTO)


def test_thresholds_decide_below_the_limits() -> None:
    strict = GateSettings(
        auto_score=0.999, confirm_score=0.998, review_score=0.997, auto_apply=True
    )
    assert judge(GOOD, strict).band is Band.BLOCK
    assert judge(GOOD, strict).hard_stops == ()
    assert judge(GOOD, replace(strict, review_score=0.5)).band is Band.REVIEW
    assert judge(GOOD, replace(strict, confirm_score=0.5)).band is Band.CONFIRM


@given(st.text(), st.text(), st.booleans(), st.booleans())
def test_no_text_makes_the_gate_raise(before: str, after: str, parses: bool, safe: bool) -> None:
    facts = replace(
        facts_of(before, after), parses_after=parses, safe=safe, prose=after, target=None
    )
    assert judge(facts, AUTO).band in Band
