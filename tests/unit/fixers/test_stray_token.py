from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.stray_token import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('if a&&b: "π😀"\r\n', 'if a and b: "π😀"\r\n'),
        ("if a !== b:\n    c\n", "if a != b:\n    c\n"),
        ("const π = 1\n", "π = 1\n"),
        ("while x[1:]::\n    y\n", "while x[1:]:\n    y\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = y ? 1 : 2\n",
        "x y\n",
        "if x\n    y\n",
        "f(x++)\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
