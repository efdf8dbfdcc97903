from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.nearness import distance, near

WORDS = st.text(alphabet="abc_", max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("values", "vlaues", 1),
        ("result", "reslt", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
        ("a", "a", 0),
    ],
)
def test_slips_are_counted(a: str, b: str, slips: int) -> None:
    assert distance(a, b, 3) == slips


@given(WORDS, WORDS, st.integers(0, 4))
def test_distance_is_symmetric_and_bounded(a: str, b: str, limit: int) -> None:
    slips = distance(a, b, limit)
    assert slips == distance(b, a, limit)
    assert 0 <= slips <= limit + 1
    assert (slips == 0) == (a == b)
    assert slips == min(distance(a, b, 20), limit + 1)


def test_case_alone_is_nearest() -> None:
    assert near("userid", ["userif", "userId", "user_id"]) == [
        (0.5, "userId"),
        (0.5, "user_id"),
        (1.0, "userif"),
    ]


def test_short_names_are_near_to_little() -> None:
    assert near("x", ["y", "z", "X"]) == [(0.5, "X")]
    assert near("ab", ["cd", "ba", "ac"]) == [(1.0, "ba")]


def test_two_slips_keep_the_first_letter() -> None:
    assert near("count", ["round", "cuonts"]) == [(2.0, "cuonts")]
