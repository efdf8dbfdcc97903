"""`understudy runs`: what was tried, what was proved, and what became of it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING

from understudy.cli import Command

if TYPE_CHECKING:
    from understudy.journal.queries import RunDetails, RunSummary


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", type=_positive, default=20, metavar="N", help="how many runs, newest first"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(what=_list)
    actions = parser.add_subparsers(title="actions", metavar="<action>")
    show = actions.add_parser("show", help="print everything about one run")
    show.add_argument("id", metavar="ID", help="the run's id, or the beginning of it")
    # Without this, `runs --json show ID` would lose its option to the default of the action.
    show.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    show.set_defaults(what=_show)


def _positive(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 1 to 999999")
    return int(text)


def _run(arguments: argparse.Namespace) -> int:
    arguments.what(arguments)
    return 0


def _list(arguments: argparse.Namespace) -> None:
    from understudy.cli.tables import print_table
    from understudy.config.paths import journal_file
    from understudy.journal.queries import recent_runs
    from understudy.journal.run_text import HEADINGS, table_row

    runs = recent_runs(journal_file(), arguments.limit)
    if arguments.json:
        _print_json([_summary_json(run) for run in runs])
    elif runs:
        print_table(HEADINGS, [table_row(run) for run in runs])
    else:
        sys.stdout.write("No runs have been recorded yet.\n")


def _show(arguments: argparse.Namespace) -> None:
    from understudy.config.paths import journal_file
    from understudy.journal.queries import run_details
    from understudy.journal.run_text import detail_lines

    details = run_details(journal_file(), arguments.id)
    if arguments.json:
        _print_json(_details_json(details))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in detail_lines(details)))


def _summary_json(run: RunSummary) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(run), "started": _iso(run.started_us)}


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


def _iso(at_us: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at_us // 1_000_000, UTC).isoformat()


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2) + "\n")


COMMAND = Command(
    id="runs",
    help="Show what was tried, what was proved, and what became of it",
    configure=_configure,
    run=_run,
)
