from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.findings_factory import at, compared, done, ruff
from understudy.engine.evidence import CheckReport, CheckStatus, Comparison
from understudy.workspace.diagnostics import Severity

RUFF = frozenset({"ruff"})


def test_a_diagnostic_that_vanishes_is_fixed_and_the_target_gone() -> None:
    before, after = "x = undefd\n", "x = 1\n"
    target = at(before, "undefd")
    result = ruff(before, after, [target], [])
    assert result == Comparison(True, fixed=(target,), target_judged_by="ruff", compared=RUFF)


def test_a_diagnostic_that_stays_is_neither_new_nor_fixed() -> None:
    before, after = "x = undefd\n", "import os\n\n\nx = undefd\n"
    result = ruff(before, after, [at(before, "undefd")], [at(after, "undefd")])
    assert result == Comparison(False, target_judged_by="ruff", compared=RUFF)


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
    assert ruff(before, after, [old], [new]) == Comparison(
        False, target_judged_by="ruff", compared=RUFF
    )


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
