from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.await_missing import FIXER

CODE = "reportUnusedCoroutine"
MESSAGE = 'Result of async function call is not used; use "await" or assign result to variable'


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("async def f():\n    <|g()|>\n", "async def f():\n    await g()\n"),
        (
            'async def f():\r\n\tx = "π😀", <|g|>(1)\r\n',
            'async def f():\r\n\tx = "π😀", await g(1)\r\n',
        ),
        (
            "async def f():\n    return <|g().real|>\n",
            "async def f():\n    return (await g()).real\n",
        ),
        (
            "async def f():\n    return <|g()|>.real\n",
            "async def f():\n    return (await g()).real\n",
        ),
        ("async def f():\n    return <|g()|>[0]\n", "async def f():\n    return (await g())[0]\n"),
        ("async def f():\n    h(<|g()|>)\n", "async def f():\n    h(await g())\n"),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "def f():\n    <|g()|>\n",
        "<|g()|>\n",
        "async def f():\n    def h():\n        <|g()|>\n",
        "async def f():\n    await <|g()|>\n",
        "async def f():\n    x = <|y|>\n",
        "async def f(:\n    <|g()|>\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


OPERATOR = 'Operator "+" not supported for types "CoroutineType[Any, Any, int]" and "int"'
ATTRIBUTE = 'Cannot access attribute "x" for class "CoroutineType[Any, Any, A]"'


@pytest.mark.parametrize(
    ("marked", "expected", "message"),
    [
        ("v = g()\n    return <|v + 1|>", "v = await g()\n    return v + 1", OPERATOR),
        ("return <|g() + 1|>", "return await g() + 1", OPERATOR),
        ("v = g()\n    return v.<|x|>", "v = await g()\n    return v.x", ATTRIBUTE),
        ("v = g()\n    return <|v|>.x", "v = await g()\n    return v.x", ATTRIBUTE),
    ],
)
def test_the_call_behind_a_name_is_awaited(marked: str, expected: str, message: str) -> None:
    start = "async def f():\n    "
    assert fixed(FIXER, problem(f"{start}{marked}\n", message=message)) == [f"{start}{expected}\n"]


@pytest.mark.parametrize(
    "body",
    [
        "v = g()\n    await v\n    return <|v + 1|>",
        "v = g()\n    h(v)\n    return <|v + 1|>",
        "v = g()\n    v = h()\n    return <|v + 1|>",
        "v = g\n    return <|v + 1|>",
        "return <|1 + v|>",
    ],
)
def test_a_coroutine_that_is_passed_on_is_left_alone(body: str) -> None:
    assert fixed(FIXER, problem(f"async def f():\n    {body}\n", message=OPERATOR)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "async def f():\n    <|g()|>\n",
        source="pylance",
        message="RuntimeWarning: coroutine 'g' was never awaited",
    )
    assert fixed(FIXER, case) == ["async def f():\n    await g()\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert (
        fixed(FIXER, problem("async def f():\n    <|g()|>\n", "X999", message="Something else."))
        == []
    )
