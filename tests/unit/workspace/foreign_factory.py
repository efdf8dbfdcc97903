"""Diagnostics in the shapes in which clients send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.workspace.foreign import diagnostic_from_json

if TYPE_CHECKING:
    from understudy.workspace.diagnostics import Diagnostic

URI = "file:///project/a%20b.py"
TEXT = "x = 'π😀'; teh = 1\ny = 2\n"


def range_of(line: int, start: int, end: int) -> dict[str, Any]:
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


def read(text: str = TEXT, **item: Any) -> Diagnostic | None:
    given = {"range": range_of(0, 11, 14), "message": "m", **item}
    return diagnostic_from_json(given, LineIndex(text), "utf-16", URI)


def results(text: str = TEXT, **item: Any) -> list[str]:
    found = read(text, **item)
    assert found is not None
    return [apply(text, suggestion.edits) for suggestion in found.suggestions]
