from __future__ import annotations

import asyncio
import importlib
import json
import pkgutil
from typing import TYPE_CHECKING

import pytest

from tests.unit.models.samples import settings_with
from understudy import providers
from understudy.config.settings import (
    CLOSED_PROXY,
    NetworkSettings,
    ProviderSettings,
    Settings,
)
from understudy.core.addresses import is_loopback
from understudy.core.failures import UnavailableError
from understudy.models.registry import Model, find_model
from understudy.providers import (
    Provider,
    all_providers,
    open_endpoint,
    provider_named,
    provider_of,
    root_of,
)
from understudy.wire.families import all_families

if TYPE_CHECKING:
    from understudy.wire import Endpoint

EXPECTED = """
anthropic azure deepseek gemini github groq llamacpp lmstudio mistral ollama openai openrouter vllm
xai
"""


def model(settings: Settings, wanted: str) -> Model:
    found = find_model(settings, wanted)
    assert found is not None, wanted
    return found


def test_the_providers_are_those_that_are_promised() -> None:
    assert list(all_providers()) == EXPECTED.split()
    for info in pkgutil.iter_modules(providers.__path__):
        module = importlib.import_module(f"{providers.__name__}.{info.name}")
        held = [name for name, value in vars(module).items() if isinstance(value, Provider)]
        assert held == ["PROVIDER"]
        assert module.PROVIDER.id == info.name


@pytest.mark.parametrize("provider", all_providers().values(), ids=lambda one: one.id)
def test_a_provider_speaks_an_api_that_is_there(provider: Provider) -> None:
    kinds = {provider.family, *(kind for _, kind in provider.families)}
    assert kinds <= all_families().keys()
    assert not provider.base_url.endswith("/")
    local = is_loopback(provider.base_url)
    assert local == (not provider.keys)
    assert local == (provider.grants is not None)
    assert provider.base_url.startswith("http://127.0.0.1:" if local else "https://") or (
        provider.id == "azure"
    )


def test_a_key_comes_from_the_environment_unless_settings_say_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gemini = all_providers()["gemini"]
    assert gemini.key_for(None, Settings()) == "{env:GEMINI_API_KEY}"
    monkeypatch.setenv("GOOGLE_API_KEY", "x")
    assert gemini.key_for(None, Settings()) == "{env:GOOGLE_API_KEY}"
    own = settings_with({"gemini": ProviderSettings(key="{file:/k}")})
    assert gemini.key_for(None, own) == "{file:/k}"
    assert all_providers()["ollama"].key_for(None, Settings()) == ""


def test_a_key_of_the_environment_goes_to_the_providers_own_origin_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    openai = all_providers()["openai"]
    for url, goes in (
        ("http://proxy.example/v1", False),
        ("https://proxy.example/v1", False),
        ("https://api.openai.com:8443/v1", False),
        ("http://api.openai.com/v1", False),
        ("http://127.0.0.1:4000/v1", False),
        ("https://api.openai.com/v2", True),
        ("", True),
    ):
        own = settings_with({"openai": ProviderSettings(base_url=url)})
        assert bool(openai.key_for(None, own)) is goes
        named = ProviderSettings(base_url=url, key="{env:OPENAI_API_KEY}")
        assert openai.key_for(None, settings_with({"openai": named})) == "{env:OPENAI_API_KEY}"


def endpoint_for(model: Model, settings: Settings) -> Endpoint:
    return asyncio.run(open_endpoint(provider_of(model, settings), settings, model.name))


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    return "secret"


@pytest.mark.usefixtures("key")
def test_an_endpoint_is_what_provider_and_settings_say() -> None:
    settings = settings_with(
        {"openai": ProviderSettings(headers={"X-Team": "blue"})},
        network=NetworkSettings(proxy="http://proxy.example:3128"),
    )
    found = endpoint_for(model(settings, "openai/gpt-4o"), settings)
    assert (found.provider, found.family) == ("openai", "openai")
    assert found.base_url == "https://api.openai.com/v1"
    assert (found.key, found.headers) == ("secret", {"X-Team": "blue"})
    assert found.proxy == "http://proxy.example:3128"
    assert "secret" not in repr(found)


@pytest.mark.usefixtures("key")
def test_a_model_that_only_another_api_serves_is_asked_by_that() -> None:
    settings = settings_with({"openai": ProviderSettings()})
    endpoint = endpoint_for(model(settings, "openai/gpt-5.3-codex"), settings)
    assert endpoint.family == "openai-responses"
    chosen = settings_with({"openai": ProviderSettings(kind="openai")})
    endpoint = endpoint_for(model(chosen, "openai/gpt-5.3-codex"), chosen)
    assert endpoint.family == "openai"


