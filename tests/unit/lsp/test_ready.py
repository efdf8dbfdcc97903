"""Edits that wait, and newer ones for the same lines."""

from __future__ import annotations

from understudy.core.lines import LineIndex
from understudy.core.text import Edit, Span
from understudy.lsp.ready import Ready, ReadyEdits, places_of

TEXT = "a = 1\nb = 2\n"


def ready(name: str, at: int = 0) -> Ready:
    edit = Edit(Span(at, at + 1), "x")
    return Ready(name, "file:///a.py", 1, places_of(LineIndex(TEXT), [edit]), (), "Fix")


def test_a_newer_edit_of_the_same_lines_takes_the_place_of_the_older() -> None:
    edits = ReadyEdits()
    edits.put(ready("old"))
    gone = edits.put(ready("new"))
    assert [one.id for one in gone] == ["old"]
    assert [one.id for one in edits.of("file:///a.py")] == ["new"]


def test_whoever_asks_for_the_older_edit_gets_the_newer_one() -> None:
    edits = ReadyEdits()
    for name in ("first", "second", "third"):
        edits.put(ready(name))
    found = edits.get("first")
    assert found is not None
    assert found.id == "third"


def test_edits_of_other_lines_wait_side_by_side() -> None:
    edits = ReadyEdits()
    assert edits.put(ready("one")) == []
    assert edits.put(ready("two", at=6)) == []
    assert len(edits.of("file:///a.py")) == 2


def test_an_edit_that_was_taken_is_not_found_under_any_name() -> None:
    edits = ReadyEdits()
    edits.put(ready("old"))
    edits.put(ready("new"))
    edits.drop("new")
    assert edits.get("old") is None
