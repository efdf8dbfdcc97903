"""A syntax error hides other findings: what is new, fixed or unknown when one comes or goes?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.findings_factory import at, broken, compared, done, ruff
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity, is_syntax_error

if TYPE_CHECKING:
    from understudy.engine.evidence import Comparison


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
    brought = at(REPAIRED, "f():", "B015", message="odd")
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
