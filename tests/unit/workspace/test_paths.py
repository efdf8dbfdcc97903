from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from understudy.workspace.paths import (
    Place,
    inside,
    is_own_configuration,
    is_protected,
    path_of,
    place_by_name,
    place_on_disk,
    pure_path_of,
    uri_of,
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows needs a right to make links.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a/x.py", "/home/a/x.py"),
        ("FILE:///home/a/x.py", "/home/a/x.py"),
        ("file:/home/a/x.py", "/home/a/x.py"),
        ("file://localhost/home/a/x.py", "/home/a/x.py"),
        ("file:///home/a%20b/%CF%80%F0%9F%98%80.py", "/home/a b/π😀.py"),
        ("file:///home/π😀.py", "/home/π😀.py"),
        ("file:///a%23b%3Fc", "/a#b?c"),
        ("file:///a%2Fb", "/a/b"),
        ("file:///100%", "/100%"),
        ("file:////etc/passwd", "/etc/passwd"),
        ("file:///c%3A/x.py", "/c:/x.py"),
    ],
)
def test_a_file_uri_names_a_posix_path(uri: str, path: str) -> None:
    assert pure_path_of(uri, PurePosixPath) == PurePosixPath(path)
    assert str(pure_path_of(uri, PurePosixPath)) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c:/Users/a/x.py", "c:\\Users\\a\\x.py"),
        ("file:///C%3A/Users/a%20b/x.py", "C:\\Users\\a b\\x.py"),
        ("file:///d%3a", "d:\\"),
        ("file:///d:/", "d:\\"),
    ],
)
def test_a_file_uri_names_a_windows_path(uri: str, path: str) -> None:
    assert str(pure_path_of(uri, PureWindowsPath)) == path


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "untitled:Untitled-1",
        "http://localhost/a.py",
        "vscode-notebook-cell:/a.ipynb#X",
        "/home/a.py",
        "C:\\a.py",
        "file:a.py",
        "file://",
        "file://server/share/a.py",
        "file:///a%00b",
        "file:///a%FFb",
        "file:///a.py#L1",
        "file:///a.py?x=1",
    ],
)
def test_what_is_no_local_file_names_no_path(uri: str) -> None:
    assert pure_path_of(uri, PurePosixPath) is None
    assert pure_path_of(uri, PureWindowsPath) is None


@pytest.mark.parametrize(
    "uri",
    ["file:////server/share/a", "file:///%5C%5Cserver%5Cshare", "file:///a.py", "file:////?/c:/a"],
)
def test_windows_paths_without_a_drive_are_refused(uri: str) -> None:
    assert pure_path_of(uri, PureWindowsPath) is None


def test_paths_and_uris_are_each_others_inverse(root: Path) -> None:
    for name in ("a.py", "a b.py", "π😀.py", "100%.py", "a#b.py", "a?b.py", "%41.py"):
        assert path_of(uri_of(root / name)) == root / name


def test_a_relative_path_has_no_uri() -> None:
    with pytest.raises(ValueError, match="relative"):
        uri_of(PurePath("a.py"))


@given(st.text())
def test_no_text_makes_reading_a_uri_raise(text: str) -> None:
    for uri in (text, "file:///" + text, "file:///c:/" + text):
        pure_path_of(uri, PurePosixPath)
        pure_path_of(uri, PureWindowsPath)


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


PROTECTED = [
    ".git/config",
    "sub/.git/hooks/pre-commit",
    ".GIT/config",
    ".git./config",
    ".git /config",
    "GIT~1/config",
    ".g\u200cit/config",
    ".git::$INDEX_ALLOCATION/config",
    ".git",
    ".vscode/settings.json",
    ".idea/workspace.xml",
    ".github/workflows/ci.yml",
    ".GitHub/Workflows/ci.yml",
    ".husky/pre-commit",
    ".envrc",
    "sub/.envrc",
    "Makefile",
    "makefile",
    "GNUmakefile",
    "Makefile.am",
    "rules.mk",
    ".understudy/config.toml",
    ".understudyignore",
]


@pytest.mark.parametrize("name", PROTECTED)
def test_files_that_grant_power_are_protected_for_a_reason(root: Path, name: str) -> None:
    reason = is_protected(root / name, root)
    assert reason is not None
    assert reason.startswith("`")
    assert reason.endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "git/config.py",
        ".gitignore",
        ".github/README.md",
        "workflows/a.yml",
        "make.py",
        "vscode/a.ts",
        "x.git/a",
        ".github/x/workflows/a",
    ],
)
def test_ordinary_files_are_not_protected(root: Path, name: str) -> None:
    assert is_protected(root / name, root) is None


def test_only_the_names_below_the_folder_count(tmp_path: Path) -> None:
    folder = tmp_path / ".vscode" / "extension"
    assert is_protected(folder / "a.ts", folder) is None
    assert is_protected(folder / "a.ts", None) is not None


def test_composed_and_decomposed_names_are_one_name(root: Path) -> None:
    name = unicodedata.normalize("NFD", ".understudy/é.toml")
    assert is_own_configuration(root / name, root)


def test_our_own_configuration_is_known_in_the_workspace_and_at_home(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    home = (tmp_path / "home").resolve()
    assert is_own_configuration(root / ".understudy" / "fixes.md", root)
    assert is_own_configuration(root / ".UNDERSTUDY" / "config.toml", root)
    assert is_own_configuration(home / "config.toml", None)
    assert is_own_configuration(home / "trust.json", root)
    assert not is_own_configuration(home / "notes.py", None)
    assert not is_own_configuration(root / "config.toml", root)


def test_a_document_without_a_file_has_no_place_that_could_forbid_anything() -> None:
    assert place_by_name(None, None) == place_on_disk(None, Path("/")) == Place()


@posix_only
def test_a_link_to_a_protected_file_is_protected_on_disk(root: Path) -> None:
    (root / ".git" / "hooks").mkdir(parents=True)
    (root / ".understudy").mkdir()
    (root / "hook.sh").symlink_to(root / ".git" / "hooks" / "pre-commit")
    (root / "mine.toml").symlink_to(root / ".understudy" / "config.toml")
    assert place_by_name(root / "hook.sh", root).protected is None
    assert place_on_disk(root / "hook.sh", root).protected
    assert place_on_disk(root / "mine.toml", root).own


@posix_only
def test_a_link_that_leaves_is_seen_on_disk_only(root: Path, tmp_path: Path) -> None:
    (root / "out.py").symlink_to(tmp_path / "out.py")
    assert place_by_name(root / "out.py", root).inside
    assert not place_on_disk(root / "out.py", root).inside
    assert not place_by_name(root / ".." / "out.py", root).inside
