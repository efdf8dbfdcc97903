from __future__ import annotations

import pytest

from tests.unit.engine.tiny_server import tiny_server
from tests.unit.models.conftest import home
from tests.unit.models.samples import settings_with
from understudy.config.settings import ProviderSettings
from understudy.engine.discovery import ask_provider, discover
from understudy.providers import provider_named

__all__ = ["home"]


async def test_a_search_sends_nothing_to_a_cloud_that_nobody_agreed_to() -> None:
    own = {"acme": ProviderSettings(base_url="https://acme.invalid/v1")}
    found = {one.provider.id: one for one in await discover(settings_with(own), ())}
    assert found["acme"].trouble.startswith("It was not asked")
    assert "`understudy consent acme`" in found["acme"].trouble
    agreed = {one.provider.id: one for one in await discover(settings_with(own), {"acme"})}
    assert not agreed["acme"].trouble.startswith("It was not asked")


@pytest.mark.parametrize("base", ["/v1", "/api/v1", "/api/paas/v4", "/inference"])
async def test_the_models_of_a_compatible_server_are_listed_below_its_base_url(base: str) -> None:
    with tiny_server({f"{base}/models": {"data": [{"id": "small"}]}}) as server:
        own = settings_with({"acme": ProviderSettings(base_url=f"{server.url}{base}")})
        provider = provider_named("acme", own)
        assert provider is not None
        found = await ask_provider(provider, own)
    assert found.told is not None, found.trouble
    assert [one.name for one in found.told.models] == ["small"]
