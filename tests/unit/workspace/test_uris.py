"""URIs of files and the paths they name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.workspace.paths import path_of, pure_path_of


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
        assert path_of((root / name).as_uri()) == root / name


@given(st.text())
def test_no_text_makes_reading_a_uri_raise(text: str) -> None:
    for uri in (text, "file:///" + text, "file:///c:/" + text):
        pure_path_of(uri, PurePosixPath)
        pure_path_of(uri, PureWindowsPath)
