"""Files that a repository can plant: links to pipes and devices where a text is expected."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from understudy.config.source import load_sources
from understudy.core.failures import RefusedError
from understudy.workspace.ignore import walk
from understudy.workspace.python_env import environment_version, find_environment
from understudy.workspace.python_version import workspace_version
from understudy.workspace.source_files import read_source, write_source

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="Only on POSIX are there pipes and devices."
)


@pytest.fixture(params=["pipe", "/dev/zero", "/dev/stdin"])
def planted(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Something whose reading would never end, or take the protocol's messages away."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / str(request.param)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    root = tmp_path / "workspace"
    root.mkdir()
    return root


def test_an_environments_file_is_not_waited_for(folder: Path, planted: Path) -> None:
    (folder / ".venv" / "lib" / "python3.12" / "site-packages").mkdir(parents=True)
    (folder / ".venv" / "pyvenv.cfg").symlink_to(planted)
    found = find_environment(folder, None)
    assert found is not None
    assert found.prefix == folder / ".venv"
    assert environment_version(folder, None) is None


@pytest.mark.parametrize("name", [".python-version", "pyproject.toml"])
def test_a_file_with_a_version_is_not_waited_for(folder: Path, planted: Path, name: str) -> None:
    (folder / name).symlink_to(planted)
    assert workspace_version(folder, None) is None


@pytest.mark.parametrize("name", [".gitignore", ".understudyignore"])
def test_rules_are_not_waited_for(folder: Path, planted: Path, name: str) -> None:
    (folder / name).symlink_to(planted)
    (folder / "a.py").touch()
    assert list(walk(folder)) == [folder / "a.py"]


def test_a_configuration_is_not_waited_for(folder: Path, planted: Path) -> None:
    (folder / ".understudy").mkdir()
    (folder / ".understudy" / "config.toml").symlink_to(planted)
    errors = [source.error for source in load_sources(folder)]
    assert errors == [None, "can't be read: it is not a regular file", None]


def test_a_source_is_neither_waited_for_when_read_nor_when_written(
    folder: Path, planted: Path
) -> None:
    path = folder / "a.py"
    path.write_text("a\n")
    source = read_source(path)
    path.unlink()
    path.symlink_to(planted)
    with pytest.raises(RefusedError, match="it is not a regular file"):
        read_source(path)
    with pytest.raises(RefusedError):
        write_source(source, "b\n", planted.parent if planted.name == "pipe" else folder)
