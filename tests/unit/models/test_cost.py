from __future__ import annotations

import pytest

from understudy.models.model import Model, tier_of
from understudy.wire import Usage

PAID = Model(
    id="acme/large",
    cost_tier="standard",
    locality="cloud",
    capabilities=frozenset(),
    price_in=3.0,
    price_out=15.0,
    price_cache_read=0.3,
    price_cache_write=3.75,
    long_prompt=(200_000, 6.0, 22.5),
)
FREE = Model(
    id="local/x",
    cost_tier="free",
    locality="local",
    capabilities=frozenset(),
    price_in=0.0,
    price_out=0.0,
)
UNKNOWN = Model(id="acme/new", cost_tier="standard", locality="cloud", capabilities=frozenset())


def test_tokens_from_the_cache_cost_what_they_cost() -> None:
    usage = Usage(input=10_000, cached=6_000, cache_written=1_000, output=500)
    expected = (3_000 * 3.0 + 6_000 * 0.3 + 1_000 * 3.75 + 500 * 15.0) / 1e6
    assert PAID.cost(usage) == pytest.approx(expected)


def test_a_long_prompt_has_its_own_prices() -> None:
    usage = Usage(input=300_000, cached=100_000, output=1_000)
    expected = (200_000 * 6.0 + 100_000 * 0.6 + 1_000 * 22.5) / 1e6
    assert PAID.cost(usage) == pytest.approx(expected)


def test_an_unknown_price_is_not_nothing() -> None:
    assert UNKNOWN.cost(Usage(input=1, output=1)) is None
    assert PAID.cost(Usage(input=1)) is None
    assert FREE.cost(Usage()) == 0.0


@pytest.mark.parametrize(
    ("price_in", "price_out", "tier"),
    [
        (0.0, 0.0, "free"),
        (0.15, 0.6, "economy"),
        (1.25, 10.0, "standard"),
        (3.0, 15.0, "premium"),
        (2.5, 10.0, "standard"),
        (5.0, 25.0, "premium"),
    ],
)
def test_a_tier_follows_from_the_price(price_in: float, price_out: float, tier: str) -> None:
    assert tier_of(price_in, price_out) == tier
