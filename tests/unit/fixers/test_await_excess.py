from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.await_excess import FIXER

CODE = "PLE1142"
MESSAGE = "`await` should be used within an async function"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("def f():\n    <|await g()|>\n", "async def f():\n    await g()\n"),
        (
            'class A:\r\n\tdef f(self):\r\n\t\treturn "π😀", <|await g()|>\r\n',
            'class A:\r\n\tasync def f(self):\r\n\t\treturn "π😀", await g()\r\n',
        ),
        (
            "def g(): ...\ndef f():\n    return <|await g()|>\n\nf()\n",
            "def g(): ...\ndef f():\n    return g()\n\nf()\n",
        ),
        (
            "def f():\n    <|await g()|>\nasync def h():\n    await f()\n",
            "async def f():\n    await g()\nasync def h():\n    await f()\n",
        ),
        ("import asyncio\n<|await g()|>\n", "import asyncio\nasyncio.run(g())\n"),
        (
            "@d\ndef f():\n    <|async with g():\n        pass|>\n",
            "@d\nasync def f():\n    async with g():\n        pass\n",
        ),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "<|await g()|>\n",
        "async def f():\n    <|await g()|>\n",
        "def f():\n    <|g()|>\n",
        "h = lambda: <|await g()|>\n",
        "def f(ready):\n    <|await ready|>\n\nf(1)\n",
        "def f():\n    <|await g()|>\n\nf()\n",
        "def g(): ...\ndef f(ready):\n    <|await g()|>\n    await ready\n\nf(1)\n",
        "def f(:\n    <|await g()|>\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "def f():\n    <|await g()|>\n",
        source="pylance",
        message='"await" allowed only within async function',
    )
    assert fixed(FIXER, case) == ["async def f():\n    await g()\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(FIXER, problem("def f():\n    <|await g()|>\n", "X999", message="Something else."))
        == []
    )
