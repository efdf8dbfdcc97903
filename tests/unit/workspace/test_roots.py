from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.checkers.projects import write
from understudy.workspace.roots import root_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("marker", ["pyproject_dot_toml", "_dot_git__HEAD", "Cargo_dot_toml"])
def test_the_nearest_mark_above_a_file_is_its_root(marker: str, tmp_path: Path) -> None:
    write(tmp_path, **{marker: "", "a__b__c": ""})
    assert root_of(tmp_path / "a/b/c") == tmp_path


def test_a_package_inside_a_repository_is_not_a_root_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, _dot_git__HEAD="", crates__a__Cargo_dot_toml="", crates__a__src__lib_dot_rs="")
    assert root_of(tmp_path / "crates/a/src/lib.rs") == tmp_path


def test_without_a_mark_the_current_folder_is_the_root_of_the_files_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, work__shop__total_dot_py="", elsewhere__a_dot_py="", work__shop__deep__x="")
    work, elsewhere = tmp_path / "work", tmp_path / "elsewhere"
    monkeypatch.chdir(work)
    assert root_of(work / "shop/total.py") == root_of(work) == work
    assert root_of(work / "shop") == work / "shop"
    assert root_of(elsewhere / "a.py") == elsewhere
    # Nobody wants all of their files read.
    monkeypatch.setattr("pathlib.Path.home", lambda: work)
    assert root_of(work / "shop/total.py") == work / "shop"


def test_a_name_that_no_file_can_have_is_one_of_a_file_in_its_folder(tmp_path: Path) -> None:
    write(tmp_path, Cargo_dot_toml="")
    assert root_of(tmp_path / ("a" * 300)) == tmp_path
    assert root_of(tmp_path / "a\0b") == tmp_path
