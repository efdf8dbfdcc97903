from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.assignment_in_condition import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('if π = "😀":\r\n\ty\r\n', 'if π == "😀":\r\n\ty\r\n'),
        ("if x:\n    y\nelif z = 1:\n    w\n", "if x:\n    y\nelif z == 1:\n    w\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = = 1\n",
        "f(a.b=1)\n",
        "if x\n    y\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
