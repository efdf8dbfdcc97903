"""Exact bounds, against published values."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.binomial import beta_cdf, lower_bound


@pytest.mark.parametrize(
    ("wrong", "needed"), [(0, 59), (1, 93), (2, 124), (3, 153), (5, 208), (10, 336)]
)
def test_so_many_labels_prove_95_percent(wrong: int, needed: int) -> None:
    """The usual table of sample sizes for 95 % at 95 %."""
    assert lower_bound(needed - wrong, needed) >= 0.95
    assert lower_bound(needed - 1 - wrong, needed - 1) < 0.95


@pytest.mark.parametrize(("wrong", "needed"), [(0, 149), (1, 236), (2, 313)])
def test_so_many_labels_prove_98_percent(wrong: int, needed: int) -> None:
    assert lower_bound(needed - wrong, needed) >= 0.98
    assert lower_bound(needed - 1 - wrong, needed - 1) < 0.98


@pytest.mark.parametrize(
    ("good", "total", "confidence", "bound"),
    [
        # Two-sided 95 % limits of the literature are one-sided ones at 97.5 %.
        (1, 10, 0.975, 0.0025),
        (5, 10, 0.975, 0.1871),
        (10, 10, 0.975, 0.6915),
        (81, 263, 0.975, 0.2527),  # Newcombe 1998, table I
        (15, 148, 0.975, 0.0578),
        (1, 29, 0.975, 0.0009),
        (0, 20, 0.975, 0.0),
    ],
)
def test_bounds_are_those_of_the_literature(
    good: int, total: int, confidence: float, bound: float
) -> None:
    assert lower_bound(good, total, confidence) == pytest.approx(bound, abs=6e-5)


@given(st.integers(1, 60), st.integers(0, 60), st.floats(0.01, 0.99))
def test_the_beta_function_is_a_binomial_tail(good: int, bad: int, x: float) -> None:
    total = good + bad
    tail = sum(comb(total, k) * x**k * (1 - x) ** (total - k) for k in range(good, total + 1))
    assert beta_cdf(x, good, bad + 1) == pytest.approx(tail, abs=1e-9)


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_bound_lies_below_the_share_and_grows_with_it(good: int, bad: int) -> None:
    bound = lower_bound(good, good + bad)
    assert 0 <= bound <= (good / (good + bad) if good else 0)
    assert lower_bound(good + 1, good + bad + 1) >= bound


def test_the_ends_are_the_ends() -> None:
    assert (beta_cdf(0, 2, 3), beta_cdf(1, 2, 3)) == (0, 1)
    assert lower_bound(0, 0) == lower_bound(0, 5) == 0
