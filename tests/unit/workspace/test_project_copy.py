from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.unit.checkers.projects import tree, write
from understudy.core.failures import UnavailableError
from understudy.workspace import build_folder, project_copy
from understudy.workspace.build_folder import BuildFolder
from understudy.workspace.project_copy import ProjectCopy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "p", a__b="b", top="t", _dot_git__HEAD="x", built__CACHEDIR_dot_TAG="")


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> ProjectCopy:
    return ProjectCopy(root, tmp_path / "copy")


def content(folder: Path) -> dict[str, bytes]:
    return {name: found for name, (found, _) in tree(folder).items() if (folder / name).is_file()}


def test_the_copy_follows_the_project_and_the_text(copy: ProjectCopy, root: Path) -> None:
    before = tree(root)
    assert copy.refresh(root / "a/b", b"memory") == copy.tree / "a/b"
    assert content(copy.tree) == {"a/b": b"memory", "top": b"t"}
    assert tree(root) == before
    write(root, top="changed", new__n="n")
    copy.refresh(root / "new/n", b"other")
    assert content(copy.tree) == {"a/b": b"b", "top": b"changed", "new/n": b"other"}
    (root / "top").unlink()
    copy.refresh(root / "a/b", b"b")
    assert content(copy.tree) == {"a/b": b"b", "new/n": b"n"}


def test_what_is_put_back_is_newer_than_what_was_there(copy: ProjectCopy, root: Path) -> None:
    os.utime(root / "top", (1, 1))
    copy.refresh(root / "top", b"candidate")
    candidate = (copy.tree / "top").stat().st_mtime_ns
    copy.refresh(root / "a/b", b"b")
    assert (copy.tree / "top").read_bytes() == b"t"
    assert (copy.tree / "top").stat().st_mtime_ns >= candidate


def test_what_did_not_change_is_not_written_again(copy: ProjectCopy, root: Path) -> None:
    copy.refresh(root / "top", b"x")
    before = tree(copy.tree)
    copy.refresh(root / "top", b"x")
    assert tree(copy.tree) == before


def test_what_is_written_into_the_copy_stays_there(copy: ProjectCopy, root: Path) -> None:
    if os.name == "nt":
        pytest.skip("Only on POSIX may everyone make links.")
    (root / "link").symlink_to(root / "top")
    (root / "folder").symlink_to(root / "a")
    (root / "nowhere").symlink_to(root / "gone")
    (root / "a/round").symlink_to(root)
    before = tree(root)
    copy.refresh(root / "a/b", b"b")
    (copy.tree / "link").write_text("written")
    (copy.tree / "folder/b").write_text("written")
    (copy.tree / "a/made").write_text("")
    assert tree(root) == before
    assert not (copy.tree / "a/round").exists()


def test_what_an_earlier_process_left_goes_first(copy: ProjectCopy, root: Path) -> None:
    write(copy.tree, left__over="")
    copy.refresh(root / "top", b"")
    assert "left/over" not in content(copy.tree)
    copy.remove()
    assert not copy.tree.exists()
    copy.refresh(root / "top", b"again")
    assert content(copy.tree) == {"a/b": b"b", "top": b"again"}


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 1), ("MAX_BYTES", 1)])
def test_a_large_project_is_not_copied(
    limit: str, value: int, copy: ProjectCopy, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_copy, limit, value)
    with pytest.raises(UnavailableError, match="too large to be copied"):
        copy.refresh(root / "top", b"")


def test_a_project_that_is_gone_can_not_be_copied(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(UnavailableError, match="can't be copied"):
        ProjectCopy(gone, tmp_path / "copy").refresh(gone / "x", b"")


@pytest.fixture
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("_home")
def test_a_projects_folder_is_one_processs_at_a_time(root: Path, tmp_path: Path) -> None:
    first = BuildFolder.of(root)
    (first.path / "kept").write_text("")
    second = BuildFolder.of(root)
    assert second.path != first.path
    assert not second.path.is_relative_to(tmp_path / "home")
    second.let_go()
    assert not second.path.exists()
    first.let_go()
    third = BuildFolder.of(root)
    assert (third.path / "kept").exists()
    third.let_go()


@pytest.mark.usefixtures("_home")
def test_what_was_used_longest_ago_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_folder, "_MAX_PROJECTS", 2)
    folders = [BuildFolder.of(tmp_path / str(number)) for number in range(2)]
    for number, folder in enumerate(folders):
        os.utime(folder.path, (number + 1, number + 1))
    folders[1].let_go()
    third = BuildFolder.of(tmp_path / "third")
    assert folders[0].path.exists()
    folders[0].let_go()
    os.utime(folders[1].path, (5, 5))
    fourth = BuildFolder.of(tmp_path / "fourth")
    assert [folder.path.exists() for folder in (*folders, third, fourth)] == [
        *(False, False, True, True)
    ]
    third.let_go()
    fourth.let_go()
