from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest

from understudy.core.failures import UnavailableError
from understudy.workspace.line_child import LineChild

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PROGRAM = r"""
import json, sys
print("ready", flush=True)
waiting = []
for line in sys.stdin:
    asked = json.loads(line)
    question = asked["question"]
    if question == "die":
        break
    if question == "nonsense":
        print("{", flush=True)
        continue
    waiting.append(asked)
    if question != "wait":
        for one in waiting:
            print(json.dumps({"id": one["id"], "answer": one["question"]}), flush=True)
        waiting = []
"""


@pytest.fixture
async def child(tmp_path: Path) -> AsyncIterator[LineChild]:
    command = (sys.executable, "-c", PROGRAM)
    found = await LineChild.start(command, tmp_path, {"PYTHONIOENCODING": "utf-8"}, "The program")
    yield found
    await found.close()
    assert not found.alive


async def test_each_question_gets_its_answer(child: LineChild) -> None:
    for question in ("π😀\n\u2028", {"a": [1]}, "x" * 300_000, None):
        assert await child.ask(question) == question


async def test_the_answer_to_a_question_that_was_given_up_goes_to_nobody(child: LineChild) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await child.ask("wait")
    assert await child.ask("next") == "next"


async def test_one_that_ends_is_unavailable(child: LineChild) -> None:
    with pytest.raises(UnavailableError, match="The program has ended"):
        await child.ask("die")


async def test_an_answer_that_is_none_is_unavailable(child: LineChild) -> None:
    with pytest.raises(UnavailableError, match="The program's answer can't be read"):
        await child.ask("nonsense")


async def test_a_program_that_ends_at_once_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="has ended"):
        await LineChild.start((sys.executable, "-c", ""), tmp_path, {}, "The program")
