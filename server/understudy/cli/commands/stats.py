"""`understudy stats`: how each model does, from what the journal saw."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.cli.last_days import add_days, days
from understudy.cli.whence import add_database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_BY = ("model", "task", "language", "owner", "category")


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--model", default="", metavar="ID", help="only this model")
    parser.add_argument("--task", default="", metavar="ID", help="only this task, such as `fix`")
    parser.add_argument("--language", default="", metavar="ID", help="only this language")
    add_days(parser)
    parser.add_argument(
        "--workspace", type=Path, metavar="PATH", help="only of this workspace folder"
    )
    parser.add_argument("--owner", default="", metavar="NAME", help="only runs of this owner")
    add_database(parser)
    parser.add_argument("--by", choices=_BY, default="model", help="what a line is about")
    parser.add_argument(
        "--best", default="", metavar="TASK", help="say which model is best for a task"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("--csv", action="store_true", help="print comma-separated values")
    parser.set_defaults(topic="show")
    _configure_topics(parser)


def _configure_topics(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>")
    export = topics.add_parser(
        "export", help="write all sums by day, model, task and language into a file"
    )
    export.add_argument(
        "file", metavar="FILE", help="ends with .csv or .jsonl; `-` prints JSON lines"
    )
    export.set_defaults(topic="export")
    reset = topics.add_parser("reset", help="forget all runs, or those of one model")
    # Without this, `stats --model M reset` would lose its option to the default of the topic.
    reset.add_argument(
        "--model", default=argparse.SUPPRESS, metavar="ID", help="forget this model alone"
    )
    reset.set_defaults(topic="reset")
    prune = topics.add_parser("prune", help="forget runs that are older than so many days")
    prune.add_argument("--days", type=days, required=True, metavar="N", help="keep the last N days")
    prune.add_argument("--sums", action="store_true", help="forget the sums of these days, too")
    prune.set_defaults(topic="prune")
    for topic in (reset, prune):
        topic.add_argument("--yes", action="store_true", help="do not ask")


def _run(arguments: Namespace) -> int:
    if arguments.topic == "show":
        from understudy.cli.stats_view import show

        show(arguments)
        return 0
    from understudy.cli import stats_kept

    keep = {
        "export": stats_kept.export,
        "reset": stats_kept.reset,
        "prune": stats_kept.prune,
    }
    code: int = keep[arguments.topic](arguments)
    return code


COMMAND = Command(
    id="stats",
    help="Show how each model does: proved, kept, failed, how fast and at what cost",
    configure=_configure,
    run=_run,
)
