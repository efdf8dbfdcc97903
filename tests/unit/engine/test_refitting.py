"""The gate's coefficients follow what becomes of edits, and only if that makes them better."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.labelled_user import (
    HONEST,
    OVERCONFIDENT,
    UNDERCONFIDENT,
    User,
)
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.refit_file import RefitRecord
from understudy.engine.refitted import REFITTABLE, WIDEST_INTERCEPT, is_allowed
from understudy.engine.refitting import ENOUGH_LABELS, attempt, refitted

NOTHING = RefitRecord()


@pytest.mark.parametrize("seed", range(5))
def test_after_a_refit_an_overconfident_gate_is_calibrated_better(seed: int) -> None:
    tried = attempt(OVERCONFIDENT.labels(200, seed), NOTHING)
    assert tried.verdict == "refitted"
    assert tried.before is not None
    assert tried.after is not None
    assert tried.after.ece is not None
    assert tried.before.ece is not None
    assert tried.after.ece < 0.6 * tried.before.ece
    assert (tried.after.brier or 1) < (tried.before.brier or 0)
    assert tried.refit is not None
    assert tried.refit.intercept < -0.5
    assert tried.refit.changes["size"].new > WEIGHTS["size"].log_odds


def test_the_proof_is_of_later_edits_alone() -> None:
    tried = attempt(OVERCONFIDENT.labels(200), NOTHING)
    assert tried.proof is not None
    assert (tried.proof.labels, tried.proof.held_out) == (200, 100)
    assert 0 < tried.proof.low < tried.proof.gain < tried.proof.high
    assert tried.before is not None
    assert tried.before.total == 100


def test_ten_labels_change_nothing() -> None:
    tried = attempt(OVERCONFIDENT.labels(10), NOTHING)
    assert (tried.verdict, tried.total, tried.refit, tried.proof) == ("too_few", 10, None, None)
    assert attempt([], NOTHING).verdict == "too_few"


def test_one_label_less_than_enough_changes_nothing() -> None:
    labels = OVERCONFIDENT.labels(ENOUGH_LABELS, 1)
    assert attempt(labels[1:], NOTHING).verdict == "too_few"
    assert attempt(labels, NOTHING).proof is not None


def test_edits_for_one_problem_count_once() -> None:
    again = [replace(one, problem="the same") for one in OVERCONFIDENT.labels(500)]
    assert attempt(again, NOTHING).total == 1


def test_where_all_were_right_nothing_can_be_learned() -> None:
    labels = [replace(one, good=True) for one in HONEST.labels(300)]
    assert attempt(labels, NOTHING).verdict == "too_few"


def test_shipped_coefficients_that_hold_stay() -> None:
    verdicts = [attempt(HONEST.labels(300, seed), NOTHING).verdict for seed in range(10)]
    assert verdicts.count("no_better") >= 9


def test_a_planted_drift_demotes() -> None:
    before = OVERCONFIDENT.labels(300)
    record = RefitRecord(attempt(before, NOTHING).refit)
    assert record.refit is not None
    same = before + OVERCONFIDENT.labels(60, 7, first=300)
    assert attempt(same, record).verdict in {"refitted", "kept"}
    drifted = before + UNDERCONFIDENT.labels(60, 7, first=300)
    tried = attempt(drifted, record)
    assert (tried.verdict, tried.refit) == ("demoted", None)


def test_what_was_learned_before_a_reset_is_not_learned_again() -> None:
    labels = OVERCONFIDENT.labels(300)
    assert attempt(labels, RefitRecord(after_us=labels[-1].at_us)).total == 0
    assert attempt(labels, RefitRecord(after_us=labels[199].at_us)).total == 100


def test_the_same_labels_lead_to_the_same_coefficients() -> None:
    labels = OVERCONFIDENT.labels(150)
    assert attempt(labels, NOTHING) == attempt(list(labels), NOTHING)


@settings(max_examples=25)
@given(
    st.builds(User, st.floats(-20, 20), st.floats(-20, 20)), st.integers(0, 50), st.integers(1, 120)
)
def test_whatever_became_of_edits_the_bounds_hold(user: User, seed: int, count: int) -> None:
    refit = refitted(user.labels(count, seed))
    assert is_allowed(refit)
    assert abs(refit.intercept) <= WIDEST_INTERCEPT
    assert set(refit.changes) <= set(REFITTABLE)
