"""What runs teach about models: from the prior to the measured, without a step."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine.learned import (
    HALF_LIFE_DAYS,
    HALF_LIFE_RUNS,
    NOTHING,
    PRIOR_RUNS,
    Learning,
    Prior,
    experience_of,
)
from understudy.journal.trials import Trial

PRIOR = Prior(success=0.76, usd=0.02, seconds=9.0)
DAY_US = 86_400_000_000
A, B = "acme/a", "acme/b"


def trial(
    number: int, *, good: bool = True, model: str = A, task: str = "fix", language: str = "python"
) -> Trial:
    return Trial(f"R{number}", number, model, task, language, good, 0.04, 3.0)


def mean(trials: list[Trial], task: str = "fix", language: str = "python", model: str = A) -> float:
    return experience_of(trials, len(trials)).belief(model, PRIOR, task, language).mean


def test_without_runs_the_prior_counts() -> None:
    belief = NOTHING.belief(A, PRIOR, "fix", "python")
    assert belief.mean == pytest.approx(0.76)
    assert (belief.usd, belief.seconds, belief.count) == (0.02, 9.0, 0)
    assert belief.good + belief.bad == pytest.approx(PRIOR_RUNS)


def test_one_failure_and_three_move_it_as_documented() -> None:
    assert mean([trial(0, good=False)]) == pytest.approx(0.68, abs=0.005)
    three = [trial(number, good=False) for number in range(3)]
    assert mean(three) == pytest.approx(0.55, abs=0.01)


@pytest.mark.parametrize("good", [True, False])
def test_there_is_no_cliff_at_any_number_of_runs(good: bool) -> None:
    means = [mean([trial(each, good=good) for each in range(number)]) for number in range(60)]
    steps = [abs(after - before) for before, after in pairwise(means)]
    assert max(steps) == steps[0] < 0.1
    assert steps == sorted(steps, reverse=True)


def test_recent_runs_weigh_more() -> None:
    failures_first = [trial(number, good=number >= 20) for number in range(40)]
    failures_last = [trial(number, good=number < 20) for number in range(40)]
    assert mean(failures_first) > 0.65 > 0.55 > mean(failures_last)


def test_a_run_counts_half_after_so_many_runs_of_its_kind_by_whomever() -> None:
    learning = Learning()
    learning.add(trial(0))
    for number in range(1, int(HALF_LIFE_RUNS) + 1):
        learning.add(trial(number, model=B))
    found = learning.experience(0)
    assert found.at(A, "fix", "python").total == pytest.approx(0.5)
    learning.add(trial(99, task="edit", model=B))
    assert learning.experience(0).at(A, "fix", "python") == found.at(A, "fix", "python")


def test_a_run_counts_half_after_so_many_days() -> None:
    learning = Learning()
    learning.add(trial(0))
    later = learning.experience(int(HALF_LIFE_DAYS * DAY_US))
    assert later.at(A, "fix", "python").total == pytest.approx(0.5)


def test_two_models_of_one_run_are_tried_at_the_same_time() -> None:
    learning = Learning()
    learning.add(trial(0, good=False))
    learning.add(trial(0, model=B))
    assert learning.experience(0).at(A, "fix", "python").total == pytest.approx(1.0)


def test_what_is_learned_reaches_other_languages_and_tasks_less_and_less() -> None:
    failures = [trial(number, good=False) for number in range(12)]
    same = mean(failures)
    other_language = mean(failures, language="go")
    other_task = mean(failures, task="edit")
    assert same + 0.1 < other_language
    assert other_language + 0.05 < other_task < PRIOR.success - 0.1
    assert mean(failures, model=B) == pytest.approx(PRIOR.success)


def test_each_run_counts_once_however_wide_it_is_pooled() -> None:
    belief = experience_of([trial(0)], 0).belief(A, PRIOR, "fix", "python")
    assert belief.good + belief.bad == pytest.approx(PRIOR_RUNS + 1)


def test_cost_and_time_are_measured_as_smoothly() -> None:
    belief = experience_of([trial(0)], 0).belief(A, PRIOR, "fix", "python")
    assert belief.usd == pytest.approx((8 * 0.02 + 0.04) / 9)
    assert belief.seconds == pytest.approx((8 * 9.0 + 3.0) / 9)
    unpriced = Trial("R", 0, A, "fix", "python", good=True, usd=None, seconds=3.0)
    assert experience_of([unpriced], 0).belief(A, PRIOR, "fix", "python").usd == 0.02


TRIALS = st.lists(
    st.builds(
        Trial,
        run=st.sampled_from(["R1", "R2", "R3"]),
        at_us=st.integers(0, 400 * DAY_US),
        model=st.sampled_from([A, B, "odd name/x y"]),
        task=st.sampled_from(["fix", "edit"]),
        language=st.sampled_from(["python", "go", ""]),
        good=st.booleans(),
        usd=st.none() | st.floats(0, 10),
        seconds=st.floats(0, 1000),
    ),
    max_size=60,
)


@given(TRIALS, st.integers(0, 500 * DAY_US))
def test_whatever_happened_it_is_a_probability_and_the_same_each_time(
    trials: list[Trial], now_us: int
) -> None:
    for model in (A, B, "odd name/x y"):
        belief = experience_of(trials, now_us).belief(model, PRIOR, "fix", "python")
        assert 0 < belief.mean < 1
        assert 0 < belief.spread < 0.5
        assert belief.usd >= 0
        assert belief.seconds >= 0
        assert belief == experience_of(trials, now_us).belief(model, PRIOR, "fix", "python")
