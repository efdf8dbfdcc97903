"""Settings for the tests of the registry."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from understudy.config.settings import ModelSettings, ProviderSettings, Settings


def settings_with(
    providers: dict[str, ProviderSettings] | None = None,
    models: dict[str, ModelSettings] | None = None,
    **others: Any,
) -> Settings:
    return Settings(
        providers=MappingProxyType(providers or {}),
        models=MappingProxyType(models or {}),
        **others,
    )
