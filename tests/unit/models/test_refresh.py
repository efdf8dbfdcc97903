from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import BadRequestError
from understudy.models.catalogue import catalogue, renewal_file, shipped
from understudy.models.importing import rows
from understudy.models.models_dev import rows_of_models_dev
from understudy.models.refresh import Change, read_renewal, take_over

if TYPE_CHECKING:
    from pathlib import Path

ENTRY: dict[str, Any] = {
    "litellm_provider": "openai",
    "mode": "chat",
    "max_input_tokens": 128_000,
    "max_output_tokens": 16_384,
    "input_cost_per_token": 2.5e-06,
    "output_cost_per_token": 1e-05,
    "cache_read_input_token_cost": 1.25e-06,
    "input_cost_per_token_above_200k_tokens": 5e-06,
    "output_cost_per_token_above_200k_tokens": 2e-05,
    "supports_function_calling": True,
    "supports_response_schema": True,
    "supports_vision": False,
    "deprecation_date": "2027-01-01",
}


def test_an_entry_becomes_a_row_in_dollars_for_a_million_tokens() -> None:
    ((name, row),) = rows({"gpt-4o": ENTRY})
    assert name == "openai/gpt-4o"
    assert row == {
        "window": 128_000,
        "output": 16_384,
        "in": 2.5,
        "out": 10.0,
        "read": 1.25,
        "long": [200_000, 5.0, 20.0],
        "can": ["code-generation", "structured-output", "tools"],
        "schema": "schema",
        "params": ["temperature"],
        "ends": "2027-01-01",
    }


def test_a_model_that_thinks_takes_effort_and_at_openai_no_temperature() -> None:
    thinking = ENTRY | {"supports_reasoning": True}
    ((_, row),) = rows({"gpt-5": thinking})
    assert row["params"] == ["effort"]
    ((_, other),) = rows({"xai/grok-4.7": thinking | {"litellm_provider": "xai"}})
    assert other["params"] == ["effort", "temperature"]


@pytest.mark.parametrize(
    "key", ["gpt-4o-2024-08-06", "ft:gpt-4o", "gpt-4o-audio", "text-embedding-3", "gpt-5-chat"]
)
def test_snapshots_and_models_for_other_purposes_are_left_out(key: str) -> None:
    assert not dict(rows({key: ENTRY}))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ENTRY]), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*ENTRY]), JUNK), JUNK)
def test_no_table_makes_the_import_raise(entry: dict[str, Any], junk: object) -> None:
    broken = {"gpt-4o": {**ENTRY, **entry}, "gpt-5": {**entry, "mode": "chat"}, "gpt-4": junk}
    for _, row in rows(broken):
        assert row["window"] > 0


def wheel(folder: Path, table: object, name: str = "litellm-9.9.9-py3-none-any.whl") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as file:
        member = "litellm/model_prices_and_context_window_backup.json"
        file.writestr(member, json.dumps(table))
    return path


def test_a_newer_package_is_compared_and_counts_only_when_taken_over(tmp_path: Path) -> None:
    table = {"gpt-4o": ENTRY | {"output_cost_per_token": 2e-05}, "gpt-4.1-new": ENTRY}
    renewal = read_renewal(wheel(tmp_path, table))
    assert renewal.source == "litellm 9.9.9"
    assert Change("openai/gpt-4.1-new", "new") in renewal.changes
    assert Change("openai/gpt-4o", "price of answer", 10.0, 20.0) in renewal.changes
    assert catalogue() is shipped()
    assert take_over(renewal) == renewal_file()
    taken = catalogue()
    assert taken.models["openai/gpt-4o"]["out"] == 20.0
    assert taken.source(taken.models["openai/gpt-4o"])[0] == "litellm 9.9.9"
    assert taken.models["anthropic/claude-opus-5"] == shipped().models["anthropic/claude-opus-5"]
    assert not read_renewal(wheel(tmp_path, table)).changes


def test_what_is_no_such_wheel_is_one_sentence(tmp_path: Path) -> None:
    text = tmp_path / "text.whl"
    text.write_text("no archive")
    empty = tmp_path / "empty.whl"
    with zipfile.ZipFile(empty, "w") as file:
        file.writestr("other/file.py", "")
    broken = wheel(tmp_path, [])
    broken.write_bytes(broken.read_bytes()[:-30])
    other = wheel(tmp_path, [], "litellm-1-list.whl")
    for path in (text, empty, broken, other, tmp_path / "none.whl", tmp_path):
        with pytest.raises(BadRequestError, match=r"\.$"):
            read_renewal(path)


