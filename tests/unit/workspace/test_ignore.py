from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from understudy.workspace.ignore import is_ignored, walk
from understudy.workspace.roots import root_of

if TYPE_CHECKING:
    from pathlib import Path


def make(top: Path, *names: str, **files: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    for name, text in files.items():
        (top / name).write_text(text)


def walked(top: Path) -> list[str]:
    return [path.relative_to(top).as_posix() for path in walk(top)]


def test_files_come_by_name_folder_by_folder(tmp_path: Path) -> None:
    make(tmp_path, "b.py", "a/z.py", "c/d/e.py", "a.py")
    assert walked(tmp_path) == ["a/z.py", "a.py", "b.py", "c/d/e.py"]


def test_what_tools_put_there_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.py", ".hidden.py", ".git/x.py", "node_modules/x.js", "__pycache__/x.py")
    make(tmp_path, "env/pyvenv.cfg", "env/lib/x.py", "site-packages/x.py")
    assert walked(tmp_path) == ["a.py"]


def test_links_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "top/a.py", "else/b.py")
    (tmp_path / "top" / "link").symlink_to(tmp_path / "else", target_is_directory=True)
    (tmp_path / "top" / "b.py").symlink_to(tmp_path / "else" / "b.py")
    assert walked(tmp_path / "top") == ["a.py"]


@pytest.mark.parametrize("name", [".gitignore", ".understudyignore"])
def test_ignore_files_count(tmp_path: Path, name: str) -> None:
    make(tmp_path, "a.py", "b.py", "build/c.py", "d/build/e.py", "d/f.py")
    (tmp_path / name).write_text("# ours\n/a.py\nbuild/\n")
    assert walked(tmp_path) == ["b.py", "d/f.py"]


def test_a_deeper_file_goes_before_one_above_it(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "deep/a.py", "deep/b.py")
    (tmp_path / ".gitignore").write_text("a.py\n")
    (tmp_path / "deep" / ".gitignore").write_text("!a.py\nb.py\n")
    assert walked(tmp_path) == ["deep/a.py"]


def test_our_own_file_has_the_last_word_in_its_folder(tmp_path: Path) -> None:
    make(tmp_path, "made.py", "secret.py")
    (tmp_path / ".gitignore").write_text("made.py\n")
    (tmp_path / ".understudyignore").write_text("!made.py\nsecret.py\n")
    assert walked(tmp_path) == ["made.py"]


def test_rules_of_the_repository_count_below_it(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "a/b/x.py", "a/b/y.py", "a/b/z.py")
    (tmp_path / ".gitignore").write_text("x.py\n")
    (tmp_path / "a" / ".gitignore").write_text("/b/y.py\n")
    assert walked(tmp_path / "a" / "b") == ["z.py"]


def test_a_folder_that_is_ignored_itself_is_walked_when_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "out/x.py", "out/deep/y.py")
    (tmp_path / ".gitignore").write_text("out/\n")
    assert walked(tmp_path) == []
    assert walked(tmp_path / "out") == ["deep/y.py", "x.py"]
    assert walked(tmp_path / "out" / "deep") == ["y.py"]


def test_files_above_without_a_repository_do_not_count(tmp_path: Path) -> None:
    make(tmp_path, "a/x.py")
    (tmp_path / ".gitignore").write_text("*\n")
    assert walked(tmp_path / "a") == ["x.py"]


def test_a_line_that_is_no_pattern_spoils_no_other(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "b.py")
    (tmp_path / ".gitignore").write_bytes(b"!\n\xff\xfe\n***a[\n//\na.py\n")
    assert walked(tmp_path) == ["b.py"]


@pytest.mark.parametrize("name", [".gitignore", ".understudyignore", ".git/info/exclude"])
def test_a_single_file_is_ignored_by_the_rules_above_it(tmp_path: Path, name: str) -> None:
    make(tmp_path, ".git/HEAD", "a/b/x.py", "a/out/y.py", "a/z.py", name)
    (tmp_path / name).write_text("x.py\nout/\n")
    assert is_ignored(tmp_path / "a/b/x.py", tmp_path / "a")
    assert is_ignored(tmp_path / "a/out/y.py", tmp_path / "a")
    assert is_ignored(tmp_path / "a/out/y.py", None)
    assert not is_ignored(tmp_path / "a/z.py", tmp_path / "a")


def test_nothing_in_an_ignored_folder_can_be_taken_back(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "out/x.py")
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out" / ".gitignore").write_text("!x.py\n")
    assert is_ignored(tmp_path / "out/x.py", tmp_path)


def test_our_own_file_takes_back_what_git_ignores(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "a.py", "b.py")
    (tmp_path / ".gitignore").write_text("*.py\n")
    (tmp_path / ".understudyignore").write_text("!a.py\n")
    assert not is_ignored(tmp_path / "a.py", tmp_path)
    assert is_ignored(tmp_path / "b.py", tmp_path)


def test_without_a_repository_the_workspace_folder_is_the_top(tmp_path: Path) -> None:
    make(tmp_path, "top/deep/a.py", "top/deep/b.py")
    (tmp_path / ".gitignore").write_text("a.py\n")
    (tmp_path / "top" / ".gitignore").write_text("b.py\n")
    assert is_ignored(tmp_path / "top/deep/b.py", tmp_path / "top")
    assert not is_ignored(tmp_path / "top/deep/a.py", tmp_path / "top")
    assert not is_ignored(tmp_path / "top/deep/b.py", None)


def test_a_repository_ends_the_rules_of_one_that_it_lies_in(tmp_path: Path) -> None:
    # Such as that of a home whose owner keeps a few files of it in git.
    make(tmp_path, ".git/HEAD", "project/.git/HEAD", "project/a.py")
    (tmp_path / ".gitignore").write_text("*\n")
    assert not is_ignored(tmp_path / "project/a.py", tmp_path / "project")
    assert is_ignored(tmp_path / "project/a.py", tmp_path), "the workspace's own rules count"


@pytest.mark.skipif(os.name == "nt", reason="Only on systems with FIFOs")
def test_an_ignore_file_that_is_no_file_is_none_and_is_not_waited_for(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / ".understudyignore").mkdir()
    assert not is_ignored(tmp_path / "a.py", tmp_path)


def test_an_ignore_file_that_can_not_be_read_ignores_everything(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / ".gitignore").symlink_to(".gitignore")
    assert is_ignored(tmp_path / "a.py", tmp_path)


@pytest.mark.parametrize("marker", ["pyproject.toml", ".git", ".understudy"])
def test_the_root_is_the_nearest_marked_folder(tmp_path: Path, marker: str) -> None:
    make(tmp_path, "pyproject.toml", f"in/{marker}/x" if marker[0] == "." else f"in/{marker}")
    make(tmp_path, "in/a/b/x.py")
    assert root_of(tmp_path / "in" / "a" / "b" / "x.py") == tmp_path / "in"
    assert root_of(tmp_path / "in" / "a") == tmp_path / "in"
    assert root_of(tmp_path / "in") == tmp_path / "in"
