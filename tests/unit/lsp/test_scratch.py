"""Folders of reports, and those that killed servers left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from understudy.lsp.scratch import remove_leftovers, scratch_folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the system's."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_the_folder_of_a_dead_server_is_removed_with_what_is_in_it(
    temporary: Path, dead: int
) -> None:
    left = temporary / f"understudy-{dead}-abc_123x"
    left.mkdir()
    (left / "run.txt").touch()
    remove_leftovers()
    assert not list(temporary.iterdir())


def test_folders_of_servers_that_run_and_of_others_stay(temporary: Path, dead: int) -> None:
    with scratch_folder() as own:
        kept = [Path(own), temporary / "understudy-notes", temporary / f"understudy-{dead}"]
        for folder in kept[1:]:
            folder.mkdir()
        file = temporary / f"understudy-{dead}-abc"
        file.touch()
        remove_leftovers()
        assert sorted(temporary.iterdir()) == sorted([*kept, file])


@pytest.mark.skipif(os.name == "nt", reason="Only on systems where anyone may make links.")
def test_a_link_that_is_called_like_one_is_not_followed(
    temporary: Path, dead: int, tmp_path: Path
) -> None:
    (tmp_path / "precious").mkdir()
    (temporary / f"understudy-{dead}-abc").symlink_to(tmp_path / "precious")
    remove_leftovers()
    assert (tmp_path / "precious").is_dir()
    assert len(list(temporary.iterdir())) == 1


def test_a_temporary_folder_that_is_not_there_is_nothing_to_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    remove_leftovers()
