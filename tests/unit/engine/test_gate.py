from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AUTO,
    DEFAULT,
    GOOD,
    compared,
    facts_of,
)
from tests.unit.engine.gate_cases import CASES, Case
from understudy.config.settings import GateSettings
from understudy.engine.evidence import Band
from understudy.engine.gate import judge, total
from understudy.engine.gate_weights import RIGHT, logit


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_situation_has_its_band(case: Case) -> None:
    off, on = judge(case.facts, DEFAULT), judge(case.facts, AUTO)
    assert (off.band, on.band) == (case.band, case.auto)
    for verdict in (off, on):
        assert [one.signal for one in verdict.reasons if one.evidence in verdict.hard_stops] == [
            *case.stops
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_log_odds_of_the_reasons_add_up_to_those_of_the_score(case: Case) -> None:
    verdict = judge(case.facts, AUTO)
    whole = logit(RIGHT) + sum(one.log_odds for one in verdict.reasons) + case.facts.lean
    score = 1 / (1 + exp(-whole))
    assert verdict.score in (pytest.approx(score), AUTO.confirm_score - 0.05)
    assert verdict.score <= score + 1e-9
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


def test_a_large_change_that_was_wished_is_looked_at_and_not_blocked() -> None:
    before = "".join(f"value_{number} = {number}\n" for number in range(200))
    wish = replace(
        facts_of(before, before.replace("= 1", "= 2 + 1").replace("= 3", "= 4 + 1")),
        target=None,
        comparison=compared(None),
        rule="",
        who=("acme/one", "simplify", "python"),
    )
    assert judge(wish, GateSettings(review_score=0.99)).band is Band.REVIEW
    assert judge(replace(wish, scope=()), GateSettings(review_score=0.99)).band is Band.BLOCK
    assert judge(replace(wish, parses_after=False), GateSettings()).band is Band.BLOCK


def test_several_edits_that_count_together_are_worth_as_much_as_the_worst() -> None:
    good, bad = judge(GOOD, AUTO), judge(replace(GOOD, parses_after=False), AUTO)
    both = total([good, bad])
    assert (both.band, both.score) == (Band.BLOCK, bad.score)
    assert both.hard_stops == bad.hard_stops
    assert total([good, good]) == good
    assert set(good.reasons) <= set(both.reasons)


def test_tests_that_nobody_ran_are_said_to_be_that() -> None:
    written = replace(GOOD, rule="", target=None, who=("acme/one", "tests", "python"))
    verdict = judge(written, AUTO)
    assert verdict.band is not Band.AUTO
    assert any("the tests were not run" in one.evidence for one in verdict.reasons)
    wished = judge(replace(written, who=("acme/one", "edit", "python")), AUTO)
    assert not any("the tests were not run" in one.evidence for one in wished.reasons)
