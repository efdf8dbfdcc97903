from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.checkers.python_syntax import CHECKER, find_syntax_errors
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.workspace.diagnostics import Severity
from understudy.workspace.view import View


def view(text: str, uri: str = "untitled:a", path: Path | None = None) -> View:
    return View(uri, text, Policy(), path=path)


def marked(text: str) -> str:
    """The characters that the only error marks."""
    (error,) = find_syntax_errors(view(text))
    assert (error.source, error.code, error.severity) == ("python", "syntax-error", Severity.ERROR)
    return error.span.of(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('x = "π😀" y\n', "y"),
        ('if 1:\n\tx = "π😀" y\n', "y"),
        ("a = 1\rb = 1 zz\r", "zz"),
        ("a = 1\r\nb = 1 zz\r\n", "zz"),
        ('\ufeffx = "π😀" y\n', "y"),
        ("a = 1\n\x0cb = 1 zz\n", "zz"),
        ('x = "\u2028\x85"; y zz\n', "zz"),
        ('"π😀"; return 1\n', "return 1"),
        ("def f(a, bb, bb): pass\n", "bb"),
        ('\ufeff"π😀"; return 1\n', "return 1"),
        ('def f():\n\t"π😀"; nonlocal π\n', "nonlocal π"),
        ('"π😀"; "π😀".y = 1 = 2\n', "1"),
        ("x = (\n", "("),
        ("x = 1\0\n", "\0"),
        ("x = '\ud800'\n", "\ud800"),
        ("x = 1\n  y = 2\n", " "),
    ],
)
def test_the_place_is_counted_in_code_points_of_the_document(text: str, at: str) -> None:
    assert marked(text) == at


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="Only on Python 3.11 is the column unknown."
)
def test_an_error_inside_an_f_string_marks_its_line() -> None:
    assert marked('a = 1\nx = f"π😀 {a b}"\n') == 'x = f"π😀 {a b}"'


def test_a_text_that_compiles_has_no_errors() -> None:
    assert find_syntax_errors(view("import os\nprint(os)\n")) == ()


def test_the_byte_order_mark_is_no_error() -> None:
    assert find_syntax_errors(view("\ufeffx = 1\n")) == ()


def test_notebook_cells_may_await_at_their_top_level() -> None:
    assert find_syntax_errors(view("await x\n", "vscode-notebook-cell:/a.ipynb#W0")) == ()
    assert find_syntax_errors(view("await x\n", path=Path("a.ipynb"))) == ()
    assert marked("await x\n") == "await x"


def test_a_text_nested_too_deeply_is_unknown_and_not_wrong() -> None:
    with pytest.raises(UnavailableError, match="can't tell"):
        find_syntax_errors(view("a+" * 100_000 + "1"))


def test_the_compilers_warnings_are_silent_and_no_errors() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert find_syntax_errors(view("x = '\\d'\nassert (x, 1)\nx is 1\n")) == ()


async def test_a_large_text_is_checked_as_well() -> None:
    text = "x = 1\n" * 10_000 + "y z\n"
    (error,) = await CHECKER.run(view(text), CheckerSettings())
    assert error.span.of(text) == "z"
    assert "Python" in await CHECKER.locate(view(text), CheckerSettings())


NEWER = f"3.{sys.version_info[1] + 1}"
OURS = f"3.{sys.version_info[1]}"
SETTINGS = CheckerSettings()


def workspace_view(root: Path, text: str, trust: Trust = Trust.RESTRICTED) -> View:
    return View((root / "a.py").as_uri(), text, Policy(trust), path=root / "a.py", root=root)


def use_python(root: Path, version: str) -> None:
    (root / ".venv").mkdir()
    (root / ".venv" / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}.1\n")


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="Only on Python 3.11 is the statement unknown."
)
async def test_syntax_of_a_newer_python_is_unknown_and_not_wrong(tmp_path: Path) -> None:
    use_python(tmp_path, "3.13")
    with pytest.raises(UnavailableError, match=r"uses Python 3\.13, Understudy runs on 3\.11"):
        await CHECKER.run(workspace_view(tmp_path, "type X = int\n"), SETTINGS)
    use_of_ours = await CHECKER.run(workspace_view(tmp_path.parent, "type X = int\n"), SETTINGS)
    assert [one.message for one in use_of_ours] == ["invalid syntax"]


async def test_what_no_python_reads_is_an_error_whatever_the_workspace_uses(tmp_path: Path) -> None:
    use_python(tmp_path, NEWER)
    (error,) = await CHECKER.run(workspace_view(tmp_path, "x = = 1\n"), SETTINGS)
    assert error.message == f"invalid syntax (Python {OURS})"


async def test_where_ruff_may_not_be_asked_newer_syntax_is_unknown(tmp_path: Path) -> None:
    use_python(tmp_path, NEWER)
    with pytest.raises(UnavailableError, match="can't tell"):
        await CHECKER.run(workspace_view(tmp_path, "x = = 1\n", Trust.UNTRUSTED), SETTINGS)


async def test_a_text_that_compiles_parses_whatever_the_workspace_uses(tmp_path: Path) -> None:
    use_python(tmp_path, NEWER)
    assert await CHECKER.run(workspace_view(tmp_path, "x = 1\n"), SETTINGS) == ()


async def test_the_checker_tells_which_python_judges_for_which(tmp_path: Path) -> None:
    view = workspace_view(tmp_path, "")
    use_python(tmp_path, OURS)
    assert OURS in await CHECKER.locate(view, SETTINGS)
    (tmp_path / ".python-version").write_text(f"{NEWER}\n")
    assert f"the workspace's Python {NEWER}" in await CHECKER.locate(view, SETTINGS)


@given(st.text(st.sampled_from("aπ😀 \t\r\n\x0c\u2028'\"()[]{}:=,.f\\#\0\ufeff1"), max_size=40))
def test_every_span_lies_inside_the_text(text: str) -> None:
    for error in find_syntax_errors(view(text)):
        assert 0 <= error.span.start <= error.span.end <= len(text)
