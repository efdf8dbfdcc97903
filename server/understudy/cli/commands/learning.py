"""`understudy learning`: what is learned from failures, and how much it helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.cli.last_days import add_days

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(dest="topic", required=True, title="topics", metavar="<topic>")
    effectiveness = topics.add_parser(
        "effectiveness",
        help="show how much each way to ask once more after a failure helps",
    )
    effectiveness.add_argument("--model", default="", metavar="ID", help="only this model")
    effectiveness.add_argument("--language", default="", metavar="ID", help="only this language")
    effectiveness.add_argument(
        "--category", default="", metavar="NAME", help="only such failures, such as `type_error`"
    )
    add_days(effectiveness)
    effectiveness.add_argument("--json", action="store_true", help="print one JSON object")


def _run(arguments: Namespace) -> int:
    from understudy.cli.effectiveness_view import show

    return show(arguments)


COMMAND = Command(
    id="learning",
    help="Show how much what is learned from failures helps",
    configure=_configure,
    run=_run,
)
