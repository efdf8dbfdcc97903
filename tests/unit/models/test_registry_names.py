"""Which model an id or a name stands for, and what it costs under each of them."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from tests.unit.models.samples import settings_with
from tests.unit.models.test_registry import ACME, HERE, OPENAI, model
from understudy.config.settings import ModelSettings, ProviderSettings
from understudy.models.chains import doubts_about_chains
from understudy.models.described import doubts_about_addresses
from understudy.models.meant import no_such_model
from understudy.models.registry import find_model, namesakes


def test_a_price_holds_for_every_id_of_the_same_model() -> None:
    dear = ModelSettings(price_in=1000.0, price_out=5000.0)
    own = {
        "acme/dear": dear,
        "again": ModelSettings(provider="acme", name="dear"),
        "acme/nick": ModelSettings(name="dear"),
        "more": ModelSettings(provider="acme", name="dear", price_in=1.0, price_out=1.0),
        "alone": ModelSettings(provider="acme", name="far", price_in=3.0, price_out=4.0),
    }
    for providers in (ACME, HERE):
        settings = settings_with(providers, own)
        prices = {
            name: (model(settings, name).price_in, model(settings, name).price_out)
            for name in ("acme/dear", "again", "acme/nick", "more", "acme/far")
        }
        assert prices == {
            "acme/dear": (1000.0, 5000.0),
            "again": (1000.0, 5000.0),
            "acme/nick": (1000.0, 5000.0),
            "more": (1.0, 1.0),
            "acme/far": (3.0, 4.0),
        }
        assert model(settings, "again").cost_tier == "premium"


def test_a_price_for_a_name_alone_is_that_of_the_model_it_stands_for() -> None:
    settings = settings_with(OPENAI, {"gpt-4o": ModelSettings(price_in=7.0, price_out=8.0)})
    assert model(settings, "openai/gpt-4o").price_in == 7.0
    assert model(settings, "openai/gpt-4o").price_cache_read is None


def test_a_name_alone_is_that_of_a_model_that_settings_describe() -> None:
    both = {**ACME, "beta": ProviderSettings(base_url="https://beta.example/v1")}
    own = {"beta/coder": ModelSettings(), "acme/gpt-4o": ModelSettings()}
    settings = settings_with(both, own)
    assert model(settings, "coder").id == "beta/coder"
    assert model(settings, "gpt-4o").id == "acme/gpt-4o", "before that of its maker"
    assert namesakes(settings, "coder") == namesakes(settings, "beta/coder") == ()
    off = settings_with({"beta": ProviderSettings(base_url="https://b.c/v1", enabled=False)}, own)
    assert find_model(off, "coder") is None


def test_a_name_that_several_providers_have_is_told_with_the_one_that_is_taken() -> None:
    both = {**ACME, "beta": ProviderSettings(base_url="https://beta.example/v1")}
    own = {"beta/coder": ModelSettings(), "acme/coder": ModelSettings(aliases=("mine",))}
    settings = settings_with(
        both, own, model_routing=MappingProxyType({"debugging": ("coder", "mine")})
    )
    assert model(settings, "coder").id == "acme/coder"
    assert namesakes(settings, "coder") == ("acme/coder", "beta/coder")
    assert namesakes(settings, "mine") == namesakes(settings, "nobody") == ()
    doubts = {doubt.place: doubt for doubt in doubts_about_chains(settings)}
    assert "may be `acme/coder` or `beta/coder`" in doubts[0].clause
    assert doubts[0].meant == "acme/coder"
    assert no_such_model("coderr", settings).endswith("Did you mean `acme/coder`?")


@pytest.mark.parametrize(
    ("url", "is_odd"),
    [
        ("http://127.0.0.1:1/v1/chat/completions", True),
        ("http://127.0.0.1:1/v1/models/", True),
        ("http://127.0.0.1:1/v1", False),
        ("https://acme.example/my-models", False),
    ],
)
def test_a_base_url_that_ends_with_a_path_of_the_api_is_told(url: str, *, is_odd: bool) -> None:
    found = dict(doubts_about_addresses(settings_with({"acme": ProviderSettings(base_url=url)})))
    assert ("acme" in found) is is_odd
