"""Edits that wait, and newer ones for the same lines."""

from __future__ import annotations

from understudy.config.policy import Policy
from understudy.core.lines import LineIndex
from understudy.core.text import Edit, Span
from understudy.engine.outcome import Outcome, Status
from understudy.lsp.ready import Ready, ReadyEdits, places_of
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

TEXT = "a = 1\nb = 2\n"


def ready(name: str, at: int = 0, mends: str = "", new: str = "x") -> Ready:
    edit = Edit(Span(at, at + 1), new)
    outcomes: tuple[Outcome, ...] = ()
    if mends:
        found = Diagnostic("ruff", "F821", f"Undefined name `{mends}`", Span(at, at + 1))
        outcomes = (Outcome("R", Status.OFFERED, View("file:///a.py", TEXT, Policy()), found),)
    return Ready(name, "file:///a.py", 1, places_of(LineIndex(TEXT), [edit]), outcomes, "Fix")


def test_a_newer_edit_of_the_same_lines_takes_the_place_of_the_older() -> None:
    edits = ReadyEdits()
    edits.put(ready("old"))
    gone = edits.put(ready("new"))
    assert [one.id for one in gone] == ["old"]
    assert [one.id for one in edits.of("file:///a.py")] == ["new"]


def test_whoever_asks_for_an_edit_whose_place_was_taken_gets_none() -> None:
    edits = ReadyEdits()
    for name in ("first", "second", "third"):
        edits.put(ready(name))
    assert edits.get("first") is None
    assert edits.get("second") is None
    assert edits.get("third") is not None


def test_answers_to_two_problems_of_one_line_wait_side_by_side() -> None:
    edits = ReadyEdits()
    edits.put(ready("one", mends="a"))
    assert edits.put(ready("two", at=4, mends="b")) == []
    # Two edits of one place that mend different things, such as two imports.
    assert edits.put(ready("three", mends="c", new="y")) == []
    assert [one.id for one in edits.of("file:///a.py")] == ["one", "two", "three"]


def test_a_newer_answer_to_the_same_problem_takes_the_place_of_the_older() -> None:
    edits = ReadyEdits()
    edits.put(ready("old", mends="a"))
    gone = edits.put(ready("new", mends="a", new="y"))
    assert [one.id for one in gone] == ["old"]


def test_an_edit_that_went_because_there_were_too_many_is_not_another_one() -> None:
    edits = ReadyEdits()
    text = "a\n" * 300
    for line in range(300):
        place = places_of(LineIndex(text), [Edit(Span(2 * line, 2 * line + 1), "b")])
        edits.put(Ready(f"id{line}", f"file:///{line}.py", 1, place, (), "Fix"))
    assert edits.get("id0") is None
    kept = edits.get("id299")
    assert kept is not None
    assert kept.id == "id299"


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
