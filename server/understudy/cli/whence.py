"""Which journal a command reads: the file of this machine, or a team's database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.journal.postgres import Database, Where


def add_database(parser: ArgumentParser) -> None:
    """The option that names a database."""
    parser.add_argument(
        "--database",
        default="",
        metavar="DSN",
        help="read a PostgreSQL database; `team`: that of `journal.postgres`",
    )


def journal_of(arguments: Namespace) -> Where:
    """What the options name."""
    if arguments.database:
        return database(arguments.database)
    from understudy.config.paths import journal_file

    return journal_file()


def database(address: str) -> Database:
    """The database at an address, or that of the settings where it is `team`."""
    from understudy.cli.configured import configured_at
    from understudy.engine.team_database import team_database

    return team_database(address, configured_at(Path()).settings)
