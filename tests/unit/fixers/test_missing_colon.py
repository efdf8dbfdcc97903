from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.missing_colon import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('if x\r\n\t"π😀"\r\n', 'if x:\r\n\t"π😀"\r\n'),
        ("with open(p) as f # π\n    y\n", "with open(p) as f: # π\n    y\n"),
        ("class A(B)\n    x = 1\n", "class A(B):\n    x = 1\n"),
        ("try\n    x\nfinally:\n    y\n", "try:\n    x\nfinally:\n    y\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = = 1\n",
        "if x:\n",
        "x = [1\n",
        "if x == 1 {\n    print(x)\n}\nelse {\n    y\n}\n",
        "def f(:\n    pass\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
