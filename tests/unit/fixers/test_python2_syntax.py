from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.python2_syntax import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('print "π😀"\r\n', 'print("π😀")\r\n'),
        ("for x in y: print x; z = 1\n", "for x in y: print(x); z = 1\n"),
        ("raise E, f(1, 2)\n", "raise E(f(1, 2))\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "raise E, x, tb\n",
        "except = 1\n",
        "mode = 0644\n",
        "x y\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
