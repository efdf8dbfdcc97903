from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.core.minimise import minimise
from understudy.core.text import Edit, Span, apply
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckReport, CheckStatus, Comparison
from understudy.engine.identity import is_syntax_error, same_matter, stem
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

if TYPE_CHECKING:
    import random


def at(text: str, marked: str, code: str = "F821", **more: str) -> Diagnostic:
    """A diagnostic at the first place of `marked`, or at the one that `|` in it starts."""
    lead, _, word = marked.rpartition("|")
    start = text.index(lead + word) + len(lead)
    message = more.get("message", f"Undefined name `{word}`")
    source = more.get("source", "ruff")
    return Diagnostic(source, code, message, Span(start, start + len(word)))


def broken(text: str, marked: str, message: str = "invalid syntax") -> Diagnostic:
    found = at(text, marked, "syntax-error", message=message, source="python")
    return replace(found, severity=Severity.ERROR)


def done(*found: Diagnostic, checker: str = "ruff") -> CheckReport:
    return CheckReport(checker, CheckStatus.DONE, found)


def compared(
    before: str,
    after: str,
    reports: tuple[tuple[CheckReport, ...], tuple[CheckReport, ...]],
    target: Diagnostic | None = None,
) -> Comparison:
    view = View("untitled:a", before, Policy())
    return compare(reports[0], reports[1], view, minimise(before, after), target)


def ruff(before: str, after: str, old: list[Diagnostic], new: list[Diagnostic]) -> Comparison:
    """The comparison when only ruff looked, and the first of the old ones is the target."""
    return compared(before, after, ((done(*old),), (done(*new),)), old[0] if old else None)


def test_a_diagnostic_that_vanishes_is_fixed_and_the_target_gone() -> None:
    before, after = "x = undefd\n", "x = 1\n"
    target = at(before, "undefd")
    result = ruff(before, after, [target], [])
    assert result == Comparison(True, fixed=(target,), target_judged_by="ruff")


def test_a_diagnostic_that_stays_is_neither_new_nor_fixed() -> None:
    before, after = "x = undefd\n", "import os\n\n\nx = undefd\n"
    result = ruff(before, after, [at(before, "undefd")], [at(after, "undefd")])
    assert result == Comparison(False, target_judged_by="ruff")


def test_an_error_that_the_edit_brings_is_new_wherever_it_lies() -> None:
    before, after = "import os\nx = 1\nos.walk(x)\n", "x = 1\nos.walk(x)\n"
    come = at(after, "os")
    assert ruff(before, after, [], [come]).new == (come,)


def test_an_old_error_on_a_line_that_moved_elsewhere_is_not_blamed_on_the_edit() -> None:
    before, after = (
        "def f():\n    return undefd\n\n\na = 1\n",
        "a = 1\n\n\ndef f():\n    return undefd\n",
    )
    result = ruff(before, after, [at(before, "undefd")], [at(after, "undefd")])
    assert (result.new, result.fixed) == ((), ())


def test_an_old_error_on_a_line_that_was_rewritten_is_not_blamed_on_the_edit() -> None:
    before, after = "x = foo(undefd, os)\n", "x = bar(undefd)\n"
    old = [at(before, "os"), at(before, "undefd")]
    result = ruff(before, after, old, [at(after, "undefd")])
    assert (result.target_gone, result.new, result.fixed) == (True, (), (old[0],))


def test_a_copied_error_counts_once_as_old_and_once_as_new() -> None:
    before, after = "x = undefd\n", "x = undefd\nx = undefd\n"
    new = [at(after, "undefd"), at(after, "\nx = |undefd")]
    result = ruff(before, after, [at(before, "undefd")], new)
    assert len(result.new) == 1
    assert result.target_gone is False


def test_of_two_equal_errors_on_a_line_the_edited_one_is_gone() -> None:
    before, after = "f(undefd, undefd)\n", "f(defined, undefd)\n"
    first, second = at(before, "undefd"), at(before, ", |undefd")
    kept = [at(after, "undefd")]
    assert ruff(before, after, [first, second], kept).fixed == (first,)
    assert ruff(before, after, [second, first], kept).target_gone is False


def test_numbers_in_a_message_are_not_part_of_its_identity() -> None:
    before, after = "x" * 105 + "\n", "x" * 110 + "\n"
    old = at(before, before.strip(), "E501", message="Line too long (105 > 100)")
    new = at(after, after.strip(), "E501", message="Line too long (110 > 100)")
    assert ruff(before, after, [old], [new]) == Comparison(False, target_judged_by="ruff")


def test_hints_are_never_new() -> None:
    hint = replace(at("y = 1\n", "y"), severity=Severity.HINT)
    assert ruff("x = 1\n", "y = 1\n", [], [hint]).new == ()


