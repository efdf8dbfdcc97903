from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.journal.model_stats_text import ASCII, BLOCKS, bar, curve, marks_for


@pytest.mark.parametrize(
    ("encoding", "marks"),
    [("utf-8", BLOCKS), ("cp1252", ASCII), ("ascii", ASCII), (None, ASCII), ("no-such", ASCII)],
)
def test_marks_are_those_that_can_be_written(encoding: str | None, marks: object) -> None:
    assert marks_for(encoding) is marks


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0.0, "░░░░░░░░░░"), (0.001, "█░░░░░░░░░"), (0.3, "███░░░░░░░"), (1.0, "██████████")],
)
def test_a_bar_is_as_long_as_the_share(share: float, drawn: str) -> None:
    assert bar(share, BLOCKS) == drawn


def test_a_curve_shows_the_most_highest_and_nothing_as_a_dot() -> None:
    assert curve([0, 1, 4, 8], BLOCKS) == "·▁▄█"


@given(st.lists(st.integers(0, 10**9)))
def test_a_curve_has_a_mark_for_each_number(values: list[int]) -> None:
    assert len(curve(values, ASCII)) == len(values)
