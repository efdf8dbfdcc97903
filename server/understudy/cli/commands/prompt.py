"""`understudy prompt`: show what a model would be asked, without asking it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from understudy.cli import Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.cli.inquiring import Inquiry
    from understudy.engine.previewing import Preview


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("task", metavar="TASK", help="`fix`, `explain`, `simplify` or another task")
    parser.add_argument("place", metavar="FILE[:L1-L2]", help="lines of a file, counted from 1")
    parser.add_argument("--model", metavar="ID", help="as if this model were asked")
    parser.add_argument("--words", default="", metavar="WORDS", help="what you would say")
    parser.add_argument(
        "--message", default="", metavar="WORDS", help="of a problem there, as an editor reports it"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--map", action="store_true", help="say which fragment each piece comes from"
    )


def _run(arguments: Namespace) -> int:
    import asyncio

    from understudy.cli.inquiring import inquiry
    from understudy.cli.prompt_view import as_json, lines_of
    from understudy.core.failures import BadRequestError
    from understudy.tasks import all_tasks

    task = all_tasks().get(arguments.task)
    if task is None:
        known = ", ".join(f"`{one}`" for one in sorted(all_tasks()))
        raise BadRequestError(f"There is no task `{arguments.task}`. Known: {known}.")
    asked = inquiry(arguments.place, task, arguments.model)
    shown = asyncio.run(_previewed(asked, arguments.words, arguments.message))
    if arguments.json:
        sys.stdout.write(as_json(shown) + "\n")
    else:
        from understudy.cli.inquiring import write

        write("\n".join(lines_of(shown, with_map=arguments.map)) + "\n")
    return 0


async def _previewed(asked: Inquiry, words: str, message: str) -> Preview:
    from understudy.cli.indexes import SOON_S, Indexes
    from understudy.engine.context_at import with_problem
    from understudy.engine.previewing import preview
    from understudy.engine.reach import open_reach
    from understudy.engine.services import Nowhere, Services

    settings = asked.setup.settings
    reach = open_reach(settings, Nowhere())
    try:
        async with Indexes() as indexes:
            # Also where nobody would be asked: what a model on this machine would see is shown.
            indexes.start(asked.root, settings)
            await indexes.wait([asked.root] if asked.root is not None else [], SOON_S)
            services = Services(
                settings=settings,
                task=asked.task,
                reach=reach,
                state=reach.ledger,
                index=indexes.over,
            )
            view = with_problem(asked.view, message)
            return await preview(view, services, asked.model, words)
    finally:
        from understudy.engine.checking import close_checkers

        await close_checkers()
        await reach.close()


COMMAND = Command(
    id="prompt",
    help="show what a model would be asked, without asking it",
    configure=_configure,
    run=_run,
)