DEV_MODEL: dict[str, Any] = {
    "id": "gpt-4o",
    "name": "GPT-4o",
    "attachment": True,
    "reasoning": False,
    "temperature": True,
    "tool_call": True,
    "structured_output": True,
    "modalities": {"input": ["text", "image"], "output": ["text"]},
    "cost": {
        "input": 2.5,
        "output": 20,
        "cache_read": 1.25,
        "context_over_200k": {"input": 5, "output": 40},
    },
    "limit": {"context": 128_000, "output": 16_384},
}


def dev(models: object, provider: str = "openai") -> dict[str, Any]:
    """A table of the shape of models.dev."""
    return {provider: {"id": provider, "env": ["A_KEY"], "name": "A", "models": models}}


def written(folder: Path, table: object, name: str) -> Path:
    path = folder / name
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def test_a_model_of_models_dev_becomes_a_row() -> None:
    ((name, row),) = rows_of_models_dev(dev({"gpt-4o": DEV_MODEL}))
    assert name == "openai/gpt-4o"
    assert row == {
        "window": 128_000,
        "output": 16_384,
        "in": 2.5,
        "out": 20.0,
        "read": 1.25,
        "long": [200_000, 5.0, 40.0],
        "can": ["code-generation", "prompt-cache", "structured-output", "tools", "vision"],
        "schema": "schema",
        "params": ["temperature"],
    }
    ((other, _),) = rows_of_models_dev(dev({"gemini-3.7-flash": DEV_MODEL}, "google"))
    assert other == "gemini/gemini-3.7-flash"
    thinks = DEV_MODEL | {"reasoning": True, "limit": {"context": 400_000, "input": 272_000}}
    ((_, row),) = rows_of_models_dev(dev({"gpt-5": thinks}))
    assert (row["params"], row["window"]) == (["effort"], 272_000)
    tier = {"tier": {"type": "context", "size": 272_000}, "input": 10, "output": 45}
    dearer = tier | {"tier": {"type": "context", "size": 500_000}}
    tiers = {**DEV_MODEL["cost"], "tiers": [dearer, {"tier": {"type": "hour"}}, tier]}
    ((_, row),) = rows_of_models_dev(dev({"gpt-4o": DEV_MODEL | {"cost": tiers}}))
    assert row["long"] == [272_000, 10.0, 45.0]
    draws = DEV_MODEL | {"modalities": {"output": ["image"]}}
    assert not dict(rows_of_models_dev(dev({"gpt-5": draws, "gpt-4o-audio": DEV_MODEL})))


DEV_KEYS = ["tiers", *DEV_MODEL, *DEV_MODEL["cost"], *DEV_MODEL["limit"]]


@given(st.dictionaries(st.sampled_from(DEV_KEYS), JUNK), JUNK)
def test_no_table_of_models_dev_makes_the_import_raise(entry: dict[str, Any], junk: object) -> None:
    table = dev({"gpt-4o": {**DEV_MODEL, **entry}, "gpt-4": junk})
    for _, row in rows_of_models_dev({**table, "groq": {"models": junk}, "xai": junk}):
        assert row["window"] > 0


def test_the_table_of_models_dev_can_be_taken_over(tmp_path: Path) -> None:
    path = written(tmp_path, dev({"gpt-4o": DEV_MODEL}), "api.json")
    renewal = read_renewal(path)
    assert renewal.source == "models.dev"
    assert Change("openai/gpt-4o", "price of answer", 10.0, 20.0) in renewal.changes
    assert not [change for change in renewal.changes if change.what == "retired on"]
    take_over(renewal)
    taken = catalogue()
    assert taken.source(taken.models["openai/gpt-4o"])[0] == "models.dev"
    assert not read_renewal(path).changes


