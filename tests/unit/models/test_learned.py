from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from tests.unit.models.samples import settings_with
from understudy.config.settings import ModelSettings, ProviderSettings
from understudy.models import observed
from understudy.models.learned import LEARNED, told_at, with_learned
from understudy.models.observed import Found, Observed, Told
from understudy.models.registry import find_model, renew

URL = "http://127.0.0.1:11434"


def told(found: Found) -> None:
    observed.keep(Observed({"ollama": Told(URL, 1_700_000_000.0, (found,))}))
    renew()


def test_a_window_that_a_server_told_has_its_time() -> None:
    settings = settings_with({"ollama": ProviderSettings()})
    told(Found("x", window=32_768, window_max=32_768))
    model = find_model(settings, "ollama/x")
    assert model is not None
    assert told_at(model) == 1_700_000_000.0
    assert with_learned(model, None) is model


def test_a_window_from_elsewhere_has_none() -> None:
    own = {"ollama/x": ModelSettings(context_window=16_000)}
    told(Found("x", window=32_768, window_max=32_768))
    chosen = find_model(settings_with({"ollama": ProviderSettings()}, own), "ollama/x")
    assert chosen is not None
    assert told_at(chosen) == 0.0
    learned = with_learned(chosen, 2_000)
    assert (learned.context_window, learned.sources["context_window"]) == (2_000, LEARNED)
    assert told_at(replace(learned, sources=MappingProxyType({}))) == 0.0
