from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem, syntax_problem
from understudy.fixers.keyword_typo import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (
            'retrun_ = 1\r\nfro π in "😀":\r\n\tpass\r\n',
            'retrun_ = 1\r\nfor π in "😀":\r\n\tpass\r\n',
        ),
        ("imort os\n", "import os\n"),
        ("clas A:\n    pass\n", "class A:\n    pass\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "hello world\n",
        "x = = 1\n",
        "rate 0\nprint(rate)\n",
        "if x\n    y\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []


def test_an_undefined_name_alone_in_a_statement_is_meant_as_a_keyword() -> None:
    case = problem("while x:\n    <|brek|>\n", "F821", message="Undefined name `brek`")
    assert fixed(FIXER, case) == ["while x:\n    break\n"]


def test_an_undefined_name_inside_an_expression_is_left_to_others() -> None:
    assert fixed(FIXER, problem("x = <|brek|> + 1\n", "F821")) == []
    assert fixed(FIXER, problem("<|brek|>()\n", "F821")) == []
