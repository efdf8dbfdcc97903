"""`understudy journal export`, `query` and `purge`."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli.agreeing import agreed
from understudy.cli.tables import print_table
from understudy.cli.whence import journal_of
from understudy.core.failures import BadRequestError
from understudy.core.plural import plural
from understudy.core.strict_json import strict_json
from understudy.journal.answers import as_csv, as_markdown, as_records, cells
from understudy.journal.model_tally import EVER_US, days_before
from understudy.journal.query import Limits
from understudy.journal.query import query as ask
from understudy.journal.saved_queries import SAVED, saved_query, since

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import TextIO

    from understudy.journal.query import Answer


def export(arguments: Namespace) -> int:
    """Write the tables that were asked for."""
    if arguments.out is None:
        _export(arguments, sys.stdout)
        return 0
    try:
        with Path(arguments.out).open("w", encoding="utf-8", newline="") as out:
            number = _export(arguments, out)
    except OSError as failure:
        said = f"`{arguments.out}` can't be written: {failure.strerror}."
        raise BadRequestError(said) from failure
    sys.stdout.write(f"{plural(number, 'row')} written to `{arguments.out}`.\n")
    return 0


def _export(arguments: Namespace, out: TextIO) -> int:
    from understudy.cli.journal_backlog import give_out
    from understudy.journal.exporting import Wanted
    from understudy.journal.exporting import export as write

    if arguments.format == "backlog":
        return give_out(arguments.table, out)
    since_us = days_before(time.time_ns() // 1_000, arguments.days) if arguments.days else 0
    return write(journal_of(arguments), Wanted(arguments.format, arguments.table, since_us), out)


def query(arguments: Namespace) -> int:
    """Print what a query finds."""
    if arguments.list:
        print_table(("name", "what it asks"), [(name, one.about) for name, one in SAVED.items()])
        return 0
    answer = _answer(arguments)
    if arguments.format == "table":
        print_table(answer.columns, cells(answer))
    elif arguments.format == "json":
        sys.stdout.write(strict_json(as_records(answer), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write((as_csv if arguments.format == "csv" else as_markdown)(answer))
    if answer.truncated:
        # Where it disturbs no program that reads the answer.
        sys.stderr.write(f"understudy: There is more; `--limit` is {arguments.limit}.\n")
    return 0


def purge(arguments: Namespace) -> int:
    """Delete texts that a level does not keep."""
    from understudy.config.paths import journal_file
    from understudy.journal.forgetting import purge_texts

    if arguments.imported:
        return _forget_imported(yes=arguments.yes)
    before_us = _midnight_us(arguments.before) if arguments.before else EVER_US
    when = f" last used before {arguments.before}" if arguments.before else ""
    if not agreed(f"Delete all texts above `{arguments.level}`{when}?", yes=arguments.yes):
        return 1
    number = purge_texts(journal_file(), arguments.level, before_us)
    sys.stdout.write(f"{plural(number, 'text')} deleted.\n")
    return 0


def _forget_imported(*, yes: bool) -> int:
    from understudy.config.paths import journal_file
    from understudy.journal.imports import forget_imported

    if not agreed("Delete everything that was imported?", yes=yes):
        return 1
    sys.stdout.write(f"{plural(forget_imported(journal_file()), 'record')} deleted.\n")
    return 0


def _midnight_us(day: str) -> int:
    """When a day begins in UTC."""
    try:
        found = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as fault:
        raise BadRequestError(f"`{day}` is no day, such as 2026-11-23.") from fault
    return int(found.timestamp()) * 1_000_000


def _answer(arguments: Namespace) -> Answer:
    if bool(arguments.sql) == bool(arguments.saved):
        raise BadRequestError("Write one SELECT, or the name of a query behind `--saved`.")
    limits = Limits(rows=arguments.limit)
    if not arguments.saved:
        return ask(journal_of(arguments), arguments.sql, limits=limits)
    saved = saved_query(arguments.saved)
    parameters = since(arguments.days or saved.days, time.time_ns() // 1_000)
    return ask(journal_of(arguments), saved.sql, parameters, limits)
