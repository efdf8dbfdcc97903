"""`understudy explain`: have a model explain a file, or some of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.cli import Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "place", metavar="FILE[:L1-L2]", help="a file, or lines of it counted from 1"
    )
    parser.add_argument("--model", metavar="ID", help="ask this model alone")


def _run(arguments: Namespace) -> int:
    from understudy.cli.inquiring import Terminal, ask, inquiry, say
    from understudy.engine.explaining import explanation
    from understudy.engine.inquiry import UNCHECKED, facts, subject_lines, where
    from understudy.tasks.explain import TASK

    asked = inquiry(arguments.place, TASK, arguments.model)
    terminal = Terminal()
    lines = subject_lines(asked.view)
    told = ask(asked, explanation(asked.view, lines, terminal), lambda _: None)
    if told.answer is None:
        say(" ".join([f"Not explained: {told.outcome.reason}", *asked.lacking]))
        return 1
    terminal.finishes(told.answer)
    say(f"{told.model} explained {where(asked.view, lines)}. {facts(told.outcome)} {UNCHECKED}")
    return 0


COMMAND = Command(
    id="explain",
    help="have a model explain a file, or some of its lines",
    configure=_configure,
    run=_run,
)
