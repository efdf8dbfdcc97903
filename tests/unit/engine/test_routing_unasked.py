"""The router where nobody asked: only models that cost nothing."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from understudy.config.settings import (
    OFFLINE_MODEL,
    CascadeSettings,
    ModelSettings,
    ProviderSettings,
    Settings,
)
from understudy.engine.router import route
from understudy.engine.situation import Situation
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE, GATEWAY = "here/small", "here/passed-on"
CHEAP, FREE, UNKNOWN = "acme/cheap", "acme/free", "acme/unknown"
MODELS = {
    HERE: ModelSettings(),
    GATEWAY: ModelSettings(price_in=1.0, price_out=2.0),
    CHEAP: ModelSettings(price_in=0.1, price_out=0.1),
    FREE: ModelSettings(cost_tier="free"),
    UNKNOWN: ModelSettings(),
}
PROVIDERS = {
    "here": ProviderSettings(base_url="http://127.0.0.1:9/v1"),
    "acme": ProviderSettings(base_url="https://models.example/v1"),
}


def settings(routing: Mapping[str, tuple[str, ...]] | None, cascade: CascadeSettings) -> Settings:
    own = Settings(
        models=MappingProxyType(MODELS), providers=MappingProxyType(PROVIDERS), cascade=cascade
    )
    return own if routing is None else replace(own, model_routing=MappingProxyType(routing))


@pytest.mark.parametrize(
    "routing",
    [None, {"debugging": (OFFLINE_MODEL, CHEAP, GATEWAY, HERE, UNKNOWN, FREE)}],
    ids=["derived", "chain"],
)
@pytest.mark.parametrize(
    "cascade",
    [CascadeSettings(), CascadeSettings(fallback_model=CHEAP, chain=(GATEWAY, UNKNOWN))],
    ids=["alone", "with others behind"],
)
def test_only_models_that_cost_nothing_are_asked(
    routing: Mapping[str, tuple[str, ...]] | None, cascade: CascadeSettings
) -> None:
    found = route(TASK, settings(routing, cascade), None, Situation(free_only=True))
    assert found.models[0] == OFFLINE_MODEL
    assert HERE in found.models
    assert set(found.models) <= {OFFLINE_MODEL, HERE, FREE}
    told = {one.model: one.why for one in found.rejected}
    assert told[CHEAP] == "may cost something, and nobody asked for this"
