from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from understudy.config.paths import cache_folder
from understudy.index import place
from understudy.index.place import become_writer, database_in, folder_for, make_room

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(place, "MAX_WORKSPACES", 2)


def make(root: Path, age: int) -> Path:
    """An index that was opened so long ago."""
    folder = folder_for(root)
    lock = become_writer(folder)
    assert lock is not None
    lock.close()
    database_in(folder).write_bytes(b"an index")
    os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    return folder


def test_the_indexes_that_nobody_opened_for_longest_go(tmp_path: Path) -> None:
    folders = [make(tmp_path / str(age), age) for age in range(4)]
    make_room()
    assert [folder.exists() for folder in folders] == [True, True, False, False]


def test_an_index_that_somebody_writes_stays(tmp_path: Path) -> None:
    folders = [make(tmp_path / str(age), age) for age in range(3)]
    lock = become_writer(folders[2])
    assert lock is not None
    os.utime(folders[2], (1, 1))
    make_room()
    lock.close()
    assert all(folder.exists() for folder in folders)


def test_nothing_is_deleted_that_is_no_index_of_ours(tmp_path: Path) -> None:
    for age in range(3):
        make(tmp_path / str(age), age)
    home = cache_folder() / "index"
    (home / "somebody" / "deep").mkdir(parents=True)
    (home / "somebody" / "deep" / "work.txt").write_text("precious")
    # It looks like an index in all but one thing: there is more in it.
    odd = make(tmp_path / "odd", 9)
    (odd / "work.txt").write_text("precious")
    os.utime(odd, (1, 1))
    bare = home / ("a" * 24)
    bare.mkdir()
    beside = tmp_path / "home" / "beside"
    beside.mkdir()
    make_room()
    assert (home / "somebody" / "deep" / "work.txt").read_text() == "precious"
    assert (odd / "work.txt").read_text() == "precious"
    assert bare.is_dir()
    assert beside.is_dir()


def test_without_any_index_there_is_nothing_to_do(tmp_path: Path) -> None:
    make_room()
    assert not (tmp_path / "home").exists()
