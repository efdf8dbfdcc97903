"""The list of the standard library's names is written by one version of Python only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.tidy import make_stdlib_names

if TYPE_CHECKING:
    from pathlib import Path

OLD = "# an old list\n"


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "names.txt"
    path.write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(make_stdlib_names, "TARGET", path)
    monkeypatch.setattr(make_stdlib_names, "modules", lambda: {"json"})
    return path


def newest_is(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int]) -> None:
    monkeypatch.setattr(make_stdlib_names, "newest", lambda: version)


def test_the_newest_python_is_one_that_the_project_names() -> None:
    major, minor = make_stdlib_names.newest()
    named = (make_stdlib_names.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"Programming Language :: Python :: {major}.{minor}"' in named
    assert f'"Programming Language :: Python :: {major}.{minor + 1}"' not in named


@pytest.mark.parametrize("step", [-1, 1])
def test_every_other_python_leaves_the_file_as_it_is(
    step: int,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    major, minor = sys.version_info[:2]
    newest_is(monkeypatch, (major, minor + step))
    make_stdlib_names.main()
    assert target.read_text(encoding="utf-8") == OLD
    assert f"only Python {major}.{minor + step} writes it" in capsys.readouterr().err


def test_the_newest_python_writes_it(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    major, minor = sys.version_info[:2]
    newest_is(monkeypatch, (major, minor))
    make_stdlib_names.main()
    lines = target.read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line.startswith("json: ") and " loads" in line]
