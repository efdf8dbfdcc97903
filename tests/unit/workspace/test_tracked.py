from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.workspace.ignore import is_ignored, walk
from understudy.workspace.tracked import tracked_in

if TYPE_CHECKING:
    from pathlib import Path

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="Only on machines with git")
RULES = "*.gen.py\n/build/\n/all/*\n"


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def make(top: Path, *names: str) -> None:
    for name in names:
        place = top / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x = 1\n")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    top = tmp_path / "top"
    make(
        top, "a.py", "a.gen.py", "b.gen.py", "build/c.py", "build/d.py", "build/e/f.py", "all/g.py"
    )
    git(top, "init", "-q")
    (top / ".gitignore").write_text(RULES)
    git(top, "add", "-f", "a.py", "a.gen.py", "build/c.py")
    return top


def walked(top: Path) -> list[str]:
    found = [path.relative_to(top).as_posix() for path in walk(top)]
    assert all(not is_ignored(top / name, top) for name in found)
    return found


@needs_git
def test_git_ignores_nothing_that_it_tracks(repository: Path) -> None:
    assert walked(repository) == ["a.gen.py", "a.py", "build/c.py"]
    for name in ("b.gen.py", "build/d.py", "build/e/f.py", "all/g.py"):
        assert is_ignored(repository / name, repository)
    git(repository, "add", "-f", "b.gen.py")
    assert "b.gen.py" in walked(repository)
    git(repository, "rm", "-q", "--cached", "a.gen.py")
    assert is_ignored(repository / "a.gen.py", repository)


@needs_git
@pytest.mark.parametrize("rule", ["*.gen.py", "/a.gen.py"])
def test_what_is_tracked_is_hidden_by_the_own_ignore_file(repository: Path, rule: str) -> None:
    (repository / ".understudyignore").write_text(f"{rule}\nbuild/\n")
    assert walked(repository) == ["a.py"]
    assert is_ignored(repository / "a.gen.py", repository)
    assert is_ignored(repository / "build" / "c.py", repository)


@needs_git
def test_a_workspace_within_a_repository_asks_that(repository: Path) -> None:
    make(repository, "sub/h.gen.py", "sub/i.gen.py", "sub/j.py")
    git(repository, "add", "-f", "sub/h.gen.py")
    assert walked(repository / "sub") == ["h.gen.py", "j.py"]


@needs_git
def test_what_is_not_understood_tracks_nothing(repository: Path, tmp_path: Path) -> None:
    assert tracked_in(repository).files == {"a.py", "a.gen.py", "build/c.py"}
    git(repository, "update-index", "--index-version", "4")
    assert tracked_in(repository).files == frozenset()
    git(repository, "update-index", "--index-version", "2")
    assert tracked_in(repository).files
    git(repository, "update-index", "--split-index")
    assert tracked_in(repository).files == frozenset()
    assert walked(repository) == ["a.py"]
    make(tmp_path, "worktree/a.py")
    (tmp_path / "worktree" / ".git").write_text("gitdir: ../top/.git\n")
    assert tracked_in(tmp_path / "worktree").files == frozenset()


@needs_git
def test_names_and_flags_of_any_kind_are_read(repository: Path) -> None:
    names = [f"{'x' * length}.py" for length in range(1, 20)] + ["ä ö.py", "deep/er/k.py"]
    make(repository, *names, "later.py")
    git(repository, "add", *names)
    git(repository, "add", "--intent-to-add", "later.py")
    assert tracked_in(repository).files >= {*names, "later.py"}
    assert tracked_in(repository).folders == {"build", "deep", "deep/er"}


@given(st.binary(max_size=300))
def test_no_content_of_the_index_raises(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    from hashlib import sha1

    top = tmp_path_factory.mktemp("any")
    (top / ".git").mkdir()
    body = b"DIRC\0\0\0\2" + data
    (top / ".git" / "index").write_bytes(body + sha1(body, usedforsecurity=False).digest())
    assert isinstance(tracked_in(top).files, frozenset)
