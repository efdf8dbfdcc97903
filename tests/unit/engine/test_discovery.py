from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from tests.unit.engine.tiny_server import tiny_server
from tests.unit.models.conftest import home
from tests.unit.models.samples import settings_with
from understudy.config.settings import ProviderSettings, Settings
from understudy.engine.discovery import FRESH_S, ask_provider, discover, refresh_local
from understudy.models.observed import Found, observed
from understudy.models.registry import find_model, known_models
from understudy.providers import all_providers, list_compatible, provider_named

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]

OLLAMA = {
    "/api/tags": {"models": [{"name": "qwen2.5-coder:7b"}, {"name": "bge:latest"}, {"name": "x"}]},
    "/api/ps": {"models": [{"name": "x", "context_length": 4096}]},
    "/api/show qwen2.5-coder:7b": {
        "capabilities": ["completion", "tools", "insert"],
        "model_info": {"general.architecture": "qwen2", "qwen2.context_length": 32768},
    },
    "/api/show bge:latest": {"capabilities": ["embedding"], "model_info": {}},
    "/api/show x": {"capabilities": ["completion"], "model_info": {"x.context_length": 131072}},
}
LLAMACPP = {
    "/v1/models": {"data": [{"id": "qwen.gguf"}]},
    "/props": {
        "default_generation_settings": {"n_ctx": 8192},
        "chat_template_caps": {"supports_tools": True},
    },
}
LMSTUDIO = {
    "/api/v1/models": {
        "models": [
            {
                "type": "llm",
                "key": "qwen/qwen3-coder",
                "max_context_length": 262144,
                "loaded_instances": [{"id": "i", "config": {"context_length": 20000}}],
                "capabilities": {"vision": False, "trained_for_tool_use": True},
            },
            {"type": "llm", "key": "cold", "max_context_length": 32768, "loaded_instances": []},
            {"type": "embedding", "key": "bge"},
        ]
    }
}
OLD_LMSTUDIO = {
    "/api/v0/models": {
        "data": [{"id": "old", "type": "llm", "max_context_length": 9000, "state": "not-loaded"}]
    }
}
VLLM = {"/v1/models": {"data": [{"id": "Qwen/Qwen2.5-Coder-7B", "max_model_len": 12288}]}}
OPENROUTER = {
    "/api/v1/models": {
        "data": [
            {
                "id": "acme/large",
                "context_length": 100000,
                "pricing": {"prompt": "0.000002", "completion": "0.00001"},
                "supported_parameters": ["tools", "structured_outputs", "temperature"],
                "top_provider": {"max_completion_tokens": 5000},
            },
            {"id": "acme/auto", "pricing": {"prompt": "-1", "completion": "-1"}},
        ]
    }
}
HELD = "structured-output"


def at(provider: str, url: str, path: str = "") -> Settings:
    return settings_with({provider: ProviderSettings(base_url=f"{url}{path}")})


