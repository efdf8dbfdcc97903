from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.missing_comma import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('f("π😀" x)\r\n', 'f("π😀", x)\r\n'),
        ("x = [\n    f(1)\n    g(2)\n]\n", "x = [\n    f(1),\n    g(2)\n]\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = 1 2\n",
        "if x\n    y\n",
        "x = (1\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
