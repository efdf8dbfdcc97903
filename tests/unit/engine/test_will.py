"""Documents as they will be: what checkers say about files that are made, moved and deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy, Trust
from understudy.config.settings import Settings
from understudy.engine.checking import check, close_checkers
from understudy.engine.other_files import Other
from understudy.engine.will import Will, beside_of
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

UTIL = "def f() -> int:\n    return 1\n"
MAIN = "from util import f\n\nprint(f())\n"


def view_of(root: Path, name: str, text: str, language: str = "python") -> View:
    path = root / name
    policy = Policy(Trust.TRUSTED)
    return View(path.as_uri(), text, policy, language=language, path=path, root=root)


@pytest.fixture
def util(tmp_path: Path) -> View:
    (tmp_path / "util.py").write_text(UTIL, "utf-8")
    (tmp_path / "main.py").write_text(MAIN, "utf-8")
    return view_of(tmp_path, "util.py", UTIL)


async def codes(root: Path, after: str, *others: Other) -> list[str]:
    """What basedpyright says about the main file with an edit."""
    view = view_of(root, "main.py", MAIN)
    will = Will(view, after, others)
    seen = replace(view, text=after, beside=beside_of(view, will))
    found = [
        one.code
        for report in await check(seen, Settings(), deadline_s=60)
        if report.checker == "basedpyright"
        for one in report.diagnostics
    ]
    await close_checkers()
    return found


async def test_a_file_that_is_made_can_be_imported(tmp_path: Path, util: View) -> None:
    new = Other(view_of(tmp_path, "helpers.py", ""), UTIL, is_new=True)
    assert await codes(tmp_path, MAIN.replace("util", "helpers"), new) == []
    other = MAIN.replace("util", "helpers").replace("f", "g").replace("grom", "from")
    assert await codes(tmp_path, other, new) == ["reportMissingImports"]


async def test_a_file_that_is_moved_is_there_and_no_longer_here(tmp_path: Path, util: View) -> None:
    moved = Other(util, UTIL, new_path=tmp_path / "helpers.py")
    assert await codes(tmp_path, MAIN.replace("util", "helpers"), moved) == []
    assert await codes(tmp_path, MAIN + "# one\n", moved) == ["reportAttributeAccessIssue"]


async def test_a_file_that_is_deleted_can_not_be_used(tmp_path: Path, util: View) -> None:
    gone = Other(util, None)
    assert await codes(tmp_path, MAIN + "# one\n", gone) == ["reportAttributeAccessIssue"]


def test_what_is_left_of_a_file_in_go_names_its_package(tmp_path: Path) -> None:
    main = view_of(tmp_path, "main.go", "package main\n", "go")
    gone = Other(view_of(tmp_path, "a.go", "// a\npackage main\n\nfunc a() {}\n", "go"), None)
    (left,) = beside_of(main, Will(main, main.text, (gone,)))
    assert (left.path.name, left.text) == ("a.go", "package main\n")
