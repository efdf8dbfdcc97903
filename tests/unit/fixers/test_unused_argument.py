from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.unused_argument import FIXER

CODE = "ARG001"
MESSAGE = "Unused function argument: `b`"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("def _f(a, <|b|>):\n    return a\n", "def _f(a, _b):\n    return a\n"),
        (
            'def _f(a, <|b: int|> = 1):\r\n\treturn "π😀"\r\n',
            'def _f(a, _b: int = 1):\r\n\treturn "π😀"\r\n',
        ),
        (
            "def f():\n    def g(<|b|>):\n        return 1\n    return g(2)\n",
            "def f():\n    def g(_b):\n        return 1\n    return g(2)\n",
        ),
        ("g = lambda <|b|>: 1\n", "g = lambda _b: 1\n"),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "def _f(a, <|b|>):\n    return a\n\n_f(1, b=2)\n",
        "def _f(a, <|b|>):\n    return a\n\n_f(1, **d)\n",
        "def _f(a, *, <|b|>):\n    return a\n",
        "class A(B):\n    def _f(self, <|b|>):\n        return 1\n",
        "class A:\n    def _f(self, <|b|>):\n        return 1\n",
        "class A(View):\n    def get(self, request, <|b|>):\n        return request\n",
        "def handler(event, <|b|>):\n    return event\n",
        "def f(a, <|b|>):\n    return a\n",
        "def __getattr__(<|b|>):\n    return 1\n",
        "@hook\ndef _f(<|b|>):\n    return 1\n",
        "def _f(<|b|>, _b):\n    return _b\n",
        "def _f(<|b|>):\n    return b\n",
        "def _f(<|*b|>):\n    return 1\n",
        "def f(<|b|>:\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "def _f(a, <|b|>):\n    return a\n",
        source="pylance",
        message="Unused function argument: `b`",
    )
    assert fixed(FIXER, case) == ["def _f(a, _b):\n    return a\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(FIXER, problem("def f(a, <|b|>):\n    return a\n", "X999", message="Something else."))
        == []
    )
