from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from understudy.cli import FAILED, main

if TYPE_CHECKING:
    from pathlib import Path
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".understudy").mkdir(parents=True)
    return folder


def _write(project: Path, text: str) -> None:
    (project / ".understudy" / "config.toml").write_text(text, encoding="utf-8")


def test_show_names_the_layer_of_each_value_and_tells_problems_apart(
    home: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "config.toml").write_text("gate.auto_score = 0.99", encoding="utf-8")
    _write(project, "fix.unsafe = false\ngate.auto_apply = true")
    assert main(["config", "show", "--path", str(project)]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert any(line.split() == ["gate.auto_score", "0.99", "user"] for line in lines)
    assert any(line.split() == ["fix.unsafe", "false", "workspace"] for line in lines)
    assert any(line.split() == ["gate.auto_apply", "false", "built-in"] for line in lines)
    assert all(len(line.split()) >= 3 for line in lines), "values, and nothing else"
    assert printed.err.startswith("understudy: `gate.auto_apply` in `")


def test_show_as_json_is_one_object(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(project, 'checkers.ruff.command = ["r"]\npython.environment = "env"\nnope = 1')
    assert main(["config", "show", "--json", "--path", str(project)]) == 0
    shown = json.loads(capsys.readouterr().out)
    settings = shown["settings"]
    assert settings["checkers.ruff.command"] == {"value": ["r"], "layer": "workspace"}
    assert settings["python.environment"]["value"] == str(project / "env")
    assert settings["actions.hide"] == {"value": [], "layer": "built-in"}
    assert len(shown["problems"]) == 1


def test_show_refuses_a_folder_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "show", "--path", str(tmp_path / "none")]) == FAILED
    assert capsys.readouterr().err.endswith("is not a folder.\n")


def test_path_follows_the_home(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out == f"{home / 'config.toml'}\n"


def test_schema_and_reference_are_what_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "docs"
    assert main(["config", "reference", "--write", str(folder)]) == 0
    capsys.readouterr()
    assert main(["config", "schema"]) == 0
    assert capsys.readouterr().out == (folder / "config.schema.json").read_text("utf-8")
    assert main(["config", "reference"]) == 0
    assert capsys.readouterr().out == (folder / "configuration.md").read_text("utf-8")


def test_a_reference_that_can_not_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["config", "reference", "--write", str(tmp_path / "file")]) == FAILED
    assert "can't be written" in capsys.readouterr().err
