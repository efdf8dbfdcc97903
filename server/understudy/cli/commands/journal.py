"""`understudy journal`: what is recorded, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.cli.last_days import add_days, days
from understudy.cli.numbers import positive
from understudy.cli.whence import add_database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_FORMATS = ("jsonl", "csv", "markdown", "backlog")
_SHOWN = ("table", "json", "csv", "markdown")


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>", required=True)
    _configure_export(topics.add_parser("export", help="write what is recorded, as text"))
    _configure_query(topics.add_parser("query", help="ask the journal in SQL; nothing is changed"))
    taken = topics.add_parser("import", help="take in what another program knows about models")
    taken.add_argument("file", metavar="FILE", help="JSON, or JSON lines; `-` is standard input")
    taken.set_defaults(topic="import")
    _configure_push(topics.add_parser("push", help="copy runs to a team's PostgreSQL database"))
    _configure_purge(topics.add_parser("purge", help="delete texts of prompts, replies and edits"))


def _configure_export(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="jsonl",
        help="JSON lines hold all tables; `backlog` is what was imported, as it was",
    )
    parser.add_argument(
        "--table",
        default="",
        metavar="NAME",
        help="only this table (default: all, and `runs` where the format holds one)",
    )
    add_days(parser)
    add_database(parser)
    parser.add_argument("--out", metavar="FILE", help="the file (default: standard output)")
    parser.set_defaults(topic="export")


def _configure_push(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to", default="team", metavar="DSN", help="the database (default: `journal.postgres`)"
    )
    parser.add_argument(
        "--content",
        choices=("metrics", "redacted", "full"),
        help="what is copied of texts (default: `journal.postgres_content`)",
    )
    parser.add_argument("--all", action="store_true", help="also runs that are copied already")
    parser.set_defaults(topic="push")


def _configure_query(parser: ArgumentParser) -> None:
    parser.add_argument("sql", nargs="?", default="", metavar="SQL", help="one SELECT")
    parser.add_argument("--saved", metavar="NAME", help="a query that is known by a name")
    parser.add_argument("--list", action="store_true", help="list the queries that have names")
    parser.add_argument("--days", type=days, metavar="N", help="how far a saved query looks back")
    add_database(parser)
    parser.add_argument(
        "--limit", type=positive, default=100, metavar="N", help="so many rows at most"
    )
    parser.add_argument("--format", choices=_SHOWN, default="table", help="how it is printed")
    parser.set_defaults(topic="query")


def _configure_purge(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--level",
        choices=("metrics", "redacted"),
        default="metrics",
        help="delete what this level of `journal.content` does not keep",
    )
    parser.add_argument(
        "--before",
        metavar="DATE",
        help="only what was last used before this day, such as 2026-11-23",
    )
    parser.add_argument(
        "--imported", action="store_true", help="delete what was imported instead, all of it"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(topic="purge")


def _run(arguments: Namespace) -> int:
    from understudy.cli import journal_backlog, journal_view, pushing

    does = {
        "export": journal_view.export,
        "import": journal_backlog.take_in,
        "purge": journal_view.purge,
        "push": pushing.push_runs,
        "query": journal_view.query,
    }
    code: int = does[arguments.topic](arguments)
    return code


COMMAND = Command(
    id="journal",
    help="Write out, ask and tidy what is recorded",
    configure=_configure,
    run=_run,
)
