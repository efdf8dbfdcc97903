"""Ruff, over its standard input, with the user's own configuration."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.tools import find_tool, run_tool
from understudy.workspace.view import Notebook

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.core.lines import LineIndex
    from understudy.workspace.view import View

_ARGUMENTS = (
    "check",
    "--output-format=json",
    "--no-cache",
    "--no-fix",
    "--no-fix-only",
    "--no-force-exclude",
    "--stdin-filename",
)
_FOUND_NOTHING, _FOUND_SOMETHING = 0, 1
_ERRORS = frozenset({"invalid-syntax", "F821", "E902", "E999"})
"""What Ruff's own language server shows as an error; all else is a warning there."""
_SYNTAX = frozenset({None, "invalid-syntax", "E999"})
_PYTHON_SUFFIXES = frozenset({".py", ".pyi", ".pyw"})


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, "ruff", view, settings, bundled=True)
    path = _stdin_path(view)
    finished = await run_tool(
        (*command, *_ARGUMENTS, str(path), "-"),
        stdin=_encoded(view.text if view.notebook is None else _as_notebook(view)),
        cwd=view.root or path.parent,
        timeout_s=settings.timeout_s,
    )
    if finished.returncode not in (_FOUND_NOTHING, _FOUND_SOMETHING):
        raise UnavailableError(f"Ruff gave no answer: {_first_line(finished.stderr)}")
    return await asyncio.to_thread(read_ruff_json, finished.stdout, view)


async def _locate(view: View, settings: CheckerSettings) -> str:
    command = await asyncio.to_thread(find_tool, "ruff", view, settings, bundled=True)
    finished = await run_tool(
        (*command, "--version"), stdin=b"", cwd=view.root, timeout_s=settings.timeout_s
    )
    return f"{command[0]} ({finished.stdout.decode(errors='replace').strip()})"


def read_ruff_json(output: bytes, view: View) -> tuple[Diagnostic, ...]:
    """The diagnostics in the output of `ruff check --output-format=json` about the view's text.

    Raises:
        UnavailableError: when the output is something else.
    """
    try:
        entries = json.loads(output)
        if not isinstance(entries, list):
            raise UnavailableError("Ruff's answer is not a list of findings.")
        if view.notebook is not None:
            entries = _of_cell(entries, len(view.notebook.earlier) + 1)
        found = (_diagnostic(entry, view.index) for entry in entries)
        return tuple(found if view.notebook is None else map(_within_cell, found))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"Ruff's answer can't be read: {error!r}.") from error


def _diagnostic(entry: dict[str, Any], index: LineIndex) -> Diagnostic:
    code = entry["code"] or "invalid-syntax"
    return Diagnostic(
        source="ruff",
        code=code,
        message=entry["message"],
        span=_span(entry, index),
        severity=Severity.ERROR if code in _ERRORS else Severity.WARNING,
        suggestions=_suggestions(entry.get("fix"), index),
    )


def _suggestions(fix: dict[str, Any] | None, index: LineIndex) -> tuple[Suggestion, ...]:
    """Ruff's fix, unless it is only meant to be shown."""
    if fix is None or fix["applicability"] not in {"safe", "unsafe"}:
        return ()
    edits = tuple(Edit(_span(edit, index), edit["content"]) for edit in fix["edits"])
    return (Suggestion(fix["message"] or "Ruff's fix", edits, fix["applicability"] == "safe"),)


def _span(entry: dict[str, Any], index: LineIndex) -> Span:
    start = _offset(entry["location"], index)
    return Span(start, max(start, _offset(entry["end_location"], index)))


def _offset(location: dict[str, int], index: LineIndex) -> int:
    """Rows and columns count from 1, columns in code points; a byte order mark is not counted."""
    line = location["row"] - 1
    hidden = line == 0 and index.text.startswith("\ufeff")
    return index.offset(line, location["column"] - 1 + hidden)


def _as_notebook(view: View) -> str:
    """All cells in Jupyter's format (https://nbformat.readthedocs.io), which Ruff reads as one."""
    notebook = view.notebook or Notebook()
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": one}
        for one in (*notebook.earlier, view.text, *notebook.later)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def _of_cell(entries: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The findings in one cell, counted from 1.

    Raises:
        UnavailableError: when another cell does not parse. Then Ruff looks no further at any.
    """
    own = [entry for entry in entries if entry["cell"] == number]
    if any(entry["code"] in _SYNTAX for entry in entries if entry["cell"] != number):
        raise UnavailableError("Another cell of the notebook does not parse, so Ruff can't look.")
    return own


def _within_cell(found: Diagnostic) -> Diagnostic:
    """Without fixes that may be meant for another cell: Ruff does not say which one an edit is for."""
    suggestions = tuple(
        one
        for one in found.suggestions
        if len(one.edits) == 1
        and one.edits[0].span.start <= found.span.end
        and found.span.start <= one.edits[0].span.end
    )
    return replace(found, suggestions=suggestions)


def _stdin_path(view: View) -> Path:
    """The path by which Ruff finds its configuration and knows what the text is."""
    path = view.path or (view.root or Path.home()) / "untitled.py"
    if view.notebook is not None:
        return path.with_suffix(".ipynb")
    return path if path.suffix in _PYTHON_SUFFIXES else path.with_suffix(".py")


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError("Ruff can't read a text that holds half a character.") from error


def _first_line(stderr: bytes) -> str:
    """What went wrong: the first line, and the cause that Ruff writes below it."""
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("warning:")]
    return " ".join(lines[:2]) or "it ended without a word."


CHECKER = Checker(
    id="ruff",
    languages=frozenset({"python"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"ruff"}),
    bug_families=frozenset({"F", "B"}),
    import_order=frozenset({"I001"}),
    implied=frozenset({("E722", "BLE001")}),
)
