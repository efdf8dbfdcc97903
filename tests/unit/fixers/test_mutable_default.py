from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.mutable_default import FIXER

CODE = "B006"
MESSAGE = "Do not use mutable data structures for argument defaults"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "def f(x=<|[]|>):\n    return x\n",
            "def f(x=None):\n    if x is None:\n        x = []\n    return x\n",
        ),
        (
            'def f(x: list[int] = <|[]|>):\n    """Doc."""\n    return x\n',
            'def f(x: list[int] | None = None):\n    """Doc."""\n    if x is None:\n        x = []\n    return x\n',
        ),
        (
            'def f(x: "dict" = <|{}|>):\n\treturn x\n',
            'def f(x: "dict | None" = None):\n\tif x is None:\n\t\tx = {}\n\treturn x\n',
        ),
        (
            'def f(*, π=<|set()|>):\r\n    return "😀"\r\n',
            'def f(*, π=None):\r\n    if π is None:\r\n        π = set()\r\n    return "😀"\r\n',
        ),
        (
            "def f(x: list | None = <|[1]|>):\n    # Why.\n    return x\n",
            "def f(x: list | None = None):\n    # Why.\n    if x is None:\n        x = [1]\n    return x\n",
        ),
        (
            "class A:\n    async def f(self, a, x=<|[]|>, y=1):\n        @d\n        def g(): return x\n        return g\n",
            "class A:\n    async def f(self, a, x=None, y=1):\n        if x is None:\n            x = []\n        @d\n        def g(): return x\n        return g\n",
        ),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "def f(x=<|[]|>): return x\n",
        "def f(x=<|[]|>):\n    ...\n",
        'def f(x=<|[]|>):\n    """Doc."""\n',
        "g = lambda x=<|[]|>: x\n",
        "x = <|[]|>\n",
        "def f(x=<|[]|>:\n    return x\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "def f(x=<|[]|>):\n    return x\n",
        source="pylance",
        message="Do not use mutable data structures for argument defaults",
    )
    assert fixed(FIXER, case) == [
        "def f(x=None):\n    if x is None:\n        x = []\n    return x\n"
    ]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(FIXER, problem("def f(x=<|[]|>):\n    return x\n", "X999", message="Something else."))
        == []
    )
