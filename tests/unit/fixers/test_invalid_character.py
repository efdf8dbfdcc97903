from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.invalid_character import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("print(“π😀”)\r\n", 'print("π😀")\r\n'),
        ("x\u200b = a \u2013 b\n", "x = a - b\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = ¿\n",
        'x = "“\n',
        "x y\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
