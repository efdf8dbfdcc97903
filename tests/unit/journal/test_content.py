from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows
from understudy.journal.prompt_records import CallFragments
from understudy.journal.records import Checks, Gate, Row, Run
from understudy.journal.statements import statements
from understudy.journal.vocabulary import UNKNOWN, clean, word
from understudy.journal.workspaces import workspace_id

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "password = 'hunter2'"
IDS = {"id", "run_id", "attempt_id", "edit_id", "call_id"}
"""Made by Understudy; rows with another text in their place could not be stored at all."""


def marked(row: Row) -> Row:
    """The row with the marker in every text that somebody else could fill."""
    texts = {
        field.name: f"{MARKER}\n{getattr(row, field.name)}"
        for field in fields(row)
        if field.name not in IDS and isinstance(getattr(row, field.name), str)
    }
    if isinstance(row, Gate):
        signals = tuple((MARKER, value, weight) for _, value, weight in row.reasons)
        return replace(row, hard_stops=(MARKER,), reasons=signals, band=MARKER)  # type: ignore[arg-type] # the point
    if isinstance(row, Checks):
        found = tuple(replace(one, checker=MARKER, status=MARKER) for one in row.checks)  # type: ignore[arg-type] # the point
        return replace(row, checks=found)
    if isinstance(row, CallFragments):
        return replace(row, fragments=tuple((MARKER, 1, MARKER) for _ in row.fragments))
    changed: Any = replace(row, **texts)  # type: ignore[arg-type] # texts in place of fixed words
    return changed  # type: ignore[no-any-return] # a row like the one that came in


def test_no_code_reaches_the_file_through_any_field(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    rows = [marked(row) for row in run_rows()]
    assert {type(row) for row in rows} == set(get_args(Row))
    for row in rows:
        journal.record(row)
    assert journal.flush(WAIT_S)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"hunter2" not in stored
    assert b"password" not in stored
    assert journal.close(WAIT_S)
    stored = path.read_bytes()
    assert b"hunter2" not in stored
    assert (count(path, "runs"), count(path, "gates"), journal.dropped) == (1, 1, 0)


@given(st.text())
def test_a_text_of_any_field_is_stored_as_one_short_word_or_not_at_all(text: str) -> None:
    run = run_rows("X")[0]
    assert isinstance(run, Run)
    ((_, values),) = statements(replace(run, code=text, source=text, editor=text, task=text))
    for name in ("code", "source", "editor", "task"):
        value = values[name]
        assert isinstance(value, str)
        assert value == "" or not value.split()[1:]
        assert len(value) <= 128


@pytest.mark.parametrize(
    "text",
    [
        "F401",
        "reportUndefinedVariable",
        "@typescript-eslint/no-unused-vars",
        "-Wunused-variable",
        "clippy::needless_return",
        "builtin/rules",
        "qwen2.5-coder:7b-instruct-q4_K_M",
        "",
    ],
)
def test_names_and_codes_are_stored_as_they_are(text: str) -> None:
    assert word(text) == text


@pytest.mark.parametrize("text", ["x = 1", "f(x)", "naïve", '"quoted"', "a\nb", "x" * 129, "{}"])
def test_what_is_no_name_is_not_stored(text: str) -> None:
    assert word(text) == UNKNOWN


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        ("src/my app/main.py", "src/my app/main.py"),
        ("/home/someone/secret project/main.py", "main.py"),
        (r"C:\Users\someone\main.py", "main.py"),
        ("../someone/main.py", "main.py"),
        ("~/main.py", "main.py"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
        ("file:///home/someone/main.py", "main.py"),
        ("vscode-notebook-cell:/home/someone/note.ipynb#X1", "note.ipynb#X1"),
        ("/", "/"),
        ("a\nb.py", "?"),
        ("", ""),
    ],
)
def test_a_path_names_nothing_above_the_workspace(path: str, stored: str) -> None:
    assert clean("path", path) == stored


@given(st.text())
def test_cleaning_never_fails_and_changes_nothing_the_second_time(text: str) -> None:
    for field in ("path", "editor", "band", "surface", "what", "code"):
        once = clean(field, text)
        assert clean(field, once) == once


def test_a_workspace_is_told_apart_and_not_named(tmp_path: Path) -> None:
    one, other = workspace_id(tmp_path / "one"), workspace_id(tmp_path / "other")
    assert one != other
    assert one == workspace_id(tmp_path / "one")
    assert len(one) == 16
    assert "one" not in one
