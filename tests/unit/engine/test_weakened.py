"""Edits that make tests easier to pass, and types that are given up."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import DEFAULT
from tests.unit.engine.test_evasions import changed
from understudy.engine.evasions import hatch, lost_check
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

TESTS = "def test_one():\n    assert f(1) == 2\n\n\ndef test_two():\n    assert f(2) == 3\n"


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        (TESTS[: TESTS.index("\n\n\ndef test_two")] + "\n", True),
        (TESTS.replace("assert f(2) == 3", "f(2)"), True),
        (TESTS.replace("assert f(2) == 3", "assert f(2) == 4"), True),
        (TESTS.replace("assert f(2) == 3", "assert f(2) >= 3"), True),
        (TESTS.replace("f(", "area("), False),
        (TESTS.replace("    assert f(2)", "    return\n    assert f(2)"), True),
        (TESTS + "\n\ndef help():\n    return\n", False),
        (TESTS.replace("test_two", "test_three"), False),
        (TESTS + "    assert f(3) == 4\n", False),
    ],
)
def test_a_lost_test_or_assertion_is_seen(after: str, lost: bool) -> None:
    edit = changed(TESTS, after)
    assert bool(lost_check(edit)) is lost
    assert (judge(edit, DEFAULT).band is Band.REVIEW) is lost


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("python", "def total(a: int) -> int:\n", "def total(a: int):\n"),
        ("python", "def total(a: int) -> int:\n", "def total(a: int) -> Any:\n"),
        ("typescript", "function total(a: X): number {\n", "function total(a: X) {\n"),
    ],
)
def test_a_type_that_is_given_up_gets_around_a_check(
    language: str, before: str, after: str
) -> None:
    assert hatch(changed(before, after, language))
    assert not hatch(changed(before, before.replace("a: ", "b: "), language))


CHECKED = "def pay(a, b):\n    assert a\n    take(a)\n    log(a)\n    assert b\n    take(b)\n"
RAISED = "    if not {0}:\n        raise ValueError({0})\n"


@pytest.mark.parametrize(
    ("second", "lost"),
    [
        (RAISED.format("b"), False),
        ("    assert b\n", False),
        ("    log(b)\n", True),
        ("", True),
    ],
)
def test_where_one_assertion_becomes_a_failure_others_may_as_well(second: str, lost: bool) -> None:
    first = "    if not a:\n        raise ValueError(a)\n        raise KeyError(a)\n"
    after = CHECKED.replace("    assert b\n", second)
    for raised in (RAISED.format("a"), first)[: 1 if lost else 2]:
        edit = changed(CHECKED, after.replace("    assert a\n", raised), at="assert a")
        assert bool(lost_check(edit)) is lost


def test_a_failure_elsewhere_takes_the_place_of_no_assertion() -> None:
    after = CHECKED.replace("    assert b\n", "").replace("    log(a)\n", "    raise KeyError(a)\n")
    after = after.replace("    assert a\n", RAISED.format("a"))
    assert lost_check(changed(CHECKED, after, at="assert a"))