def test_the_table_of_litellm_can_be_given_as_a_file(tmp_path: Path) -> None:
    table = {"sample_spec": {}, "gpt-4o": ENTRY | {"output_cost_per_token": 2e-05}}
    renewal = read_renewal(written(tmp_path, table, "model_prices_and_context_window.json"))
    assert renewal.source == "litellm"
    assert Change("openai/gpt-4o", "price of answer", 10.0, 20.0) in renewal.changes


@pytest.mark.parametrize("table", [{}, [], {"openai": {"models": {}}}, {"a": {"mode": "chat"}}, 1])
def test_a_file_without_models_is_one_sentence(table: object, tmp_path: Path) -> None:
    path = written(tmp_path, table, "api.json")
    with pytest.raises(BadRequestError, match=r"`.*api\.json` holds no table of models\.$"):
        read_renewal(path)


def test_what_a_file_does_not_tell_stays_as_it_was(tmp_path: Path) -> None:
    take_over(read_renewal(wheel(tmp_path, {"gpt-4o": ENTRY})))
    silent = ("deprecation_date", "max_output_tokens", "input_cost_per_token")
    shorter = {key: value for key, value in ENTRY.items() if key not in silent}
    renewal = read_renewal(wheel(tmp_path, {"gpt-4o": shorter}))
    assert renewal.changes == ()
    assert renewal.odd == ()
    take_over(renewal)
    row = catalogue().models["openai/gpt-4o"]
    assert (row["ends"], row["output"], row["in"]) == ("2027-01-01", 16_384, 2.5)


def test_a_day_that_does_not_exist_says_nothing(tmp_path: Path) -> None:
    take_over(read_renewal(wheel(tmp_path, {"gpt-4o": ENTRY})))
    wrong = {**ENTRY, "deprecation_date": "2027-13-45"}
    assert read_renewal(wheel(tmp_path, {"gpt-4o": wrong})).changes == ()


def test_a_whole_number_may_be_written_as_a_fraction(tmp_path: Path) -> None:
    entry = {**ENTRY, "max_input_tokens": 300_000.0}
    ((_, row),) = rows({"gpt-4o": entry})
    assert row["window"] == 300_000


def test_prices_of_caching_go_where_a_file_has_none(tmp_path: Path) -> None:
    take_over(read_renewal(wheel(tmp_path, {"gpt-4o": ENTRY})))
    without = {key: value for key, value in ENTRY.items() if not key.startswith("cache_")}
    renewal = read_renewal(wheel(tmp_path, {"gpt-4o": without}))
    assert renewal.changes == (Change("openai/gpt-4o", "price of cached prompt", 1.25, None),)


ODD = [float("nan"), float("inf"), -1, "many", True, [], 1e400, 10**400]


@pytest.mark.parametrize("value", ODD, ids=lambda value: str(value)[:8])
def test_what_is_no_figure_is_told_and_not_taken_over(tmp_path: Path, value: object) -> None:
    take_over(read_renewal(wheel(tmp_path, {"gpt-4o": ENTRY})))
    odd = ENTRY | {"cache_read_input_token_cost": value, "output_cost_per_token": value}
    renewal = read_renewal(wheel(tmp_path, {"gpt-4o": odd, "gpt-5": {"max_input_tokens": 1}}))
    assert {(one.model, one.field) for one in renewal.odd} == {
        ("openai/gpt-4o", "cache_read_input_token_cost"),
        ("openai/gpt-4o", "output_cost_per_token"),
    }
    assert renewal.changes == ()
    cost = DEV_MODEL["cost"] | {"input": value}
    listed = read_renewal(written(tmp_path, dev({"gpt-4o": DEV_MODEL | {"cost": cost}}), "a.json"))
    assert [one.field for one in listed.odd] == ["cost.input"]
    assert not [one for one in listed.changes if one.what == "price of prompt"]
    assert not read_renewal(wheel(tmp_path, {"gpt-4o": ENTRY})).odd


def test_a_model_whose_window_is_no_figure_stays_as_it_was(tmp_path: Path) -> None:
    odd = ENTRY | {"max_input_tokens": "many"}
    renewal = read_renewal(wheel(tmp_path, {"gpt-4o": odd, "gpt-4.1-new": ENTRY}))
    assert [(one.model, one.field) for one in renewal.odd] == [
        ("openai/gpt-4o", "max_input_tokens")
    ]
    assert [one.model for one in renewal.changes] == ["openai/gpt-4.1-new"]
