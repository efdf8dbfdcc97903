from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.unit.models.samples import settings_with
from understudy.config.settings import (
    OFFLINE_MODEL,
    CascadeSettings,
    ModelSettings,
    ProviderSettings,
    Settings,
)
from understudy.models import observed
from understudy.models.described import contradictions, unplaced
from understudy.models.observed import Found, Observed, Told
from understudy.models.registry import (
    Model,
    all_ids,
    find_model,
    known_models,
    renew,
    revision,
)

if TYPE_CHECKING:
    from pathlib import Path

OPENAI = {"openai": ProviderSettings()}
OLLAMA = {"ollama": ProviderSettings()}
ACME = {"acme": ProviderSettings(kind="openai", base_url="https://acme.example/v1")}
HERE = {"acme": ProviderSettings(kind="openai", base_url="http://127.0.0.1:9000/v1")}


def model(settings: Settings, wanted: str) -> Model:
    found = find_model(settings, wanted)
    assert found is not None, wanted
    return found


def test_without_configuration_and_keys_there_is_the_offline_model_alone() -> None:
    assert list(known_models(Settings())) == [OFFLINE_MODEL]


def test_a_key_in_the_environment_offers_its_providers_models(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "x")
    monkeypatch.setenv("GITHUB_TOKEN", "x")
    providers = {one.provider for one in known_models(Settings()).values()}
    assert providers == {"builtin", "anthropic"}
    off = settings_with({"anthropic": ProviderSettings(enabled=False)})
    assert list(known_models(off)) == [OFFLINE_MODEL]


def test_the_cheapest_comes_first_and_the_built_in_before_all() -> None:
    found = list(known_models(settings_with(OPENAI)).values())
    assert found[0].id == OFFLINE_MODEL
    tiers = [("free", "economy", "standard", "premium").index(one.cost_tier) for one in found]
    assert tiers == sorted(tiers)


def test_an_id_an_alias_and_a_name_alone_find_the_same_model() -> None:
    settings = settings_with(OPENAI, {"openai/gpt-4o": ModelSettings(aliases=("big one",))})
    assert {model(settings, name).id for name in ("openai/gpt-4o", "big one", "gpt-4o")} == {
        "openai/gpt-4o"
    }


@pytest.mark.parametrize(
    ("wanted", "largest"),
    [
        ("ollama/qwen2.5-coder:7b", 32_768),
        ("ollama/llama3.1:8b", 131_072),
        ("ollama/qwen3-coder", 262_144),
        ("ollama/phi3", 131_072),
        ("ollama/nemotron:70b", 131_072),
        ("o3", 200_000),
        ("gpt-4o-mini", 128_000),
    ],
)
def test_a_model_is_not_taken_for_another_of_a_like_name(wanted: str, largest: int) -> None:
    assert model(settings_with(OLLAMA), wanted).window_max == largest


@pytest.mark.parametrize(
    "wanted", ["opus-mt", "openai/gpt-5.7", "foo/bar", "anthropic/claude-hiaku-5-5", "", "/", "a/"]
)
def test_nobody_knows_what_is_no_model(wanted: str) -> None:
    assert find_model(settings_with(OPENAI), wanted) is None


def test_ids_may_hold_any_character() -> None:
    settings = settings_with({**OLLAMA, **ACME})
    for name in ("qwen2.5-coder:7b", "org/name@rev 2", "a b", "ü"):
        assert model(settings, f"acme/{name}").name == name
    assert model(settings, "ollama/qwen2.5-coder:7b").name == "qwen2.5-coder:7b"


def test_a_model_that_nobody_knows_has_a_small_window_and_no_price() -> None:
    found = model(settings_with(ACME), "acme/nobody-knows")
    assert found.inferred
    assert (found.context_window, found.price_in, found.cost_tier) == (8_192, None, "standard")
    assert found.capabilities == {"code-generation"}
    assert "not known" in found.summary


def test_a_gateway_serves_the_model_of_its_maker_at_a_price_that_is_not_known() -> None:
    found = model(settings_with({"github": ProviderSettings()}), "github/openai/gpt-4o")
    assert found.inferred
    assert (found.context_window, found.price_in, found.locality) == (128_000, None, "cloud")


def test_settings_win_over_the_catalogue_and_each_value_says_so() -> None:
    own = ModelSettings(context_window=5_000, price_in=1.0, price_out=2.0)
    found = model(settings_with(OPENAI, {"openai/gpt-4o": own}), "openai/gpt-4o")
    assert (found.context_window, found.price_in, found.price_cache_read) == (5_000, 1.0, None)
    assert found.cost_tier == "standard"
    assert found.sources["context_window"] == "settings"
    assert found.sources["max_output"].startswith("catalogue: litellm")
    assert found.sources["cost_tier"] == "derived"
    assert not found.inferred


def test_the_json_of_the_backlog_makes_a_model() -> None:
    own = ModelSettings(
        provider="anthropic", context_window=200_000, capabilities=frozenset({"code-generation"})
    )
    found = model(settings_with(models={"claude-3-5-sonnet": own}), "claude-3-5-sonnet")
    assert (found.provider, found.name) == ("anthropic", "claude-3-5-sonnet")
    assert found.context_window == 200_000
    assert "claude-3-5-sonnet" in known_models(settings_with(models={"claude-3-5-sonnet": own}))


