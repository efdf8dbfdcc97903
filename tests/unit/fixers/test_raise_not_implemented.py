from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.raise_not_implemented import FIXER

CODE = "F901"
MESSAGE = "`raise NotImplemented` should be `raise NotImplementedError`"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("raise <|NotImplemented|>\n", "raise NotImplementedError\n"),
        (
            'def f():\r\n\t"π😀"\r\n\t<|raise NotImplemented("x")|>\r\n',
            'def f():\r\n\t"π😀"\r\n\traise NotImplementedError("x")\r\n',
        ),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "raise <|E|>\n",
        "return <|NotImplemented|>\n",
        "<||>",
        "raise",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "raise <|NotImplemented|>\n",
        source="pylance",
        message="Exceptions must derive from BaseException",
    )
    assert fixed(FIXER, case) == ["raise NotImplementedError\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(FIXER, problem("raise <|NotImplemented|>\n", "X999", message="Something else.")) == []
    )
