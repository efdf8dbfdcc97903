"""A server on this machine may pass on models that cost money; what is not known is not nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.models.samples import settings_with
from understudy.config.settings import ModelSettings, ProviderSettings, Settings
from understudy.engine.budget import is_exempt, upper_bound
from understudy.models.described import contradictions, half_priced
from understudy.models.registry import Model, find_model
from understudy.wire import Usage

HERE = {"acme": ProviderSettings(kind="openai", base_url="http://127.0.0.1:9000/v1")}
USAGE = Usage(input=900, cached=0, cache_written=0, output=6_000, reasoning=0)


def settings_of(**own: Any) -> Settings:
    return settings_with(HERE, {"acme/x": ModelSettings(**own)})


def model(**own: Any) -> Model:
    found = find_model(settings_of(**own), "acme/x")
    assert found is not None
    return found


@pytest.mark.parametrize("own", [{}, {"cost_tier": "free"}, {"context_window": 9_000}])
def test_a_local_model_of_which_nothing_else_is_said_costs_nothing(own: dict[str, object]) -> None:
    found = model(**own)
    assert (found.price_in, found.price_out, found.cost_tier) == (0.0, 0.0, "free")
    assert is_exempt(found)


@pytest.mark.parametrize("price", [0.0001, 15.0, 0.0])
@pytest.mark.parametrize("name", ["price_in", "price_out"])
def test_the_other_price_of_a_local_model_is_unknown_once_one_is_told(
    name: str, price: float
) -> None:
    found = model(**{name: price})
    other = {"price_in": "price_out", "price_out": "price_in"}[name]
    assert getattr(found, name) == price
    assert getattr(found, other) is None
    assert found.cost(USAGE) is None
    assert found.cost_tier == "standard"
    assert not is_exempt(found)
    assert upper_bound(found, None) > 0
    assert "price is not known" in found.summary


@pytest.mark.parametrize("tier", ["economy", "standard", "premium"])
def test_a_local_model_with_a_paid_tier_has_no_known_price(tier: str) -> None:
    found = model(cost_tier=tier)
    assert (found.price_in, found.price_out, found.cost_tier) == (None, None, tier)
    assert found.cost(USAGE) is None
    assert not is_exempt(found)
    assert upper_bound(found, None) > 0
    assert not list(contradictions(settings_of(cost_tier=tier)))


def test_a_model_that_is_called_free_and_has_one_price_is_not_asked_for_nothing() -> None:
    found = model(cost_tier="free", price_in=9.0)
    assert not is_exempt(found)
    assert upper_bound(found, None) > 0


def test_both_prices_of_a_local_model_are_what_it_costs() -> None:
    found = model(price_in=1.0, price_out=2.0)
    assert found.cost(USAGE) == pytest.approx((900 + 2 * 6_000) / 1_000_000)
    assert "$1 and $2" in found.summary
    assert "on this machine" in found.summary
    assert is_exempt(model(price_in=0.0, price_out=0.0))


def test_no_second_id_makes_a_local_model_cheaper() -> None:
    own = {
        "acme/x": ModelSettings(cost_tier="premium"),
        "again": ModelSettings(provider="acme", name="x"),
    }
    found = find_model(settings_with(HERE, own), "again")
    assert found is not None
    assert not is_exempt(found)


def test_one_price_that_contradicts_the_tier_already_is_told() -> None:
    ((named, clause),) = contradictions(settings_of(cost_tier="free", price_in=9.0))
    assert named == "acme/x"
    assert "`free`" in clause
    assert not list(contradictions(settings_of(cost_tier="premium", price_in=9.0)))


def test_a_price_that_stands_alone_is_told() -> None:
    assert [path for path, _ in half_priced(settings_of(price_in=1.0))] == [
        ("models", "acme/x", "price_in")
    ]
    assert [path for path, _ in half_priced(settings_of(price_out=0.0))] == [
        ("models", "acme/x", "price_out")
    ]
    assert not list(half_priced(settings_of(price_in=1.0, price_out=1.0)))
    assert not list(half_priced(settings_of()))
    known = settings_with(
        {"openai": ProviderSettings()}, {"openai/o1": ModelSettings(price_in=9.0)}
    )
    assert not list(half_priced(known))
