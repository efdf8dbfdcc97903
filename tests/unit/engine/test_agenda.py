"""What a walk has still to do, and how that moves along with the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.findings_factory import at, broken, done
from tests.unit.engine.sweep_factory import document
from tests.unit.engine.test_problems import FINDINGS, INDEX
from understudy.core.lines import LineIndex
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.agenda import MAX_GIVEN, Agenda, Asked
from understudy.engine.known import Alike
from understudy.engine.matching import Carrier, Change
from understudy.engine.problems import shared
from understudy.workspace.diagnostics import Diagnostic, Severity, is_syntax_error

FOLDER = Path("/shop")
UNSORTED = "import os\n\nimport zlib\nimport nowhere\nimport abc\n"
SORTED = "import abc\nimport os\nimport nowhere\nimport zlib\n"
CHECKER = "basedpyright"


def agenda_of(text: str, *given: Diagnostic) -> Agenda:
    return Agenda(document(text, FOLDER), Asked(lambda _: True, None, given, bool(given)))


def unresolved(text: str, name: str = "nowhere") -> Diagnostic:
    found = at(text, name, "reportMissingImports", message=f'Import "{name}" could not be resolved')
    return replace(found, source=CHECKER, severity=Severity.ERROR)


def test_what_stood_in_a_replaced_region_is_not_worked_on_again() -> None:
    agenda = agenda_of(UNSORTED)
    before = (done(unresolved(UNSORTED), checker=CHECKER),)
    (problem,) = agenda.left(before)
    agenda.see(problem)
    after = (done(unresolved(SORTED), checker=CHECKER),)
    agenda.go_on(document(SORTED, FOLDER), minimise(UNSORTED, SORTED), (before, after))
    assert agenda.left(after) == []
    assert agenda.seen == (unresolved(SORTED),)


def test_a_statement_written_anew_keeps_what_was_said_of_it() -> None:
    old, new = "from nowhere import (b,\n  a)\n", "from nowhere import a, b\n"
    agenda = agenda_of(old)
    before = (done(unresolved(old), checker=CHECKER),)
    agenda.see(*agenda.left(before))
    after = (done(unresolved(new), checker=CHECKER),)
    agenda.go_on(document(new, FOLDER), minimise(old, new), (before, after))
    assert agenda.left(after) == []


def test_what_is_given_is_found_again_on_a_line_of_the_same_content() -> None:
    foreign = replace(unresolved(UNSORTED), source="mypy", code="import-not-found")
    agenda = agenda_of(UNSORTED, foreign)
    agenda.go_on(document(SORTED, FOLDER), minimise(UNSORTED, SORTED), ((), ()))
    (left,) = agenda.left(())
    assert left.span == unresolved(SORTED).span


def test_a_message_that_tells_a_line_number_stays_the_same_when_lines_move() -> None:
    text = "\nx = 1\nx = 2\n"
    twice = at(text, "x| = 2", "F811", message="Redefinition of unused `x` from line 2")
    agenda = agenda_of(text)
    before = (done(twice),)
    agenda.see(*agenda.left(before))
    moved = replace(twice, span=Span(6, 7), message=twice.message.replace("2", "1"))
    after = (done(moved),)
    agenda.go_on(document(text[1:], FOLDER), minimise(text, text[1:]), (before, after))
    assert agenda.left(after) == []
    assert agenda.went(after) == [False]


def test_a_given_problem_that_our_checker_finds_no_more_is_done_with() -> None:
    text = "print(a)\nprint(a)\n"
    first, second = at(text, "a"), replace(at(text, "a"), span=Span(15, 16))
    agenda = agenda_of(text, first, second)
    before = (done(first, second),)
    assert agenda.left(before) == [first, second]
    agenda.see(first)
    new = "a = 1\n" + text
    agenda.go_on(document(new, FOLDER), minimise(text, new), (before, (done(),)))
    assert agenda.left((done(),)) == []


def test_what_went_with_the_first_repair_is_done_with_too() -> None:
    text = "print(a)\n"
    agenda = agenda_of(text, at(text, "a"))
    new = "a = 1\n" + text
    agenda.go_on(document(new, FOLDER), minimise(text, new), ((done(at(text, "a")),), (done(),)))
    assert agenda.left((done(),)) == []


def test_what_is_asked_about_a_line_that_cannot_be_read_asks_for_its_error_first() -> None:
    text = "try:\n    pass\nexcept OSError, failure:\n    pass\n"
    name = at(text, "failure")
    error = broken(text, "OSError, failure")
    reports = (done(name), done(error, checker="python_syntax"))
    assert agenda_of(text, name).left(reports) == [error, name]
    elsewhere = at(text, "pass")
    assert error not in agenda_of(text, elsewhere).left(reports)


def test_of_very_many_given_diagnostics_the_first_are_taken_and_the_rest_is_counted() -> None:
    text = "x\n" * (MAX_GIVEN + 5)
    many = [
        Diagnostic("mypy", "misc", f"odd {n}", Span(2 * n, 2 * n + 1)) for n in range(MAX_GIVEN + 5)
    ]
    agenda = agenda_of(text, *many)
    assert agenda.left_out == 5
    assert agenda.left(()) == many[:MAX_GIVEN]


def are_alike(one: Diagnostic, other: Diagnostic) -> bool:
    """The definition, for two diagnostics."""
    if is_syntax_error(one) and is_syntax_error(other):
        lines, others = INDEX.lines_of(one.span), INDEX.lines_of(other.span)
        overlap = lines.start < others.stop and others.start < lines.stop
        touch = one.span.start <= other.span.end and other.span.start <= one.span.end
        return overlap or (one.source != other.source and touch)
    return bool(shared((one,), (other,)))


@given(FINDINGS, FINDINGS)
def test_likeness_is_told_as_by_looking_at_each_pair(
    some: list[Diagnostic], others: list[Diagnostic]
) -> None:
    alike = Alike(others, INDEX)
    for one in some:
        assert alike.says(one) == any(are_alike(one, other) for other in others)


@given(st.data())
def test_a_span_is_carried_into_the_text_after(data: st.DataObject) -> None:
    lines = st.lists(st.sampled_from(["a\n", "  a\n", "b\r\n", "c c\n", "\n"]), max_size=8)
    before, after = (data.draw(lines.map("".join)) for _ in range(2))
    start = data.draw(st.integers(0, len(before)))
    span = Span(start, data.draw(st.integers(start, len(before))))
    carried = Carrier(Change.of(LineIndex(before), minimise(before, after)))(span)
    assert carried.end <= len(after)
