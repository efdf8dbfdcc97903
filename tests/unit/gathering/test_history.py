"""Files that are committed together."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy, Trust
from understudy.gathering.history import look_at_history, together
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


def view_of(root: Path, trust: Trust = Trust.RESTRICTED) -> View:
    return View("file:///a.py", "", Policy(trust), path=root / "a.py", root=root)


def init(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)


def commit(root: Path, *names: str) -> None:
    for name in names:
        with (root / name).open("a") as file:
            file.write("x\n")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "add", "-A"], cwd=root, check=True, capture_output=True)
    subprocess.run(["git", *who, "commit", "-m", "x"], cwd=root, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
async def test_files_that_were_committed_with_a_document_are_told_with_their_share(
    tmp_path: Path,
) -> None:
    init(tmp_path)
    commit(tmp_path, "a.py", "b.py")
    commit(tmp_path, "a.py", "b.py", "π😀.py")
    commit(tmp_path, "c.py", "b.py")
    view = view_of(tmp_path)
    assert together(view) == {}
    await look_at_history(view)
    assert together(view) == {"b.py": 1.0, "π😀.py": 0.5}
    commit(tmp_path, "a.py", "c.py")
    await look_at_history(view)
    assert together(view)["c.py"] == pytest.approx(0.3333)


async def test_a_folder_without_history_and_an_untrusted_one_tell_nothing(tmp_path: Path) -> None:
    await look_at_history(view_of(tmp_path))
    await look_at_history(view_of(tmp_path, Trust.UNTRUSTED))
    assert together(view_of(tmp_path)) == {}
