"""What Ruff finds, in the shape that `ruff check --output-format=json` prints."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex
    from understudy.workspace.view import View

_ERRORS = frozenset({"invalid-syntax", "F821", "E902", "E999"})
"""What Ruff's own language server shows as an error; all else is a warning there."""
_SYNTAX = frozenset({None, "invalid-syntax", "E999"})


def read_ruff_json(output: bytes, view: View) -> tuple[Diagnostic, ...]:
    """The diagnostics in the output of `ruff check --output-format=json` about the view's text.

    Raises:
        UnavailableError: when the output is something else.
    """
    try:
        entries = json.loads(output)
    except (ValueError, RecursionError) as error:
        raise UnavailableError(f"Ruff's answer can't be read: {error!r}.") from error
    return read_entries(entries, view)


def read_entries(entries: object, view: View) -> tuple[Diagnostic, ...]:
    """The same from the parsed list.

    Raises:
        UnavailableError: when it is something else.
    """
    try:
        if not isinstance(entries, list):
            raise UnavailableError("Ruff's answer is not a list of findings.")
        if view.notebook is not None:
            entries = _of_cell(entries, len(view.notebook.earlier) + 1)
        found = sorted((_diagnostic(entry, view.index) for entry in entries), key=_place)
        return tuple(found if view.notebook is None else map(_within_cell, found))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"Ruff's answer can't be read: {error!r}.") from error


def _place(found: Diagnostic) -> tuple[int, int, str, str]:
    return found.span.start, found.span.end, found.code, found.message


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
