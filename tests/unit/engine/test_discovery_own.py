"""Servers of one's own, by whatever API they speak, tell their models as the API's own provider does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.test_discovery import OLLAMA, VLLM
from tests.unit.engine.tiny_server import tiny_server
from tests.unit.models.conftest import home
from tests.unit.models.samples import settings_with
from understudy.config.settings import ProviderSettings
from understudy.engine.discovery import discover, refresh_local
from understudy.models.registry import find_model, known_models

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]

GEMINI = {
    "models": [
        {"name": "models/g", "inputTokenLimit": 9000, "outputTokenLimit": 800},
        {"name": "models/e", "supportedGenerationMethods": ["embedContent"]},
    ]
}


@pytest.mark.parametrize(
    ("kind", "path", "answers", "names"),
    [
        ("ollama", "", OLLAMA, ["qwen2.5-coder:7b", "x"]),
        ("ollama", "/api", OLLAMA, ["qwen2.5-coder:7b", "x"]),
        ("openai-responses", "/v1", VLLM, ["Qwen/Qwen2.5-Coder-7B"]),
        ("anthropic", "", {"/v1/models": {"data": [{"id": "a", "type": "model"}]}}, ["a"]),
        ("anthropic", "/v1", {"/v1/models": {"data": [{"id": "a", "type": "model"}]}}, ["a"]),
        ("gemini", "", {"/v1beta/models": GEMINI}, ["g"]),
        ("gemini", "/v1beta", {"/v1beta/models": GEMINI}, ["g"]),
    ],
)
async def test_a_server_of_ones_own_is_asked_as_its_api_wants(
    home: Path, kind: str, path: str, answers: dict[str, Any], names: list[str]
) -> None:
    with tiny_server(answers) as server:
        own = ProviderSettings(kind=kind, base_url=f"{server.url}{path}")
        settings = settings_with({"mine": own})
        await refresh_local(settings)
        (found,) = [one for one in await discover(settings, ()) if one.provider.id == "mine"]
    assert found.trouble == ""
    assert found.told is not None
    assert [one.name for one in found.told.models] == names
    assert all(find_model(settings, f"mine/{name}") is not None for name in names)
    assert {f"mine/{name}" for name in names} <= set(known_models(settings))
