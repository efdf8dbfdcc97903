"""`understudy review`: have a model look a file over for mistakes."""

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
    from understudy.cli.files import shown_path
    from understudy.cli.inquiring import ask, inquiry, say, write
    from understudy.engine.inquiry import UNCHECKED, facts, subject_lines, where
    from understudy.engine.reviewing import review
    from understudy.tasks.review import TASK

    asked = inquiry(arguments.place, TASK, arguments.model)
    view, lines = asked.view, subject_lines(asked.view)
    told = ask(asked, review(view, lines), lambda _: None)
    if told.answer is None:
        say(" ".join([f"Not reviewed: {told.outcome.reason}", *asked.lacking]))
        return 1
    path = shown_path(view.path) if view.path is not None else view.name
    for one in told.answer.findings:
        write(f"{path}:{one.lines.start + 1}: {one.severity.value}: {one.message}\n")
    dropped = told.answer.dropped
    left_out = f" Left out, for quoting what is not there: {dropped}." if dropped else ""
    say(f"{told.model} reviewed {where(view, lines)}.{left_out} {facts(told.outcome)} {UNCHECKED}")
    return 0


COMMAND = Command(
    id="review",
    help="have a model look a file over for mistakes",
    configure=_configure,
    run=_run,
)
