from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, ranked, syntax_problem
from understudy.fixers.conflict_markers import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('<<<<<<< HEAD\r\nπ = "😀"\r\n=======\r\n>>>>>>> b\r\n', 'π = "😀"\r\n'),
        ("if x:\n<<<<<<< HEAD\n    a\n=======\n    a\n>>>>>>> b\n", "if x:\n    a\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "<<<<<<< HEAD\nx = 1\n",
        "x = 1\n=======\n",
        "x << << 1\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []


def test_two_good_sides_have_the_same_rank_so_that_neither_is_offered() -> None:
    case = syntax_problem("<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n")
    assert ranked(FIXER, case) == [(1.0, "x = 1\n"), (1.0, "x = 2\n")]


def test_a_later_conflict_does_not_hinder_the_first_one() -> None:
    first = "<<<<<<< a\nx = 1\n=======\n>>>>>>> b\n"
    second = "<<<<<<< a\ny = 1\n=======\ny = 2\n>>>>>>> b\n"
    both = ["x = 1\nz = 1\n" + second, "z = 1\n" + second]
    assert fixed(FIXER, syntax_problem(first + "z = 1\n" + second)) == both
