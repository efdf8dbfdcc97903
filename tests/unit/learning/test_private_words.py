"""A project is known by its names from every folder in it, and from its worktrees."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from understudy.learning.private_words import private_words

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="Only on systems with git")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root = tmp_path / "falcon"
    (root / "server").mkdir(parents=True)
    git(root, "init", "--quiet", "-b", "feature/rollback-launch")
    git(root, "remote", "add", "origin", "https://git.widget.example/owner/beacon.git")
    (root / "a.py").write_text("x = 1\n")
    git(root, "add", ".")
    git(root, "-c", "user.name=Ada", "-c", "user.email=a@e.org", "commit", "--quiet", "-m", "x")
    return root


def git(where: Path, *arguments: str) -> None:
    subprocess.run(("git", *arguments), cwd=where, check=True, capture_output=True)


@pytest.mark.parametrize("folder", [".", "server"])
def test_names_are_known_below_the_repositorys_folder(project: Path, folder: str) -> None:
    found = private_words([project / folder])
    assert {"falcon", "widget", "owner", "beacon", "rollback", "launch"} <= found


def test_names_are_known_in_a_worktree(project: Path, tmp_path: Path) -> None:
    git(project, "worktree", "add", "--quiet", str(tmp_path / "beside"), "-b", "secret/merge-shop")
    (tmp_path / "beside" / "inner").mkdir()
    for folder in ("beside", "beside/inner"):
        found = private_words([tmp_path / folder])
        assert {"falcon", "widget", "beacon", "secret", "shop", "beside"} <= found
        assert "rollback" not in found


def test_a_repository_inside_another_is_the_one_that_counts(project: Path) -> None:
    inner = project / "server" / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet", "-b", "own-branch")
    found = private_words([inner])
    assert "inner" in found
    assert "beacon" not in found


def test_the_users_settings_are_found_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "config").write_text("[user]\n\tname = Planted Person\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert {"Planted", "Person"} <= private_words([])


def test_files_that_are_broken_tell_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(b"gitdir: \xff\xfe/../nowhere\n")
    assert tmp_path.name in private_words([tmp_path])