@pytest.mark.parametrize("status", [CheckStatus.TIMEOUT, CheckStatus.FAILED, CheckStatus.MISSING])
def test_a_checker_that_looked_only_once_proves_nothing(status: CheckStatus) -> None:
    before, after = "x = undefd\n", "x = 1\n"
    target = at(before, "undefd")
    silent = CheckReport("ruff", status)
    gone = compared(before, after, ((done(target),), (silent,)), target)
    come = compared(before, after, ((silent,), (done(at(after, "x")),)), target)
    assert gone == come == Comparison(None)


@pytest.mark.parametrize("source", ["Pylance", "Pyright", "basedpyright"])
def test_the_target_is_judged_by_the_checker_behind_the_editors_name(source: str) -> None:
    before, after = "x = undefd\n", "x = 1\n"
    message = '"undefd" is not defined'
    own = at(before, "undefd", "reportUndefinedVariable", message=message, source="basedpyright")
    target = replace(own, source=source)
    twin = at(before, "undefd")
    reports = (
        (done(twin), done(own, checker="basedpyright")),
        (done(replace(twin, span=Span(4, 5))), done(checker="basedpyright")),
    )
    result = compared(before, after, reports, target)
    assert (result.target_gone, result.target_judged_by) == (True, "basedpyright")


def test_a_foreign_target_is_judged_by_a_twin_that_names_the_same_identifier() -> None:
    before, after = "x = undefd\n", "x = 1\n"
    target = at(
        before, "undefd", "name-defined", message='Name "undefd" is not defined', source="mypy"
    )
    own = at(before, "undefd")
    gone = compared(before, after, ((done(own),), (done(),)), target)
    stays = compared(before, before, ((done(own),), (done(own),)), target)
    assert (gone.target_gone, gone.target_judged_by) == (True, "ruff")
    assert (stays.target_gone, stays.target_judged_by) == (False, "ruff")


def test_a_foreign_target_that_nobody_else_sees_is_unknown() -> None:
    before, after = "x = undefd; y = z\n", "x = 1; y = z\n"
    target = at(before, "undefd", "odd", message="This is odd", source="mypy")
    own = at(before, "undefd")
    elsewhere = at(before, "z", "odd", message="This is odd")
    for twin in (own, elsewhere):
        assert compared(before, after, ((done(twin),), (done(),)), target).target_gone is None


def test_one_twin_that_still_complains_is_enough_to_say_no() -> None:
    before, after = "x = undefd\n", "x = undefd  # noqa\n"
    target = at(
        before, "undefd", "name-defined", message='Name "undefd" is not defined', source="mypy"
    )
    own = at(before, "undefd")
    other = replace(own, source="basedpyright", code="reportUndefinedVariable")
    reports = (
        (done(own), done(other, checker="basedpyright")),
        (done(), done(other, checker="basedpyright")),
    )
    result = compared(before, after, reports, target)
    assert (result.target_gone, result.target_judged_by) == (False, "basedpyright")


def python(before: str, after: str, old: list[Diagnostic], new: list[Diagnostic]) -> Comparison:
    reports = (done(*old, checker="python_syntax"),), (done(*new, checker="python_syntax"),)
    return compared(before, after, reports, old[0] if old else None)


BROKEN = "import os\ndef f()\n    return 1\nx = (\n"
REPAIRED = BROKEN.replace("f()", "f():")


def test_a_later_syntax_error_that_was_not_reached_yet_is_not_blamed_on_the_edit() -> None:
    result = python(BROKEN, REPAIRED, [broken(BROKEN, ")\n")], [broken(REPAIRED, "(\n")])
    assert (result.new, result.target_gone) == ((), True)


@pytest.mark.parametrize("place", ["os", "f():"])
def test_a_syntax_error_above_or_on_the_touched_line_is_blamed_on_the_edit(place: str) -> None:
    come = broken(REPAIRED, place, "expected something")
    assert python(BROKEN, REPAIRED, [broken(BROKEN, ")\n")], [come]).new == (come,)


def test_findings_that_come_to_light_elsewhere_are_not_blamed_on_the_edit() -> None:
    hidden = at(REPAIRED, "os", "F401", message="`os` imported but unused")
    brought = at(REPAIRED, "f():", "E999x", message="odd")
    error = replace(broken(BROKEN, ")\n"), code="invalid-syntax", source="ruff")
    assert ruff(BROKEN, REPAIRED, [error], [hidden, brought]).new == (brought,)


