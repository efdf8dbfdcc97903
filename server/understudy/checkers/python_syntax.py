"""The interpreter's own compiler: does the text parse, and would it compile?"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import platform
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.config.settings import CheckerSettings
from understudy.context.notebook import plain
from understudy.context.python_compile import compile_error, parse_error, readable
from understudy.core.failures import UnavailableError
from understudy.core.lines import units_to_column
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.python_version import workspace_version
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from understudy.core.lines import Encoding, LineIndex
    from understudy.workspace.view import View

_OURS = sys.version_info[:2]
_ONLY_SYNTAX = (
    *("check", "--isolated", "--no-cache", "--quiet", "--select=E902"),
    *("--stdin-filename", "untitled.py"),
)
"""Ruff always tells syntax errors; the one rule that is selected is about files."""
_ANSWERS = (0, 1)
"""Ruff found nothing, or something; all else means that it did not look."""
_LARGE = 20_000
"""From this many characters on, compiling takes long enough to be felt, so a thread does it."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w+")


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:  # noqa: ARG001 - nothing to set
    if _is_notebook_cell(view):
        view = replace(view, text=await asyncio.to_thread(plain, view.text))
    if len(view.text) < _LARGE:
        found = find_syntax_errors(view)
    else:
        found = await asyncio.to_thread(find_syntax_errors, view)
    if not found:
        return ()
    theirs = await asyncio.to_thread(workspace_version, view.root, view.environment)
    if theirs is None or theirs == _OURS:
        return found
    if theirs > _OURS and await _may_be_newer_syntax(view, theirs):
        raise UnavailableError(
            f"The workspace uses Python {_shown(theirs)}, Understudy runs on {_shown(_OURS)}, "
            "which can't tell whether this parses."
        )
    return tuple(replace(one, message=f"{one.message} (Python {_shown(_OURS)})") for one in found)


async def _locate(view: View, settings: CheckerSettings) -> str:  # noqa: ARG001 - always there
    built_in = f"Python {platform.python_version()}, built in"
    theirs = await asyncio.to_thread(workspace_version, view.root, view.environment)
    if theirs is None or theirs <= _OURS:
        return built_in
    return f"{built_in}; can't judge the newer syntax of the workspace's Python {_shown(theirs)}"


async def _may_be_newer_syntax(view: View, version: tuple[int, int]) -> bool:
    """Whether the text may parse in a Python newer than ours. Ruff's parser knows those.

    Where Ruff can't be asked, nobody can say no.
    """
    with contextlib.suppress(UnavailableError, UnicodeEncodeError):
        settings = CheckerSettings()
        ruff = await asyncio.to_thread(find_tool, "ruff", view, settings, bundled=True)
        target = f"--target-version=py{version[0]}{version[1]}"
        for options in ((target,), ()):
            finished = await run_tool(
                (*ruff, *_ONLY_SYNTAX, *options, "-"),
                stdin=view.text.encode(),
                cwd=None,
                timeout_s=settings.timeout_s,
            )
            if finished.returncode in _ANSWERS:
                return finished.returncode == 0
    return True


def _shown(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def find_syntax_errors(view: View) -> tuple[Diagnostic, ...]:
    """The first error that compiling meets; compilers stop there.

    Compiling the whole way, not only parsing, also finds `return` outside of a function and the
    like. Nothing is executed.

    Raises:
        UnavailableError: when the text is nested too deeply for this interpreter to tell.
    """
    text = view.text
    unreadable = _unreadable(text)
    if unreadable is not None:
        return (unreadable,)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if _is_notebook_cell(view) else 0
    try:
        error = compile_error(text, flags)
        if error is None:
            return ()
        # The parser counts characters. What comes after it counts the bytes of the tree's nodes.
        unparsed = parse_error(text, flags)
    except (RecursionError, MemoryError, OverflowError, ValueError) as failure:
        text = f"Python can't tell whether the text parses: {failure!r}."
        raise UnavailableError(text) from failure
    if unparsed is None:
        return (_error(error.msg, _span(error, view, "utf-8")),)
    return (_error(unparsed.msg, _span(unparsed, view, "utf-32")),)


def _unreadable(text: str) -> Diagnostic | None:
    """Characters that no Python file can hold; the compiler names no place for them."""
    null = text.find("\0")
    if null >= 0:
        return _error("source code cannot contain null characters", Span(null, null + 1))
    surrogate = _SURROGATE.search(text)
    if surrogate is not None:
        return _error("source code cannot contain half a surrogate pair", Span(*surrogate.span()))
    return None


def _span(error: SyntaxError, view: View, encoding: Encoding) -> Span:
    """Where CPython sees the error.

    Lines and offsets count from 1; 0 and -1 stand for "unknown". Inside an f-string, Python 3.11
    counts from the replacement field's own start, so the line is marked.
    """
    index = view.index
    line = max((error.lineno or 1) - 1, 0)
    if error.msg.startswith("f-string:") or error.offset is None or error.offset < 1:
        return Span(index.start(line), index.start(line) + len(index.content(line)))
    start = end = _offset(index, line, error.offset - 1, encoding)
    if error.end_lineno is not None and error.end_offset is not None and error.end_offset > 0:
        end = _offset(index, error.end_lineno - 1, error.end_offset - 1, encoding)
    return Span(start, end) if end > start else _widened(index.text, start)


def _offset(index: LineIndex, line: int, units: int, encoding: Encoding) -> int:
    content = index.content(line)
    return index.offset(line, units_to_column(readable(content), units, encoding))


def _widened(text: str, start: int) -> Span:
    """An empty place, made visible: the word that starts there, else one character."""
    word = _WORD.match(text, start)
    end = word.end() if word else start + (text[start : start + 1] not in {"", "\r", "\n"})
    return Span(start, end)


def _error(message: str, span: Span) -> Diagnostic:
    return Diagnostic("python", "syntax-error", message, span, Severity.ERROR)


def _is_notebook_cell(view: View) -> bool:
    """Cells may `await` at their top level."""
    return "notebook-cell:" in view.uri or (view.path is not None and view.path.suffix == ".ipynb")


CHECKER = Checker(
    id="python_syntax",
    languages=frozenset({"python"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"python"}),
    parses=True,
    in_process=True,
)