@pytest.mark.parametrize(
    ("provider", "path", "answers", "expected"),
    [
        (
            "ollama",
            "",
            OLLAMA,
            (
                Found(
                    "qwen2.5-coder:7b", 16384, 32768, capabilities=frozenset({HELD, "tools", "fim"})
                ),
                Found("x", 4096, 131072, capabilities=frozenset({HELD})),
            ),
        ),
        (
            "llamacpp",
            "/v1",
            LLAMACPP,
            (Found("qwen.gguf", 8192, 8192, capabilities=frozenset({HELD, "tools"})),),
        ),
        (
            "lmstudio",
            "/v1",
            LMSTUDIO,
            (
                Found("qwen/qwen3-coder", 20000, 20000, capabilities=frozenset({HELD, "tools"})),
                Found("cold", 4096, 32768, capabilities=frozenset({HELD})),
            ),
        ),
        (
            "lmstudio",
            "/v1",
            OLD_LMSTUDIO,
            (Found("old", 4096, 9000, capabilities=frozenset({HELD})),),
        ),
        ("vllm", "/v1", VLLM, (Found("Qwen/Qwen2.5-Coder-7B", 12288, 12288),)),
        (
            "openrouter",
            "/api/v1",
            OPENROUTER,
            (
                Found(
                    "acme/large",
                    100000,
                    100000,
                    5000,
                    2.0,
                    10.0,
                    frozenset({"tools", "structured-output"}),
                ),
                Found("acme/auto", capabilities=frozenset()),
            ),
        ),
    ],
)
async def test_a_server_tells_its_models_and_what_it_grants_them(
    provider: str,
    path: str,
    answers: dict[str, Any],
    expected: tuple[Found, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENROUTER_API_KEY", "x")
    with tiny_server(answers) as server:
        found = await ask_provider(all_providers()[provider], at(provider, server.url, path))
    assert found.trouble == ""
    assert found.told is not None
    assert found.told.models == expected


async def test_what_was_told_is_known_from_then_on_and_asked_anew_only_later() -> None:
    with tiny_server(OLLAMA) as server:
        settings = at("ollama", server.url)
        assert "ollama/x" not in known_models(settings)
        await refresh_local(settings)
        assert "ollama/x" in known_models(settings)
        model = find_model(settings, "ollama/x")
        assert model is not None
        assert (model.context_window, model.window_max) == (4096, 131072)
        asked = len(server.asked)
        await refresh_local(settings)
        assert len(server.asked) == asked
        told = observed().providers["ollama"]
        await refresh_local(settings, at=told.at + FRESH_S + 1)
        assert len(server.asked) > asked


async def test_a_server_that_is_gone_keeps_what_it_told() -> None:
    with tiny_server(VLLM) as server:
        settings = at("vllm", server.url, "/v1")
        await refresh_local(settings)
    told = observed().providers["vllm"]
    await refresh_local(settings, at=told.at + FRESH_S + 1)
    assert observed().providers["vllm"] == told


async def test_nobody_is_asked_who_is_not_configured_or_not_on_this_machine() -> None:
    with tiny_server(VLLM) as server:
        await refresh_local(Settings())
        await refresh_local(settings_with({"vllm": ProviderSettings(enabled=False)}))
        far = settings_with({"acme": ProviderSettings(base_url="https://acme.invalid/v1")})
        await refresh_local(far)
        assert server.asked == []
    assert observed().providers == {}


async def test_a_search_tells_what_is_in_use_and_why_something_did_not_answer() -> None:
    with tiny_server(VLLM) as server:
        settings = settings_with(
            {
                "acme": ProviderSettings(base_url=f"{server.url}/v1"),
                "lmstudio": ProviderSettings(base_url=f"{server.url}/v1"),
                "ollama": ProviderSettings(enabled=False),
            }
        )
        found = {one.provider.id: one for one in await discover(settings, ())}
    assert found["acme"].told is not None
    assert found["acme"].configured
    assert found["lmstudio"].told is None
    assert found["lmstudio"].trouble.endswith(".")
    assert "ollama" not in found
    assert not found["llamacpp"].configured


async def test_a_server_gets_only_the_key_that_settings_name_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MY_KEY", "my-secret-key")
    monkeypatch.setenv("OPENAI_API_KEY", "other-secret")
    with tiny_server(VLLM) as server:
        settings = at("vllm", server.url, "/v1")
        await ask_provider(all_providers()["vllm"], settings)
        own = replace(settings.providers["vllm"], key="{env:MY_KEY}")
        await ask_provider(all_providers()["vllm"], settings_with({"vllm": own}))
        first, second = (headers for _, headers in server.asked)
    assert "authorization" not in first
    assert second["authorization"] == "Bearer my-secret-key"
    assert not [
        name for name, value in os.environ.items() if "my-secret" in value and name != "MY_KEY"
    ]


@pytest.fixture
def in_the_way(home: Path) -> None:
    home.write_text("a file where a folder should be")


@pytest.mark.usefixtures("in_the_way")
async def test_a_file_in_the_way_of_the_record_is_no_failure() -> None:
    with tiny_server(VLLM) as server:
        await refresh_local(at("vllm", server.url, "/v1"))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "models",
                    "data",
                    "name",
                    "id",
                    "key",
                    "type",
                    "capabilities",
                    "model_info",
                    "x.context_length",
                    "pricing",
                    "loaded_instances",
                    "config",
                    "default_generation_settings",
                    "supported_parameters",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JUNK)
async def test_no_answer_of_a_server_makes_its_reader_raise(answer: Any) -> None:
    async def ask(path: str, body: object = None) -> Any:
        return answer

    readers = [one.list_models for one in all_providers().values() if one.list_models]
    for read in (*readers, list_compatible):
        for found in await read(ask):
            assert found.name
            assert found.window is None or found.window > 0


def test_any_compatible_server_of_ones_own_can_be_asked() -> None:
    provider = provider_named("acme", at("acme", "http://127.0.0.1:9", "/v1"))
    assert provider is not None
    assert provider.list_models is list_compatible