def test_any_compatible_address_is_a_provider() -> None:
    own = {"acme": ProviderSettings(base_url="http://127.0.0.1:8000/v1")}
    settings = settings_with(own, network=NetworkSettings(proxy="http://proxy.example"))
    found = model(settings, "acme/coder")
    endpoint = endpoint_for(found, settings)
    assert (endpoint.provider, endpoint.family, endpoint.proxy) == ("acme", "openai", "")
    assert endpoint.base_url == "http://127.0.0.1:8000/v1"
    assert "system-role" in endpoint.quirks
    assert provider_of(found, settings).list_models is not None
    other = settings_with(
        {"acme": ProviderSettings(kind="anthropic", base_url="https://a.example")}
    )
    assert endpoint_for(model(other, "acme/x"), other).family == "anthropic"


def test_another_api_at_a_known_provider_has_no_old_habits() -> None:
    settings = settings_with({"azure": ProviderSettings(kind="anthropic", base_url="https://a.b")})
    azure = provider_named("azure", settings)
    assert azure is not None
    assert (azure.family, azure.quirks) == ("anthropic", frozenset())


@pytest.mark.parametrize(
    ("settings", "wanted", "words"),
    [
        (settings_with({"openai": ProviderSettings(enabled=False)}), "openai/o3", "switched off"),
        (settings_with({"azure": ProviderSettings()}), "azure/gpt-4o", "base_url"),
        (
            settings_with(
                {"openai": ProviderSettings()}, network=NetworkSettings(proxy=CLOSED_PROXY)
            ),
            "openai/o3",
            "proxy",
        ),
        (
            settings_with(
                {"openai": ProviderSettings(headers={"X-Key": "{env:NOT_THERE}"})},
            ),
            "openai/o3",
            "NOT_THERE",
        ),
    ],
)
@pytest.mark.usefixtures("key")
def test_there_is_no_way_to_what_must_not_be_reached(
    settings: Settings, wanted: str, words: str
) -> None:
    with pytest.raises(UnavailableError, match=words):
        endpoint_for(model(settings, wanted), settings)


def test_a_closed_proxy_leaves_this_machine_reachable() -> None:
    settings = settings_with(
        {"ollama": ProviderSettings()}, network=NetworkSettings(proxy=CLOSED_PROXY)
    )
    assert endpoint_for(model(settings, "ollama/x"), settings).proxy == ""


async def test_keys_and_headers_are_fetched_from_where_they_lie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "one-secret")
    monkeypatch.setenv("TEAM_TOKEN", "other-secret")
    own = ProviderSettings(headers={"X-Token": "{env:TEAM_TOKEN}", "X-Team": "blue"})
    settings = settings_with({"openai": own})
    found = await open_endpoint(all_providers()["openai"], settings)
    assert found.key == "one-secret"
    assert found.headers == {"X-Token": "other-secret", "X-Team": "blue"}
    assert "secret" not in repr(found)


async def test_a_missing_key_is_one_sentence() -> None:
    with pytest.raises(UnavailableError, match="`OPENAI_API_KEY`"):
        await open_endpoint(all_providers()["openai"], Settings())


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000"),
        ("https://openrouter.ai/api/v1", "https://openrouter.ai"),
        ("https://lab.example/llm/v1", "https://lab.example/llm"),
        ("https://x.example/openai/v1?api-version=preview", "https://x.example/openai"),
    ],
)
def test_the_root_of_a_server_is_above_its_api(url: str, root: str) -> None:
    assert root_of(url) == root


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:11434", True),
        ("http://localhost/v1", True),
        ("http://[::1]:8000", True),
        ("http://127.9.9.9", True),
        ("http://localhost.evil.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://127.0.0.1@evil.example", False),
        ("http://evil.example/127.0.0.1", False),
        ("http://0.0.0.0:8000", False),
        ("http://192.168.0.2", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_only_this_machine_is_this_machine(url: str, *, here: bool) -> None:
    assert is_loopback(url) is here


def test_what_the_registry_knows_of_providers_is_what_they_say() -> None:
    from tests.tidy import make_vendors

    assert make_vendors.PAGE.read_text("utf-8") == make_vendors.markdown(), "Run `make generate`."
    assert json.loads(make_vendors.markdown()).keys() == all_providers().keys()
