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
        ("if a => 1:\n    b\n", "if a >= 1:\n    b\n"),
        ("while (a =< b):\n    c\n", "while (a <= b):\n    c\n"),
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
        "def f(x):\n    return x++\n",
        "f = x => x + 1\n",
        "if any(x => y):\n    z\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
