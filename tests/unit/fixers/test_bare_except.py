from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.bare_except import FIXER

CODE = "E722"
MESSAGE = "Do not use bare `except`"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("try:\n    x\n<|except|>:\n    y\n", "try:\n    x\nexcept Exception:\n    y\n"),
        (
            'try:\r\n\t"π😀"\r\n<|except|>  :\r\n\ty\r\n',
            'try:\r\n\t"π😀"\r\nexcept Exception  :\r\n\ty\r\n',
        ),
        (
            "try:\n    x\n<|except|>:\n    y\n    raise\n",
            "try:\n    x\nexcept BaseException:\n    y\n    raise\n",
        ),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "try:\n    x\n<|except E|>:\n    y\n",
        "<|x|> = 1\n",
        "try:\n    x\n<|except|>\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "try:\n    x\n<|except|>:\n    y\n", source="pylance", message="Do not use bare 'except'"
    )
    assert fixed(FIXER, case) == ["try:\n    x\nexcept Exception:\n    y\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(
            FIXER, problem("try:\n    x\n<|except|>:\n    y\n", "X999", message="Something else.")
        )
        == []
    )
