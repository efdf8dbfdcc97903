from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.config.samples import only_problem, resolved
from understudy.config.problems import Layer
from understudy.config.source import (
    from_file,
    layer_of,
    load_sources,
)
from understudy.config.toml_text import MAX_CHARACTERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder


def test_layers_are_read_from_their_files(home: Path, tmp_path: Path) -> None:
    (home / "config.toml").write_text("fix.max_candidates = 3\nfix.timeout_s = 3", "utf-8")
    root = tmp_path / "project"
    (root / ".understudy").mkdir(parents=True)
    (root / ".understudy" / "config.toml").write_text("fix.timeout_s = 4", "utf-8")
    found = resolved(*load_sources(root, {"fix": {"unsafe": False}}))
    assert found.settings.fix.max_candidates == 3
    assert found.settings.fix.timeout_s == 4
    assert not found.settings.fix.unsafe
    assert layer_of(home / "config.toml", root) is Layer.USER
    assert layer_of(root / ".understudy" / "config.toml", root) is Layer.WORKSPACE
    assert layer_of(root / "config.toml", root) is None


def test_a_missing_file_says_nothing(tmp_path: Path) -> None:
    assert resolved(from_file(Layer.USER, tmp_path / "none.toml")).problems == ()


def test_a_file_that_can_not_be_read_closes_everything_with_power(tmp_path: Path) -> None:
    binary = tmp_path / "config.toml"
    binary.write_bytes(b"\xff\xfe")
    for path in (binary, tmp_path):
        found = resolved(from_file(Layer.USER, path))
        assert str(path) in only_problem(found).message
        assert not found.settings.checker("ruff").enabled


@pytest.mark.parametrize("filling", ["a", "π", "😀", "a😀"])
def test_a_file_that_is_too_long_is_called_that(tmp_path: Path, filling: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"# {filling * 5 * MAX_CHARACTERS}", "utf-8")
    (problem,) = resolved(from_file(Layer.USER, path)).problems
    assert f"longer than {MAX_CHARACTERS} characters" in problem.message


def test_a_character_that_the_files_end_cuts_in_two_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("# 😀".encode()[:-1])
    assert from_file(Layer.USER, path).error == "is not UTF-8 text"


def test_a_file_keeps_its_offsets_with_a_mark_and_carriage_returns(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("\ufeff[fix]\r\nunsafe = 1\r\n".encode())
    source = from_file(Layer.USER, path)
    problem = only_problem(resolved(source))
    assert source.text is not None
    assert problem.span is not None
    assert problem.span.of(source.text) == "1"
