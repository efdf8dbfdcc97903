"""Edits that wait, and newer ones for the same lines."""

from __future__ import annotations

from understudy.config.policy import Policy
from understudy.core.lines import LineIndex
from understudy.core.text import Edit, Span
from understudy.engine.outcome import Outcome, Status
from understudy.lsp.documents import Change, Document
from understudy.lsp.ready import Ready, places_of, problem_spots
from understudy.lsp.waiting import ReadyEdits
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


BELOW = "import os\n\n\nd = defaultdict(list)\n"


def for_a_problem_below() -> Ready:
    """An import that is added above for a name that is used below."""
    index = LineIndex(BELOW)
    at = BELOW.index("defaultdict")
    found = Diagnostic("ruff", "F821", "Undefined name", Span(at, at + 11))
    outcome = Outcome("R", Status.OFFERED, View("file:///a.py", BELOW, Policy()), found)
    edit = Edit(Span(0, 0), "from collections import defaultdict\n")
    places = places_of(index, [edit])
    return Ready(
        "id",
        "file:///a.py",
        1,
        places,
        (outcome,),
        "Fix",
        problems=problem_spots(index, (outcome,)),
    )


def test_an_edit_is_offered_where_its_problem_stands_as_well_as_at_its_own_lines() -> None:
    ready = for_a_problem_below()
    assert [line for line in range(6) if ready.is_offered_at(line, line)] == [0, 3]
    assert ready.is_offered_at(1, 3)


def test_an_edit_goes_when_the_line_of_its_problem_changes() -> None:
    document = Document("file:///a.py", "python", 1, BELOW)
    edits = ReadyEdits()
    edits.put(for_a_problem_below())
    document.change(2, [Change("x = 1\n", (1, 0), (1, 0))], "utf-16")
    edits.follow("file:///a.py", 2, document.changes_since(1), document.line)
    (moved,) = edits.of("file:///a.py")
    assert [line for line in range(6) if moved.is_offered_at(line, line)] == [0, 4]
    document.change(3, [Change("1", (4, 4), (4, 21))], "utf-16")
    edits.follow("file:///a.py", 3, document.changes_since(2), document.line)
    assert edits.of("file:///a.py") == []


def test_a_problem_that_was_found_after_other_edits_is_placed_in_the_text_before_them() -> None:
    start = LineIndex("print(1)\nif x == None:\n    y = 1\n")
    now = View("file:///a.py", "if x == None:\n    y = 1\n", Policy())
    found = Diagnostic("ruff", "E711", "Comparison to None", Span(3, 12))
    outcome = Outcome("R", Status.OFFERED, now, found)
    assert [spot.first for spot in problem_spots(start, (outcome,))] == [1]