def test_one_address_on_this_machine_is_local_and_free_and_another_is_not() -> None:
    assert model(settings_with(HERE), "acme/x").locality == "local"
    assert model(settings_with(HERE), "acme/x").price_in == 0.0
    for url in ("http://127.0.0.1.evil.example/v1", "http://192.168.0.9/v1", "http://localhost.x/"):
        elsewhere = settings_with({"acme": ProviderSettings(base_url=url)})
        assert model(elsewhere, "acme/x").locality == "cloud"


@pytest.mark.parametrize("name", ["gpt-oss:120b-cloud", "qwen3-coder:cloud", "kimi-k2:1t-Cloud"])
def test_a_model_that_a_local_server_hands_on_is_in_the_cloud_and_its_price_is_not_known(
    name: str,
) -> None:
    found = model(settings_with({"ollama": ProviderSettings()}), f"ollama/{name}")
    assert (found.locality, found.price_in) == ("cloud", None)
    mine = {"mine": ModelSettings(provider="ollama", name=name)}
    assert model(settings_with({"ollama": ProviderSettings()}, mine), "mine").locality == "cloud"


def test_models_that_chains_name_are_there_and_those_switched_off_are_not() -> None:
    settings = settings_with(
        {**OPENAI, "ollama": ProviderSettings(enabled=False)},
        {"openai/gpt-4o": ModelSettings(enabled=False)},
        model_routing=MappingProxyType({"debugging": ("ollama/x:1b", "gpt-4o-mini", "gpt-4o")}),
        cascade=CascadeSettings(fallback_model="openai/o3"),
    )
    known = known_models(settings)
    assert {"openai/gpt-4o-mini", "openai/o3"} <= known.keys()
    assert not {"ollama/x:1b", "openai/gpt-4o"} & known.keys()
    assert not model(settings, "ollama/x:1b").enabled


def test_a_retired_model_is_offered_only_to_those_who_name_it() -> None:
    settings = settings_with(OPENAI)
    retired = model(settings, "openai/gpt-3.5-turbo")
    assert retired.ends < "2026-11"
    assert retired.id not in known_models(settings)
    naming = MappingProxyType({"debugging": (retired.id,)})
    assert retired.id in known_models(settings_with(OPENAI, model_routing=naming))


def told(*found: Found, at: str = "http://127.0.0.1:11434", provider: str = "ollama") -> None:
    observed.keep(Observed({provider: Told(at, 1.0, found)}))
    renew()


def test_what_a_server_tells_counts_more_than_the_catalogue(home: Path) -> None:
    told(Found("llama3.1:8b", window=4_096, window_max=131_072, capabilities=frozenset({"tools"})))
    found = model(settings_with(OLLAMA), "ollama/llama3.1:8b")
    assert (found.context_window, found.window_max) == (4_096, 131_072)
    assert found.sources["context_window"] == "discovered"
    assert "ollama/llama3.1:8b" in known_models(settings_with(OLLAMA))


def test_a_window_in_the_settings_is_asked_for_as_far_as_the_server_can_grant_it() -> None:
    own = {"ollama/x": ModelSettings(context_window=40_000)}
    told(Found("x", window=16_384, window_max=131_072))
    assert model(settings_with(OLLAMA, own), "ollama/x").context_window == 40_000
    told(Found("x", window=16_384, window_max=32_768))
    assert model(settings_with(OLLAMA, own), "ollama/x").context_window == 32_768


def test_what_was_told_at_another_address_does_not_count() -> None:
    told(Found("only-there", window=4_096), at="http://127.0.0.1:9999")
    assert "ollama/only-there" not in known_models(settings_with(OLLAMA))


def test_a_damaged_record_of_servers_tells_nothing(home: Path) -> None:
    home.mkdir()
    for text in ("{", "[]", '{"format": 1}', '{"format": 1, "providers": {"ollama": 3}}'):
        (home / "discovered.json").write_text(text)
        renew()
        assert find_model(settings_with(OLLAMA), "ollama/llama3.1:8b") is not None


def test_a_tier_against_the_price_is_told() -> None:
    settings = settings_with(OPENAI, {"openai/o1": ModelSettings(cost_tier="free")})
    ((named, clause),) = contradictions(settings)
    assert named == "openai/o1"
    assert "`premium`" in clause
    assert model(settings, "openai/o1").cost_tier == "free"
    right = settings_with(OPENAI, {"openai/o1": ModelSettings(cost_tier="premium")})
    assert not list(contradictions(right))


def test_a_model_without_a_provider_is_told() -> None:
    settings = settings_with(models={"thing": ModelSettings(context_window=1_000)})
    assert unplaced(settings) == ["thing"]
    assert "thing" not in known_models(settings)


def test_the_revision_is_that_of_what_is_known() -> None:
    first = revision(settings_with(OPENAI))
    assert first == revision(settings_with(OPENAI))
    assert first != revision(settings_with(OPENAI, {"openai/o3": ModelSettings(price_in=9.0)}))


def test_every_id_of_the_catalogue_is_a_model() -> None:
    settings = settings_with({"azure": ProviderSettings(base_url="https://me.example/openai/v1")})
    for name in all_ids(settings):
        found = model(settings, name)
        assert found.context_window >= 256
        assert not found.inferred
