"""`understudy context`: what a model would be shown of the workspace, and why."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.config.pin_record import Pin, PinChange
    from understudy.engine.context_at import Seen
    from understudy.tasks import Task

_DOES_NOT_FIT = 3
_WAIT_S = 60.0
_REPORT = "report"
_MOST_BUDGET = 10_000_000


def _budget(text: str) -> int:
    """A number of tokens, as an argument."""
    if not re.fullmatch("[0-9]{1,8}", text) or not 1 <= int(text) <= _MOST_BUDGET:
        raise ArgumentTypeError(f"`{text}` is not a number of tokens from 1 to {_MOST_BUDGET:,}")
    return int(text)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "place",
        nargs="?",
        metavar="FILE[:L1-L2]",
        help="lines of a file, counted from 1; `report` tells which pieces were of use so far",
    )
    parser.add_argument(
        "--budget", type=_budget, metavar="N", help="tokens (default: `context.max_tokens`)"
    )
    parser.add_argument(
        "--model",
        metavar="ID",
        help="as if this model were asked (default: the first that the task would ask)",
    )
    parser.add_argument("--task", default="fix", metavar="TASK", help="as if for this task")
    parser.add_argument("--message", default="", metavar="WORDS", help="of a problem there")
    parser.add_argument("--words", default="", metavar="WORDS", help="what you would say")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--all", action="store_true", help="list everything that is left out")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="answer lines of JSON from standard input:"
        " {path, start_line, end_line, message?, budget}",
    )
    for name, what in (
        ("pin", "always show what is there, as far as it fits, from now on"),
        ("ban", "never show what is there, from now on"),
        ("unpin", "take a pin back"),
        ("unban", "take a ban back"),
    ):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="PATH:LINE", help=what
        )


def _run(arguments: Namespace) -> int:
    import asyncio

    if arguments.jsonl and arguments.place is None:
        asyncio.run(_many(arguments))
        return 0
    if arguments.place is None or arguments.jsonl:
        raise BadRequestError("Name the lines of a file as `FILE:3-9`, or give `--jsonl` alone.")
    if arguments.place == _REPORT:
        from understudy.cli.context_report import print_report

        return print_report(as_json=arguments.json)
    from understudy.engine.context_at import DoesNotFitError

    try:
        found = asyncio.run(_one(arguments))
    except DoesNotFitError as failure:
        sys.stderr.write(f"understudy: {failure}\n")
        return _DOES_NOT_FIT
    _print(found, arguments)
    return 0


def _print(found: Seen, arguments: Namespace) -> None:
    if arguments.json:
        from understudy.engine.context_text import as_plain

        sys.stdout.write(strict_json(as_plain(found), indent=2, ensure_ascii=False) + "\n")
        return
    from understudy.cli.context_view import lines_of
    from understudy.cli.text import printable

    lines = lines_of(found, everything=arguments.all)
    sys.stdout.writelines(f"{printable(line)}\n" for line in lines)


async def _one(arguments: Namespace) -> Seen:
    from understudy.cli.context_asked import Asked, Question
    from understudy.cli.indexes import Indexes
    from understudy.cli.inquiring import place_of

    path, lines = place_of(arguments.place)
    question = Question(path, lines, arguments.budget, arguments.message, arguments.words)
    async with Indexes() as indexes:
        asked = Asked(_task(arguments), arguments.model, indexes, _WAIT_S)
        try:
            return await asked.answer(question, _change(arguments))
        finally:
            await asked.close()


async def _many(arguments: Namespace) -> None:
    from understudy.cli.context_asked import Asked
    from understudy.cli.context_lines import answer_lines
    from understudy.cli.indexes import Indexes

    if _change(arguments):
        raise BadRequestError("With `--jsonl` nothing can be pinned or banned.")
    async with Indexes() as indexes:
        asked = Asked(_task(arguments), arguments.model, indexes, _WAIT_S)
        try:
            await answer_lines(asked, arguments.budget)
        finally:
            await asked.close()


def _task(arguments: Namespace) -> Task:
    from understudy.tasks import all_tasks

    task = all_tasks().get(arguments.task)
    if task is None:
        known = ", ".join(f"`{one}`" for one in sorted(all_tasks()))
        raise BadRequestError(f"There is no task `{arguments.task}`. Known: {known}.")
    return task


def _change(arguments: Namespace) -> PinChange:
    from understudy.config.pin_record import PinChange

    return PinChange(
        *(
            tuple(_pin(place) for place in getattr(arguments, name))
            for name in ("pin", "ban", "unpin", "unban")
        )
    )


def _pin(place: str) -> Pin:
    """A place below the workspace folder; lines are counted from 1."""
    from understudy.config.pin_record import Pin

    path, _, line = place.rpartition(":")
    if not path or not re.fullmatch("[1-9][0-9]{0,8}", line):
        raise BadRequestError(f"`{place}` must be a path in the workspace and a line: `a/b.py:3`.")
    return Pin(path.replace("\\", "/").removeprefix("./"), int(line) - 1)


COMMAND = Command(
    id="context",
    help="show what of the workspace a model would be shown, and why",
    configure=_configure,
    run=_run,
)
