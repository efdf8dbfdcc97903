from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.unused_variable import FIXER

CODE = "F841"
MESSAGE = "Local variable `x` is assigned to but never used"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("def f():\n    <|x|> = 1\n    return 2\n", "def f():\n    return 2\n"),
        ("def f():\n    <|x|> = g()\n    return 2\n", "def f():\n    g()\n    return 2\n"),
        ('def f():\r\n\t<|x|> = "π😀"\r\n', "def f():\r\n\tpass\r\n"),
        ("def f():\n    <|x|>: int = g(a)\n", "def f():\n    g(a)\n"),
        ("def f():\n    <|x|> = (\n        g()\n    )\n", "def f():\n    (\n        g()\n    )\n"),
        (
            "def f():\n    with open(p) as <|x|>:\n        pass\n",
            "def f():\n    with open(p):\n        pass\n",
        ),
        (
            "def f():\n    try:\n        g()\n    except E as <|x|>:\n        pass\n",
            "def f():\n    try:\n        g()\n    except E:\n        pass\n",
        ),
        (
            "def f():\n    a, <|x|> = g()\n    return a\n",
            "def f():\n    a, _x = g()\n    return a\n",
        ),
        (
            "def f():\n    for <|x|> in y:\n        g()\n",
            "def f():\n    for _x in y:\n        g()\n",
        ),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "<|x|> = 1\n",
        "def f():\n    a, <|x|> = g(_x)\n",
        "def f():\n    return <|x|>\n",
        "def f(:\n    <|x|> = 1\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "def f():\n    <|x|> = 1\n    return 2\n",
        source="pylance",
        message='Variable "x" is not accessed',
    )
    assert fixed(FIXER, case) == ["def f():\n    return 2\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(
            FIXER,
            problem("def f():\n    <|x|> = 1\n    return 2\n", "X999", message="Something else."),
        )
        == []
    )
