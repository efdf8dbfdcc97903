"""Each provider's habits against an API that takes nothing else."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest

from tests.providers.answers import Says, Status
from tests.providers.asked import Traits
from tests.providers.discovery import WINDOW
from tests.providers.scripted import ScriptedServer
from understudy.config.settings import ProviderSettings, Settings
from understudy.engine.discovery import ask_provider
from understudy.providers import all_providers, provider_named
from understudy.wire import Endpoint, Limits, Message, Request
from understudy.wire.call import call

pytestmark = pytest.mark.usefixtures("closed")

DIALECTS = {"openai": "openai", "azure": "openai", "mistral": "mistral", "groq": "groq"}
"""All others overlook what they don't know."""

ASKED = (
    "/v1/models",
    "/props",
    "/api/tags",
    "/api/ps",
    "/api/show",
    "/api/v0/models",
    "/api/v1/models",
)
"""Where servers tell about their models."""

KEY = "sk-planted-8f3a91c2d4e5b6a7"
SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("name", sorted(all_providers()))
@pytest.mark.parametrize("reasoning", [False, True], ids=["plain", "reasoning"])
async def test_the_first_request_to_a_provider_is_taken(name: str, reasoning: bool) -> None:
    provider = all_providers()[name]
    traits = Traits(
        reasoning=reasoning,
        dialect=DIALECTS.get(name, "compatible"),
        key=KEY if provider.keys else None,
    )
    path = urlsplit(provider.base_url).path or {"azure": "/openai/v1"}.get(name, "")
    messages = (Message("system", "You mend code.", stable=True), Message("user", "Mend it."))
    request = Request(
        "m",
        messages,
        400,
        temperature=None if reasoning else 0.2,
        effort="low" if reasoning else "",
        schema=SCHEMA,
        window=8192,
        cache_key="workspace",
    )
    async with ScriptedServer({"m": [Says("{}")]}, traits={"m": traits}) as server:
        endpoint = Endpoint(
            name,
            provider.family,
            server.url + path,
            KEY if provider.keys else "",
            quirks=provider.quirks,
        )
        reply = await call(request, endpoint, Limits(time.monotonic() + 10))
        assert [asked.refused for asked in server.asked] == [None]
    assert reply.usage.input == 900, "Nothing of the usage is lost for a provider's habits."
    assert reply.dropped == frozenset()


LISTING = [name for name, provider in sorted(all_providers().items()) if provider.list_models]


@pytest.mark.parametrize("name", LISTING)
async def test_a_server_is_asked_for_its_models(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    path = urlsplit(all_providers()[name].base_url).path
    async with ScriptedServer({"m": [Says("x")]}) as server:
        own = ProviderSettings(base_url=server.url + path, key="{env:ACME_KEY}")
        settings = Settings(providers={name: own})
        provider = provider_named(name, settings)
        assert provider is not None
        found = await ask_provider(provider, settings)
        assert found.told is not None, found.trouble
        assert not any(KEY in asked.target for asked in server.asked)
    [model] = found.told.models
    assert model.name == "m"
    assert model.window in {WINDOW, provider.grants}
    assert model.window_max == WINDOW


@pytest.mark.parametrize("name", LISTING)
@pytest.mark.parametrize(
    "told",
    [
        Status(500, b"no"),
        Status(200, b"<html>Sign in</html>", {"content-type": "text/html"}),
        Status(200, b"[[[[" * 10_000),
        Status(200, {"data": 1, "models": "x"}),
        Status(200, b"\xff\xfe"),
    ],
    ids=str,
)
async def test_a_server_that_tells_nonsense_is_no_trouble(
    name: str, told: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    path = urlsplit(all_providers()[name].base_url).path
    async with ScriptedServer() as server:
        server.extra = dict.fromkeys(ASKED, told)
        own = ProviderSettings(base_url=server.url + path, key="{env:ACME_KEY}")
        settings = Settings(providers={name: own})
        provider = provider_named(name, settings)
        assert provider is not None
        found = await ask_provider(provider, settings)
    assert found.trouble or (found.told and not found.told.models)
    assert KEY not in found.trouble
