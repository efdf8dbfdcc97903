from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tests.unit.checkers.projects import tree, write
from understudy.core.failures import UnavailableError
from understudy.workspace.shadow import private_file, shadow

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "p", a__b__c_dot_txt="disk", a__d_dot_txt="d", top="t", other__o="o")


def test_the_tree_holds_the_text_and_looks_like_the_project(root: Path) -> None:
    before = tree(root)
    with shadow(root, root / "a/b/c.txt", b"memory") as (folder, file):
        assert file == folder / "a/b/c.txt"
        names = {name: content for name, (content, _) in tree(folder).items()}
        assert names["a/b/c.txt"] == b"memory"
        assert (folder / "a/d.txt").read_text() == "d"
        assert (folder / "other/o").read_text() == "o"
        (file.parent / "made").write_text("")
        file.write_text("overwritten")
    assert not folder.exists()
    assert tree(root) == before


def test_a_file_that_is_not_there_yet_may_lie_in_a_folder_that_is_not_either(root: Path) -> None:
    with shadow(root, root / "new/n.txt", b"x") as (folder, file):
        assert file.read_bytes() == b"x"
        assert (folder / "top").read_text() == "t"
    assert not (root / "new").exists()


def test_only_the_user_can_look_in(root: Path) -> None:
    if os.name == "nt":
        pytest.skip("Only on POSIX do files have modes.")
    with shadow(root, root / "top", b"") as (folder, _):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with private_file("x/../y", b"1") as file:
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert file.name == "y"
    assert not file.parent.exists()


def test_it_is_gone_after_a_failure_too(root: Path) -> None:
    seen: list[Path] = []

    def fail() -> None:
        with shadow(root, root / "top", b"") as (folder, _):
            seen.append(folder)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not seen[0].exists()


def test_a_file_outside_the_project_is_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="does not lie in"), shadow(root, tmp_path, b""):
        pass


def test_links_of_the_project_are_not_followed_when_the_tree_goes(root: Path) -> None:
    if os.name == "nt":
        pytest.skip("Only on POSIX may everyone make links.")
    outside = write(root.parent / "outside", kept="")
    (root / "link").symlink_to(outside)
    with shadow(root, root / "top", b"") as (folder, _):
        assert (folder / "link/kept").exists()
    assert (outside / "kept").exists()
