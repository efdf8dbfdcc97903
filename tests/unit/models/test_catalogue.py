from __future__ import annotations

import json
import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from tests.unit.models.samples import settings_with
from understudy.config.settings import ProviderSettings
from understudy.models.catalogue import catalogue, renewal_file, shipped
from understudy.models.model import CAPABILITIES
from understudy.models.registry import find_model, renew
from understudy.models.vendors import vendors

if TYPE_CHECKING:
    from pathlib import Path

ROWS = {**shipped().models, **shipped().families}


def test_the_catalogue_is_large_enough_and_small_enough() -> None:
    file = resources.files("understudy.models").joinpath("catalogue.json")
    assert len(file.read_bytes()) < 60_000
    assert len(shipped().models) >= 140


def test_every_model_belongs_to_a_provider() -> None:
    owners = {name.partition("/")[0] for name in shipped().models}
    assert owners <= vendors().keys()
    assert {"openai", "anthropic", "gemini", "mistral", "deepseek", "groq", "xai"} <= owners


@pytest.mark.parametrize("name", ROWS)
def test_a_row_says_what_it_must_and_where_it_is_from(name: str) -> None:
    row = ROWS[name]
    assert row["window"] >= 2_048
    assert set(row["can"]) <= CAPABILITIES
    assert row.get("schema", "") in {"", "json", "schema"}
    assert set(row.get("params", ())) <= {"effort", "temperature"}
    source, as_of = shipped().source(row)
    assert source
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", as_of)
    for price in ("in", "out", "read", "write"):
        assert 0 <= row.get(price, 0) < 1_000


def renewed(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    renewal_file().write_text(text, encoding="utf-8")
    renew()


def newer(as_of: str, window: int = 4_321) -> str:
    models = {"openai/gpt-4o": {"window": window, "can": ["tools"], "from": 0}}
    sources = [{"name": "mine", "as_of": as_of}]
    found = {"format": 1, "models": models, "families": {}, "sources": sources}
    return json.dumps(found)


def test_the_users_newer_catalogue_counts(home: Path) -> None:
    renewed(home, newer("2099-01-01"))
    found = find_model(settings_with({"openai": ProviderSettings()}), "openai/gpt-4o")
    assert found is not None
    assert found.context_window == 4_321
    assert found.sources["context_window"] == "catalogue: mine"


@pytest.mark.parametrize(
    "text",
    [
        newer("2020-01-01"),
        "",
        "{",
        "[]",
        '{"format": 2}',
        '{"format": 1, "models": [], "families": {}}',
        '{"format": 1, "models": {"a": 1}, "families": {}, "sources": []}',
        "[" * 100_000,
    ],
)
def test_one_that_is_older_or_damaged_does_not(home: Path, text: str) -> None:
    renewed(home, text)
    assert catalogue() is shipped()
