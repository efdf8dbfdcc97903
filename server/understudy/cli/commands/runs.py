"""`understudy runs`: what was tried, what was proved, and what became of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.cli.numbers import positive
from understudy.cli.whence import add_database
from understudy.core.clock import iso_time
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from understudy.journal.queries import RunDetails, RunSummary


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", type=positive, default=20, metavar="N", help="how many runs, newest first"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_database(parser)
    parser.set_defaults(what=_list)
    actions = parser.add_subparsers(title="actions", metavar="<action>")
    show = actions.add_parser("show", help="print everything about one run")
    show.add_argument("id", metavar="ID", help="the run's id, or the beginning of it")
    # Without this, `runs --json show ID` would lose its option to the default of the action.
    show.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    show.set_defaults(what=_show)


def _run(arguments: argparse.Namespace) -> int:
    arguments.what(arguments)
    return 0


def _list(arguments: argparse.Namespace) -> None:
    from understudy.cli.tables import print_table
    from understudy.cli.whence import journal_of
    from understudy.journal.queries import recent_runs
    from understudy.journal.run_text import HEADINGS, table_row

    runs = recent_runs(journal_of(arguments), arguments.limit)
    if arguments.json:
        _print_json([_summary_json(run) for run in runs])
    elif runs:
        print_table(HEADINGS, [table_row(run) for run in runs])
    else:
        sys.stdout.write("No runs have been recorded yet.\n")


def _show(arguments: argparse.Namespace) -> None:
    from understudy.cli.whence import journal_of
    from understudy.journal.queries import run_details
    from understudy.journal.run_text import detail_lines
    from understudy.learning.shelf import lesson_names
    from understudy.workspace.roots import root_of

    details = run_details(journal_of(arguments), arguments.id)
    if arguments.json:
        _print_json(_details_json(details))
    else:
        names = lesson_names([root_of(Path.cwd())])
        sys.stdout.write("".join(f"{line}\n" for line in detail_lines(details, names)))


def _summary_json(run: RunSummary) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(run), "started": iso_time(run.started_us)}


def _details_json(details: RunDetails) -> dict[str, object]:
    """Everything but the summary's checks, which stand in `checks` with those of all attempts."""
    from dataclasses import asdict

    values = asdict(details)
    run = _summary_json(details.run)
    del run["checks"]
    values["run"] = run
    for gate in values["gates"]:
        gate["reasons"] = [
            {"signal": signal, "value": value, "weight": weight}
            for signal, value, weight in gate["reasons"]
        ]
    return values


def _print_json(value: object) -> None:
    sys.stdout.write(strict_json(value, indent=2) + "\n")


COMMAND = Command(
    id="runs",
    help="Show what was tried, what was proved, and what became of it",
    configure=_configure,
    run=_run,
)
