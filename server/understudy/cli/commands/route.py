"""`understudy route`: which models are asked, in which order, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.cli.route_report import print_evaluation
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.engine.why_route import Explained, Inquiry


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>", required=True)
    explain = topics.add_parser("explain", help="print which models are asked for a task, and why")
    explain.add_argument("--task", default="fix", metavar="ID", help="the task (default: fix)")
    explain.add_argument("--model", metavar="ID", help="as if this model were asked for")
    explain.add_argument(
        "--file", type=Path, metavar="FILE", help="for this file, with what failed there of late"
    )
    explain.add_argument(
        "--text", default="", metavar="WORDS", help="as if this were asked for in words"
    )
    explain.set_defaults(topic=_explain)
    evaluate = topics.add_parser(
        "evaluate", help="print how good the choices of all recorded runs would have been"
    )
    evaluate.set_defaults(topic=print_evaluation)
    for topic in (explain, evaluate):
        topic.add_argument("--json", action="store_true", help="print one JSON object")
        topic.add_argument(
            "--path", type=Path, default=Path(), metavar="DIR", help="the workspace folder"
        )


def _run(arguments: Namespace) -> int:
    code: int = arguments.topic(arguments)
    return code


def _explain(arguments: Namespace) -> int:
    from understudy.cli.configured import configured_at
    from understudy.cli.local_servers import ask_local_servers
    from understudy.engine.route_text import as_json
    from understudy.engine.why_route import explain

    setup, inquiry = configured_at(arguments.path), _inquiry(arguments)
    found = explain(setup, inquiry, ask_local_servers([setup]))
    if arguments.json:
        sys.stdout.write(strict_json(as_json(found), indent=2) + "\n")
    else:
        _print(found)
    return 0 if found.route.models else 1


def _inquiry(arguments: Namespace) -> Inquiry:
    """What the arguments ask.

    Raises:
        BadRequestError: there is no such file.
    """
    from understudy.cli.files import require_there
    from understudy.engine.why_route import Inquiry
    from understudy.languages import language_of

    file: Path | None = arguments.file
    if file is not None:
        require_there(file, str(file))
        if is_folder(file):
            raise BadRequestError(f"`{file}` is a folder, and not a file.")
    return Inquiry(
        task=arguments.task,
        model=arguments.model,
        uri=file.absolute().as_uri() if file is not None else "",
        language=(language_of(file) or "") if file is not None else "",
        words=arguments.text,
    )


def _print(found: Explained) -> None:
    from understudy.cli.tables import print_table
    from understudy.cli.text import printable
    from understudy.engine.route_text import route_lines, tables

    sys.stdout.write("".join(f"{printable(line)}\n" for line in route_lines(found)))
    for number, (headings, rows) in enumerate(tables(found.route)):
        if number:
            sys.stdout.write("\n")
        print_table(headings, rows)


COMMAND = Command(
    id="route",
    help="Show which models are asked, in which order, and why",
    configure=_configure,
    run=_run,
)
