"""`understudy context --jsonl`: many questions in one process, one line of JSON each."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.cli.context_asked import MOST_BUDGET, Question
from understudy.cli.json_lines import json_object, lines_of
from understudy.core.failures import BadRequestError, UnderstudyError
from understudy.core.strict_json import strict_json
from understudy.engine.context_text import as_plain

if TYPE_CHECKING:
    from understudy.cli.context_asked import Asked

_MOST_MB = 4
_KNOWN = frozenset({"path", "start_line", "end_line", "message", "budget"})


async def answer_lines(asked: Asked, budget: int | None) -> None:
    """Answer each line of standard input with one line, in their order; empty ones are passed over.

    Args:
        asked: answers.
        budget: of lines that name none; None for that of the settings.
    """
    with lines_of("-") as lines:
        number = 0
        while (line := await asyncio.to_thread(next, lines, None)) is not None:
            number += 1
            if line.strip():
                found = await _answer(asked, line, number, budget)
                sys.stdout.write(strict_json(found, ensure_ascii=False) + "\n")
                sys.stdout.flush()


async def _answer(asked: Asked, line: bytes, number: int, budget: int | None) -> dict[str, Any]:
    try:
        question = _question(json_object(line, most_mb=_MOST_MB), budget)
    except BadRequestError as fault:
        return {"error": f"Line {number} can't be answered: {fault}", "line": number}
    try:
        return as_plain(await asked.answer(question, checked=False))
    except UnderstudyError as failure:
        return {"error": str(failure), "line": number}


def _question(given: dict[str, Any], budget: int | None) -> Question:
    unknown = sorted(given.keys() - _KNOWN)
    if unknown:
        raise BadRequestError(f"`{unknown[0]}` is not known.")
    path, message = given.get("path"), given.get("message") or ""
    if not isinstance(path, str) or not path or "\0" in path:
        raise BadRequestError("`path` must be the path of a file.")
    if not isinstance(message, str):
        raise BadRequestError("`message` must be a string.")
    first = _number(given, "start_line", 10**9)
    last = _number(given, "end_line", 10**9) if given.get("end_line") is not None else first
    if last < first:
        raise BadRequestError("`end_line` must not be smaller than `start_line`.")
    if given.get("budget") is not None:
        budget = _number(given, "budget", MOST_BUDGET)
    return Question(Path(path).absolute(), range(first - 1, last), budget, message)


def _number(given: dict[str, Any], key: str, most: int) -> int:
    value = given.get(key)
    if type(value) is not int or not 1 <= value <= most:
        raise BadRequestError(f"`{key}` must be a whole number from 1 to {most:,}.")
    return value
