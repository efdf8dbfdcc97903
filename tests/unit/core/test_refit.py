from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.refit import ENOUGH, share, shift


@given(st.lists(st.tuples(st.floats(-6, 6), st.booleans()), min_size=ENOUGH, max_size=120))
def test_after_the_shift_the_mean_prediction_is_what_happened(
    found: list[tuple[float, bool]],
) -> None:
    predicted, right = [one for one, _ in found], [one for _, one in found]
    by = shift(predicted, right)
    moved = [share(one + by) for one in predicted]
    wanted = (sum(right) + 0.5) / (len(right) + 1)
    assert sum(moved) / len(moved) == pytest.approx(wanted, abs=0.01)


def test_too_few_outcomes_move_nothing() -> None:
    assert shift([2.0] * (ENOUGH - 1), [False] * (ENOUGH - 1)) == 0
