from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.models.conftest import home
from understudy.cli import FAILED, main

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]

CONFIG = """
[model_routing]
debugging = ["builtin/rules", "acme/large"]
[providers.acme]
base_url = "https://models.example/v1"
[models."acme/large"]
price_in = 1.0
price_out = 5.0
"""


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir(exist_ok=True)
    return home / "config.toml"


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)


def test_a_bare_installation_asks_the_offline_model(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["route", "explain"]) == 0
    out = capsys.readouterr().out
    assert out == "fix: builtin/rules\nChosen by: built-in\n"
    assert not (home / "journal.sqlite3").exists()


def test_a_chain_says_which_layer_it_is_from_and_who_is_left_out_and_why(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(CONFIG, encoding="utf-8")
    assert main(["route", "explain", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["models"] == ["builtin/rules"]
    assert found["provenance"] == "`model_routing.debugging` (user)"
    assert found["rejected"][0]["model"] == "acme/large"
    assert "`understudy consent acme`" in found["rejected"][0]["why"]


def test_models_of_which_the_same_is_said_share_a_line(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = "".join(f'[models."acme/m{number}"]\n' for number in range(9))
    text = CONFIG.replace("[model_routing]", "").replace("debugging =", "#") + models
    config.write_text(text, encoding="utf-8")
    assert main(["route", "explain"]) == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "Not asked" in one]
    assert line.count("understudy consent acme") == 1
    assert line.endswith("6 more")


def test_a_named_model_stands_whatever_speaks_against_it(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(CONFIG, encoding="utf-8")
    assert main(["route", "explain", "--model", "@acme/large"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("fix: acme/large\nChosen by: request\nWarning: `acme/large` may not see")


def test_an_unknown_task_or_model_is_an_error(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["route", "explain", "--task", "sing"]) == FAILED
    known = capsys.readouterr().err.partition("Known tasks: ")[2]
    assert "`fix`" in known
    assert main(["route", "explain", "--model", "nobody"]) == FAILED
    assert "no model `nobody`" in capsys.readouterr().err
