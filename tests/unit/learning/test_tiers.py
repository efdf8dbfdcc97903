from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.learning_settings import LearningSettings
from understudy.learning.tiers import Tier, bound_of, tier_of

RAW = LearningSettings(criterion="raw")
WILSON = LearningSettings()


@pytest.mark.parametrize(
    ("good", "total", "raw", "wilson"),
    [
        (0, 0, Tier.QUEUE, Tier.QUEUE),
        # 0.9 of five samples, and just below it.
        (4.5, 5, Tier.AUTO, Tier.QUEUE),
        (0.899 * 5, 5, Tier.LOG, Tier.QUEUE),
        # 0.7 of three samples, and just below it.
        (2.1, 3, Tier.LOG, Tier.QUEUE),
        (0.699 * 3, 3, Tier.QUEUE, Tier.QUEUE),
        # Enough by the rate, and too few.
        (4, 4, Tier.LOG, Tier.QUEUE),
        (2, 2, Tier.QUEUE, Tier.QUEUE),
        (5, 5, Tier.AUTO, Tier.QUEUE),
        (9, 10, Tier.AUTO, Tier.QUEUE),
        # The bounds: 8 of 8 prove 67.6 %, 9 of 9 prove 70.1 %, 34 of 34 prove 89.8 %.
        (8, 8, Tier.AUTO, Tier.QUEUE),
        (9, 9, Tier.AUTO, Tier.LOG),
        (34, 34, Tier.AUTO, Tier.LOG),
        (35, 35, Tier.AUTO, Tier.AUTO),
        (90, 100, Tier.AUTO, Tier.LOG),
        (70, 100, Tier.LOG, Tier.QUEUE),
        (0, 100, Tier.QUEUE, Tier.QUEUE),
    ],
)
def test_a_tier_by_both_criteria(good: float, total: float, raw: Tier, wilson: Tier) -> None:
    assert (tier_of(good, total, RAW), tier_of(good, total, WILSON)) == (raw, wilson)


def test_samples_that_have_aged_a_little_count_as_whole_ones() -> None:
    assert tier_of(4.97, 4.97, RAW) is Tier.AUTO
    assert tier_of(3.99, 3.99, RAW) is Tier.LOG


@given(st.floats(0, 1), st.floats(0, 1e6))
def test_the_careful_criterion_never_says_more(rate: float, total: float) -> None:
    order = list(Tier)
    careful, plain = (tier_of(rate * total, total, rules) for rules in (WILSON, RAW))
    assert order.index(careful) <= order.index(plain)
    assert 0 <= bound_of(rate * total, total, WILSON) <= 1
