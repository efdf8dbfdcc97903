"""Lines of ignore files mean what they mean for git."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.workspace.ignore import is_ignored
from understudy.workspace.ignore_lines import IgnoreLines

if TYPE_CHECKING:
    from pathlib import Path

PATHS = (
    *(
        "m.py",
        "m.txt",
        "a",
        "pkg/m.py",
        "pkg/m.txt",
        "pkg/a",
        "pkg/in/m.py",
        "pkg/in/a",
        "b/c/d/e.py",
    ),
    *("build/x.py", "c/build/x.py", "foo/bar", "foo/baz/bar", "foo/in/deep/bar", "-", "[x]", "x]y"),
    *(
        "with blank ",
        "star*name",
        "q?.py",
        "#note",
        "!bang",
        "A.PY",
        "x1.py",
        "xa.py",
        "x-.py",
        "..a",
    ),
)
LINES = (
    *(
        "*|!*/|!*.py",
        "*|!pkg/|!pkg/m.py",
        "*|!*/|!pkg/m.py",
        "*|!pkg|!pkg/in/|!pkg/in/m.py",
        "/*|!/pkg",
    ),
    *(
        "*.py",
        "*.py|!m.py",
        "!m.py|*.py",
        "/m.py",
        "pkg/*.py",
        "pkg/**",
        "pkg/**|!pkg/m.py",
        "**/m.py",
    ),
    *("pkg/**/m.py", "**/in/**", "**", "**/", "*/", "/*/", "*/*", "/**/a", "a/**/b", "foo/**/bar"),
    *("build/", "build", "/build/", "c/build", "c/build/", "!build/|build/", "build/|!build/x.py"),
    *(
        "foo/*",
        "foo/*|!foo/bar",
        "foo/**/",
        "foo**bar",
        "fo**/bar",
        "foo/ba?",
        "f?o/",
        "?",
        "[ab]",
        "[!ab]",
    ),
    *(
        "[^ab]",
        "x[0-9].py",
        "x[a-].py",
        "x[]-].py",
        "x[[:digit:]].py",
        "x[[:alpha:]].py",
        "x[![:alpha:]].py",
    ),
    *(
        "x[[:nope:]].py",
        "x[z-a].py",
        "[",
        "[x",
        "x[",
        "\\[x\\]",
        "[[]x]",
        "x\\]y",
        "\\",
        "m.py\\",
        "m\\.py",
    ),
    *(
        "with blank\\ ",
        "with blank ",
        "m.py  ",
        "star\\*name",
        "q\\?.py",
        "\\#note",
        "#note",
        "\\!bang",
    ),
    *(
        "!bang",
        "",
        "   ",
        "/",
        "//",
        "!",
        "!/",
        "./m.py",
        "../m.py",
        "pkg//m.py",
        "m.py/",
        "A.PY",
        "a.py",
    ),
    *(
        "pkg/in",
        "in",
        "/in",
        "in/",
        "d/*",
        "b/*/d",
        "b/**/e.py",
        "**/d/e.py",
        "b/c/**/e.py",
        "***",
        "a***",
    ),
    *(
        "-",
        "..a",
        "*a",
        "*.*",
        "*.??",
        ".*",
        "x*.py|!x1.py|!x[a]*",
        "pkg/|!pkg/in/m.py",
        "p*/|!pkg/",
    ),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("git") is None or os.name == "nt":
        pytest.skip("git is asked about names that Windows can't have")
    root = tmp_path_factory.mktemp("tree")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("")
    return root


def by_git(root: Path) -> set[str]:
    asked = "".join(f"{path}\0" for path in PATHS)
    command = ["git", "-C", str(root), "check-ignore", "--no-index", "--stdin", "-z"]
    found = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    return {one for one in found.stdout.split("\0") if one}


def by_us(root: Path) -> set[str]:
    return {path for path in PATHS if is_ignored(root / path, root)}


@pytest.mark.parametrize("lines", LINES)
def test_a_file_is_ignored_where_git_ignores_it(tree: Path, lines: str) -> None:
    (tree / ".gitignore").write_text("\n".join(lines.split("|")) + "\n")
    assert by_us(tree) == by_git(tree)


def test_lines_of_two_folders_count_as_for_git(tree: Path) -> None:
    pairs = itertools.product(
        ("*|!*/", "*.py", "pkg/*|!pkg/in/", "/pkg/m.*"), ("!*.py", "*", "!in/|m.py", "/m.py")
    )
    inner = tree / "pkg" / ".gitignore"
    try:
        for above, below in pairs:
            (tree / ".gitignore").write_text("\n".join(above.split("|")) + "\n")
            inner.write_text("\n".join(below.split("|")) + "\n")
            assert by_us(tree) == by_git(tree), (above, below)
    finally:
        inner.unlink()


@given(st.text(alphabet="ab/*?[]!^-\\.:# ", max_size=12), st.booleans())
def test_any_line_is_read(line: str, folder: bool) -> None:
    lines = IgnoreLines([line])
    assert all(lines.says(path, is_folder=folder) in {True, False, None} for path in ("a", "a/b"))
