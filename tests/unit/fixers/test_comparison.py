from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.comparison import FIXER

CODE = "E711"
MESSAGE = "Comparison to `None` should be `cond is None`"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<|x == None|>\n", "x is None\n"),
        ('"π😀" if <|x != None|> else 1\r\n', '"π😀" if x is not None else 1\r\n'),
        ("<|None == x|>\n", "None is x\n"),
        ("<|(x) == (True)|>\n", "(x) is (True)\n"),
        ('<|x is "a"|>\n', 'x == "a"\n'),
        ("<|x is not 1|>\n", "x != 1\n"),
        ("<|x is  not ()|>\n", "x != ()\n"),
        ("<|a == b == None|>\n", "a == b is None\n"),
        ("x == <|None|>\n", "x is None\n"),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "<|x == 1|>\n",
        "<|x is None|>\n",
        "<|x is y|>\n",
        "<|x|>\n",
        "<|x == None\n(",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "<|x == None|>\n", source="pylance", message='"is" with a literal. Did you mean "=="?'
    )
    assert fixed(FIXER, case) == ["x is None\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert fixed(FIXER, problem("<|x == None|>\n", "X999", message="Something else.")) == []
