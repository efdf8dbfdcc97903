from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.tiny_server import tiny_server
from tests.unit.models.test_refresh import ENTRY, wheel
from understudy.caches.store import open_caches
from understudy.cli import FAILED, main
from understudy.config.paths import cache_folder
from understudy.config.settings import CacheSettings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("project")


def test_a_bare_installation_lists_the_offline_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["Model", "Tier"]
    assert lines[1].startswith("builtin/rules")
    assert len(lines) == 2


def test_a_price_that_nobody_knows_is_a_question_mark(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(
        '[providers.acme]\nbase_url = "https://acme.example/v1"\n[models."acme/x"]\n'
        "[providers.openai]\n",
        encoding="utf-8",
    )
    assert main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(
        line.split()[:6] == ["acme/x", "standard", "cloud", "8,192", "?", "?"] for line in lines
    )
    assert any(line.startswith("openai/gpt-4o-mini ") for line in lines)
    assert main(["models", "list", "--json"]) == 0
    models = json.loads(capsys.readouterr().out)["models"]
    assert next(one for one in models if one["id"] == "acme/x")["priceIn"] is None


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("gtp-4o", "openai/gpt-4o"),
        ("gpt-4o-mni", "openai/gpt-4o-mini"),
        ("openai/gtp-4o", "openai/gpt-4o"),
    ],
)
def test_a_slip_in_a_name_is_told_with_the_model_that_was_meant(
    slip: str, meant: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text("", encoding="utf-8")
    words = f"There is no model `{slip}`. Did you mean `{meant}`?"
    for command in (
        ["models", "info", slip],
        ["models", "doctor", slip],
        ["route", "explain", "--model", slip],
    ):
        assert main(command) == FAILED
        assert words in capsys.readouterr().err
    assert main(["cascade", "simulate", str(script), "--model", slip]) == 0
    told = capsys.readouterr()
    assert words in told.err
    assert "unknown price" in told.err
    assert slip in told.out


def test_the_whole_catalogue_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--all", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["models"]) > 140


def test_each_value_says_where_it_is_from(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[models."openai/gpt-4o"]\ncontext_window = 9999\n', encoding="utf-8")
    assert main(["models", "info", "openai/gpt-4o", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["contextWindow"] == 9_999
    assert found["sources"]["contextWindow"] == "user settings"
    assert found["sources"]["maxOutput"].startswith("catalogue: litellm")
    assert main(["models", "info", "gpt-4o"]) == 0
    out = capsys.readouterr().out
    assert any(
        line.split() == ["contextWindow", "9,999", "user", "settings"] for line in out.splitlines()
    )


def test_what_a_model_refuses_is_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[models."openai/gpt-4o"]\n', encoding="utf-8")
    assert main(["models", "info", "openai/gpt-4o", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == []
    caches = open_caches(CacheSettings())
    caches.refuse("openai", "gpt-4o", "temperature")
    caches.close()
    assert main(["models", "info", "openai/gpt-4o", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == ["temperature"]
    assert main(["models", "info", "openai/gpt-4o"]) == 0
    out = capsys.readouterr().out
    assert any("temperature" in line and "left out" in line for line in out.splitlines())


def test_a_window_that_a_refusal_told_is_a_layer_of_its_own(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text('[models."openai/gpt-4o"]\ncontext_window = 100_000\n', encoding="utf-8")
    caches = open_caches(CacheSettings())
    caches.learn_limit("openai", "gpt-4o", 64_000)
    caches.close()
    assert main(["models", "info", "openai/gpt-4o", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["contextWindow"] == 64_000
    assert told["sources"]["contextWindow"].startswith("learned: ")
    assert main(["models", "info", "openai/gpt-4o"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("openai/gpt-4o: 64,000 tokens of context")
    assert "learned: its provider told it" in out
    assert main(["models", "list", "--all", "--json"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)["models"]}
    assert listed["openai/gpt-4o"]["contextWindow"] == 64_000
    assert main(["models", "info", "openai/gpt-4o-mini", "--json"]) == 0
    assert "learned" not in capsys.readouterr().out


def test_looking_at_a_model_makes_no_cache(config: Path) -> None:
    assert main(["models", "info", "openai/gpt-4o"]) == 0
    assert not cache_folder().exists()


def test_an_unknown_model_is_one_sentence_with_what_was_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["models", "info", "openai/gpt-4o-mni"]) == FAILED
    assert "Did you mean `openai/gpt-4o-mini`?" in capsys.readouterr().err


def test_the_doctor_tells_the_truth_and_its_code_says_whether_all_is_well(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "doctor"]) == 0
    with tiny_server({"/v1/models": {"data": [{"id": "small"}]}}) as server:
        config.write_text(
            'model_routing.debugging = ["acme/small", "acme/large"]\n'
            f'[providers.acme]\nbase_url = "{server.url}/v1"\n',
            encoding="utf-8",
        )
        capsys.readouterr()
        assert main(["models", "doctor", "acme/small"]) == 0
        assert "acme/small: can be asked" in capsys.readouterr().out
        assert main(["models", "doctor", "--json"]) == 1
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["models"]}
    assert found["acme/small"]["usable"]
    assert not found["acme/large"]["usable"]
    assert found["builtin/rules"]["usable"]


def test_a_search_names_the_lines_that_switch_a_server_on(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from understudy.providers import vllm

    with tiny_server({"/v1/models": {"data": [{"id": "small", "max_model_len": 4096}]}}) as server:
        here = replace(vllm.PROVIDER, base_url=f"{server.url}/v1")
        monkeypatch.setattr("understudy.engine.discovery.all_providers", lambda: {"vllm": here})
        assert main(["models", "discover"]) == 0
        out = capsys.readouterr().out
        assert "vllm/small, 4,096 tokens" in out
        assert "[providers.vllm]\nenabled = true" in out
        assert main(["models", "discover", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["servers"]
    assert (found["found"], found["configured"]) == (True, False)
    assert found["models"] == [{"id": "vllm/small", "contextWindow": 4096}]


def test_a_newer_package_changes_nothing_before_someone_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = wheel(tmp_path, {"gpt-4o": ENTRY | {"output_cost_per_token": 2e-05}})
    assert main(["models", "refresh", str(path)]) == 1
    out = capsys.readouterr().out
    assert "openai/gpt-4o: price of answer 10.0 → 20.0" in out
    assert out.endswith("Nothing was changed.\n")
    assert main(["models", "refresh", str(path), "--yes"]) == 0
    capsys.readouterr()
    assert main(["models", "info", "openai/gpt-4o", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["priceOut"] == 20.0
    assert main(["models", "refresh", str(path)]) == 0
    assert "nothing new" in capsys.readouterr().out


def test_headers_are_masked_where_configuration_is_shown(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(
        '[providers.openai]\nkey = "{env:X}"\nheaders.X-Team = "planted-value"\n', encoding="utf-8"
    )
    assert main(["config", "show"]) == 0
    out = capsys.readouterr().out
    assert "planted-value" not in out
    assert "{env:X}" in out


def test_what_a_model_made_of_each_edit_format_is_told(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text("", "utf-8")
    caches = open_caches(CacheSettings())
    for readable in (True, True, False):
        caches.count_reply("openai/gpt-4.1", "search_replace", readable=readable)
    caches.close()
    assert main(["models", "info", "openai/gpt-4.1"]) == 0
    assert "2 of 3 replies could be read" in capsys.readouterr().out
    assert main(["models", "info", "openai/gpt-4.1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["edit_formats"]
    assert told == {"search_replace": {"replies": 3, "readable": 2}}


MISSPELT = """\
[providers.oa]
kind = "opnai"
base_url = "http://127.0.0.1:1/v1"

[models."oa/m"]
context_window = 32000
"""


@pytest.mark.parametrize("topic", ["list", "doctor", "discover"])
def test_what_is_wrong_with_the_configuration_is_told_beside_the_models(
    config: Path, capsys: pytest.CaptureFixture[str], topic: str
) -> None:
    config.write_text(MISSPELT, encoding="utf-8")
    assert main(["models", topic]) == int(topic == "doctor")
    told = capsys.readouterr()
    assert "understudy: `providers.oa.kind` in " in told.err
    assert "opnai" not in told.out


def test_a_doctor_that_may_ask_every_model_still_finds_a_broken_configuration(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text("[budgt]\nx = 1\n", encoding="utf-8")
    assert main(["models", "doctor", "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert "Did you mean `budget`?" in problem


@pytest.mark.parametrize("name", ["oa/m", "oa/other"])
def test_a_model_whose_provider_does_not_count_is_not_said_to_be_misspelt(
    config: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    config.write_text(MISSPELT, encoding="utf-8")
    assert main(["models", "info", name]) == FAILED
    said = capsys.readouterr().err
    assert f"The model `{name}` can't be asked, because `providers.oa` does not count" in said
    assert "Did you mean `oa/m`" not in said
