from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.unit.models.conftest import home
from tests.unit.models.samples import settings_with
from understudy.config.settings import ProviderSettings
from understudy.lsp.commands.models import COMMAND
from understudy.lsp.session import Session

__all__ = ["home"]


def answered(session: Session) -> dict[str, dict[str, Any]]:
    app: Any = SimpleNamespace(session=session, background=None)
    answer: Any = COMMAND.run(app, None)
    return {model["id"]: model for model in answer["models"]}


def test_before_settings_were_read_there_is_the_offline_model() -> None:
    assert list(answered(Session())) == ["builtin/rules"]


def test_models_of_all_folders_are_told_and_unknown_prices_are_null() -> None:
    session = Session()
    own = ProviderSettings(base_url="https://acme.example/v1")
    session.settings[None] = settings_with({"openai": ProviderSettings()})
    session.settings[Path.cwd()] = settings_with(
        {"acme": own}, model_routing={"debugging": ("acme/large",)}
    )
    models = answered(session)
    assert models["openai/gpt-4o"]["priceIn"] == 2.5
    assert models["openai/gpt-4o"]["contextWindow"] == 128_000
    assert models["acme/large"]["priceIn"] is None
    assert models["acme/large"]["inferred"]
