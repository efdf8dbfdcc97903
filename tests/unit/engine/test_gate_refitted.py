"""Verdicts by coefficients that were refitted: the score moves, and nothing that no score lifts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AUTO,
    DEFAULT,
    GOOD,
    NEW_ERROR,
    WRITTEN,
    compared,
    longer,
)
from understudy.engine.evidence import BANDS, Band, Facts
from understudy.engine.gate import judge
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.refitted import REFITTABLE, WIDEST_INTERCEPT, most_of
from understudy.engine.strata import standing, stratum_of
from understudy.journal.gate_refit import Change, Refit

STOPPED = replace(WRITTEN, parses_after=False)
BROKEN = replace(WRITTEN, comparison=compared(True, NEW_ERROR))
STILL = replace(WRITTEN, comparison=compared(False))
WORDY = replace(WRITTEN, prose="I'm confident. This will work.")
CASES = (GOOD, WRITTEN, STOPPED, BROKEN, STILL, WORDY, longer(12))


@st.composite
def refits(draw: st.DrawFn) -> Refit:
    names = draw(st.lists(st.sampled_from(REFITTABLE), unique=True))
    changes = {
        name: Change(
            WEIGHTS[name].log_odds, draw(st.floats(0, most_of(name))), WEIGHTS[name].neutral
        )
        for name in names
    }
    return Refit(draw(st.floats(-WIDEST_INTERCEPT, WIDEST_INTERCEPT)), changes)


def by(facts: Facts, refit: Refit) -> Facts:
    return replace(facts, refit=refit, lean=refit.intercept)


@given(refits(), st.sampled_from(CASES))
def test_no_refit_lifts_a_hard_stop_or_a_limit(refit: Refit, facts: Facts) -> None:
    plain, found = judge(facts, AUTO), judge(by(facts, refit), AUTO)
    assert found.hard_stops == plain.hard_stops
    if plain.hard_stops:
        assert found.band is Band.BLOCK
    limits = [one for one in plain.reasons if one.value is None and not one.weight]
    assert all(one in found.reasons for one in limits)
    assert 0 <= found.score <= 1


@given(refits(), st.lists(st.booleans(), max_size=40).map(tuple))
def test_no_refit_makes_a_kind_certain(refit: Refit, labels: tuple[bool, ...]) -> None:
    facts = by(replace(WRITTEN, labels=labels), refit)
    verdict = judge(facts, AUTO)
    if verdict.band is Band.AUTO:
        assert standing(stratum_of(facts), labels).is_certain
    assert verdict.stratum == stratum_of(WRITTEN)


@given(refits(), st.sampled_from(CASES))
def test_the_record_of_the_evidence_stays_comparable(refit: Refit, facts: Facts) -> None:
    assert judge(by(facts, refit), DEFAULT).log_odds == judge(facts, DEFAULT).log_odds


@given(refits())
def test_words_move_the_score_by_no_more_than_before(refit: Refit) -> None:
    plain = judge(by(WRITTEN, refit), DEFAULT).score
    assert abs(judge(by(WORDY, refit), DEFAULT).score - plain) <= 0.05


def test_a_refit_that_changes_nothing_judges_as_before() -> None:
    for facts in CASES:
        assert judge(by(facts, Refit(0.0)), DEFAULT) == judge(facts, DEFAULT)


def test_a_lower_intercept_lowers_score_and_band() -> None:
    plain, low = judge(WRITTEN, DEFAULT), judge(by(WRITTEN, Refit(-3.0)), DEFAULT)
    assert low.score < plain.score
    assert BANDS.index(low.band) >= BANDS.index(plain.band)


def test_the_score_moves_as_the_refit_says() -> None:
    change = Change(WEIGHTS["size"].log_odds, 5.0, WEIGHTS["size"].neutral)
    refit = Refit(0.0, {"size": change})
    shown = {one.signal: one for one in judge(by(longer(12), refit), DEFAULT).reasons}
    value = shown["size"].value or 0.0
    assert shown["size"].log_odds == pytest.approx(5.0 * (value - change.neutral))
