"""Which paths lie inside a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from understudy.workspace.paths import inside, is_protected, place_by_name, place_on_disk

posix_only = pytest.mark.skipif(
    os.name == "nt", reason="Only on systems where anyone may make links."
)


def test_files_below_the_folder_are_inside_whether_they_exist_or_not(root: Path) -> None:
    (root / "a.py").touch()
    assert inside(root / "a.py", root)
    assert inside(root / "new" / "deep" / "b.py", root)
    assert inside(root / "...py", root)
    assert inside(root, root)


def test_other_folders_and_climbing_paths_are_outside(root: Path) -> None:
    assert not inside(root.parent / "a.py", root)
    assert not inside(root.parent / "project2" / "a.py", root)
    assert not inside(root / ".." / "a.py", root)
    assert not inside(root / "a" / ".." / "b.py", root)
    assert not inside(Path("a.py"), root)
    assert not inside(Path(root.anchor) / "etc" / "passwd", root)


@posix_only
def test_links_that_leave_are_outside(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (root / "folder").symlink_to(tmp_path / "other")
    (root / "file.py").symlink_to(tmp_path / "other" / "file.py")
    (root / "twice").symlink_to(root / "folder")
    for path in ("folder/a.py", "folder/new/a.py", "file.py", "twice/a.py"):
        assert not inside(root / path, root)


@posix_only
def test_links_within_the_folder_and_a_linked_folder_are_inside(root: Path, tmp_path: Path) -> None:
    (root / "src").mkdir()
    (root / "link").symlink_to(root / "src")
    (tmp_path / "alias").symlink_to(root)
    assert inside(root / "link" / "a.py", root)
    assert inside(tmp_path / "alias" / "a.py", root)
    assert inside(root / "a.py", tmp_path / "alias")


@posix_only
def test_a_link_to_itself_is_outside(root: Path) -> None:
    (root / "loop").symlink_to(root / "loop")
    assert not inside(root / "loop" / "a.py", root)


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "NUL.txt",
        "aux.py",
        "Com1",
        "lpt9.log",
        "COM¹.py",
        "a.",
        "a ",
        "a.py:stream",
        "a\x07b",
        "a\u200c.py",
        "nul /b.py",
    ],
)
def test_new_names_that_some_platform_reads_as_another_are_refused(root: Path, name: str) -> None:
    assert not inside(root / name, root)
    assert not inside(root / name / "a.py", root)


@posix_only
def test_an_existing_file_with_a_windows_name_may_be_edited_where_it_is_a_file(root: Path) -> None:
    (root / "aux.c").touch()
    assert inside(root / "aux.c", root)


@pytest.mark.parametrize(
    "name", ["console.py", "auxiliary.c", "com10.py", ".hidden", "naïve.py", "名前.py"]
)
def test_ordinary_names_are_inside(root: Path, name: str) -> None:
    assert inside(root / name, root)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_name_makes_the_checks_raise(root: Path, text: str) -> None:
    for path in (Path(text), root / text):
        inside(path, root)
        inside(root, path)
        is_protected(path, root)
        is_protected(path, None)
        place_by_name(path, root)
        place_on_disk(path, root)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["..", ".", "a", "~", "", "b."]), max_size=8))
def test_what_is_inside_really_resolves_below_the_folder(root: Path, parts: list[str]) -> None:
    path = root.joinpath(*parts)
    assert not inside(path, root) or path.resolve().is_relative_to(root.resolve())
