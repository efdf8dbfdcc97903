from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.logistic import Column, fit
from understudy.core.refit import share

FREE = Column(100.0, -50.0, 50.0)


def test_without_cases_nothing_changes() -> None:
    assert fit([FREE, FREE], [], [], []) == (0.0, 0.0)


def test_a_weak_belief_gives_way_to_what_was_seen() -> None:
    right = [True] * 80 + [False] * 20
    (found,) = fit([FREE], [[(0, 1.0)]] * 100, [0.0] * 100, right)
    assert share(found) == pytest.approx(0.8, abs=0.001)


def test_a_strong_belief_does_not() -> None:
    (found,) = fit([Column(0.01, -50, 50)], [[(0, 1.0)]] * 100, [0.0] * 100, [True] * 100)
    assert 0 < found < 0.02


def test_planted_coefficients_are_found() -> None:
    chance = random.Random(3)  # noqa: S311 - a simulation, the same each time
    rows = [[(0, chance.uniform(-1, 1)), (1, 1.0)] for _ in range(4_000)]
    right = [chance.random() < share(2 * row[0][1] - 0.5) for row in rows]
    slope, intercept = fit([FREE, FREE], rows, [0.0] * len(rows), right)
    assert slope == pytest.approx(2, abs=0.2)
    assert intercept == pytest.approx(-0.5, abs=0.15)


CASE = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-5, 5), st.booleans())


@given(st.lists(CASE, max_size=40))
def test_bounds_are_kept_and_equal_input_gives_equal_output(
    cases: list[tuple[float, float, float, bool]],
) -> None:
    columns = [Column(1.0, -0.5, 0.25), Column(2.0, 0.0, 3.0)]
    rows = [[(0, one), (1, other)] for one, other, _, _ in cases]
    offsets, right = [one[2] for one in cases], [one[3] for one in cases]
    found = fit(columns, rows, offsets, right)
    assert found == fit(columns, rows, offsets, right)
    assert all(one.low <= value <= one.high for one, value in zip(columns, found, strict=True))
