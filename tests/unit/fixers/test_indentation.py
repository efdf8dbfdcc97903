from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.indentation import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('x = 1\r\n\ty = "π😀"\r\n', 'x = 1\r\ny = "π😀"\r\n'),
        ("if x:\n\ty\n        z\n", "if x:\n\ty\n\tz\n"),
        ("while x:\nbreak\ny = 1\n", "while x:\n    break\ny = 1\n"),
        ("class A:\n\nx = 1\n", "class A:\n    pass\n\nx = 1\n"),
        (
            'def f():\n    x = 1\n      # note\n      y = """\n      z"""\n',
            'def f():\n    x = 1\n      # note\n    y = """\n      z"""\n',
        ),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = (1\n",
        "if x\n    y\n",
        "return = 1\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