def test_findings_that_a_new_syntax_error_hides_are_not_fixed() -> None:
    before = "import os\nx = undefd\n"
    after = before.replace("= ", "= = ")
    lint = at(before, "os", "F401", message="`os` imported but unused")
    error = replace(broken(after, "= |="), code="invalid-syntax", source="ruff")
    result = ruff(before, after, [lint, at(before, "undefd")], [error])
    assert (result.target_gone, result.new, result.fixed) == (None, (error,), ())


def test_a_syntax_error_behind_a_new_one_is_hidden_and_not_fixed() -> None:
    before = "a = 1\nb = (\n"
    after = "a = = 1\nb = (\n"
    result = python(before, after, [broken(before, "(")], [broken(after, "= |=")])
    assert (result.target_gone, result.fixed) == (None, ())


def test_a_foreign_syntax_error_is_gone_when_a_parser_that_saw_one_is_content() -> None:
    target = Diagnostic("Pylance", "", 'Expected ":"', Span(0, 1), Severity.ERROR)
    old = done(broken(BROKEN, ")\n"), checker="python_syntax")
    clean = done(checker="python_syntax")
    assert is_syntax_error(target)
    assert compared(BROKEN, REPAIRED, ((old,), (clean,)), target).target_gone is True
    assert compared(BROKEN, REPAIRED, ((clean,), (clean,)), target).target_gone is None


def test_numbers_outside_of_quotes_leave_the_stem() -> None:
    assert stem("Redefinition of `x 2` from line 5") == "Redefinition of `x 2` from line #"
    assert stem("can't use 3 of x2") == "can't use # of x2"


def test_tools_talk_about_the_same_matter_by_code_or_by_name() -> None:
    one = at("os\n", "os", "F401", message="`os` imported but unused")
    assert same_matter(one, replace(one, source="flake8", message="'os' unused"))
    assert same_matter(one, replace(one, code="x", message="Import “os” is not accessed"))
    assert not same_matter(one, replace(one, code="x", message="`path` is odd"))
    assert not same_matter(one, broken("os\n", "os", "`os` is odd"))


@st.composite
def findings(draw: st.DrawFn) -> tuple[str, list[Diagnostic]]:
    """A text, and diagnostics anywhere in it, syntax errors among them."""
    text = draw(st.text(st.sampled_from("aπ😀x \n\r\t"), max_size=60))
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        span = Span(start, draw(st.integers(start, len(text))))
        code = draw(st.sampled_from(["F821", "F401", "syntax-error"]))
        found.append(Diagnostic("ruff", code, draw(st.sampled_from(["a", "b", "line 3"])), span))
    return text, found


def shifted(found: list[Diagnostic], by: int) -> list[Diagnostic]:
    return [replace(one, span=Span(one.span.start + by, one.span.end + by)) for one in found]


@given(findings())
def test_nothing_changes_without_an_edit(case: tuple[str, list[Diagnostic]]) -> None:
    text, found = case
    result = ruff(text, text, found, found)
    assert (result.new, result.fixed) == ((), ())
    assert result.target_gone is (False if found else None)


@given(findings(), st.lists(st.sampled_from(["a = 1\n", "\n", "x\r\n"]), min_size=1, max_size=4))
def test_lines_inserted_above_change_nothing(
    case: tuple[str, list[Diagnostic]], lines: list[str]
) -> None:
    text, found = case
    above = "".join(lines)
    view = View("untitled:a", text, Policy())
    reports = (done(*found),), (done(*shifted(found, len(above))),)
    result = compare(*reports, view, (Edit(Span(0, 0), above),), found[0] if found else None)
    assert (result.new, result.fixed) == ((), ())
    assert result.target_gone is (False if found else None)


@given(findings(), findings(), st.lists(st.integers(0, 60), max_size=6), st.randoms())
def test_the_order_of_diagnostics_reports_and_edits_does_not_matter(
    one: tuple[str, list[Diagnostic]],
    other: tuple[str, list[Diagnostic]],
    cuts: list[int],
    dice: random.Random,
) -> None:
    text, old = one
    borders = sorted({min(cut, len(text)) for cut in cuts})
    edits = [Edit(Span(start, end), "x\n") for start, end in list(pairwise(borders))[::2]]
    limit = len(apply(text, edits))
    new = [
        replace(d, span=Span(min(d.span.start, limit), min(d.span.end, limit))) for d in other[1]
    ]
    view = View("untitled:a", text, Policy())
    before, after = [done(*old), done(*old, checker="b")], [done(*new), done(*new, checker="b")]
    target = old[0] if old else None
    expected = compare(tuple(before), tuple(after), view, tuple(edits), target)
    for pile in (old, new, before, after, edits):
        dice.shuffle(pile)
    before = [replace(report, diagnostics=tuple(old)) for report in before]
    after = [replace(report, diagnostics=tuple(new)) for report in after]
    assert compare(tuple(before), tuple(after), view, tuple(edits), target) == expected
