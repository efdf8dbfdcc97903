"""The journal as editors ask it. Everything here reads files, and blocks."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError
from understudy.core.plural import plural
from understudy.core.tables import plain_table
from understudy.journal.answers import cells
from understudy.journal.exporting import Format, Wanted, export
from understudy.journal.model_tally import days_before
from understudy.journal.query import query
from understudy.journal.saved_queries import saved_query, since
from understudy.lsp.recorded import require_days, store_rows

if TYPE_CHECKING:
    from understudy.journal.query import Answer
    from understudy.lsp.app import App
    from understudy.lsp.extensions import JournalExportArguments, JournalQueryArguments

_MOST_ROWS = 10_000
_FORMATS: dict[str, Format] = {"jsonl": "jsonl", "csv": "csv", "markdown": "markdown"}


def asked(app: App, arguments: JournalQueryArguments) -> Answer:
    """What a question finds.

    Raises:
        BadRequestError: for arguments that mean nothing, and for a query with a mistake.
        UnavailableError: when the journal can't be read.
    """
    if bool(arguments.sql) == bool(arguments.saved):
        raise BadRequestError("Exactly one of `sql` and `saved` must be given.")
    days = arguments.days
    require_days(days)
    store_rows(app)
    if arguments.sql:
        return query(journal_file(), arguments.sql)
    saved = saved_query(arguments.saved or "")
    named = since(days or saved.days, time.time_ns() // 1_000)
    return query(journal_file(), saved.sql, named)


def written(app: App, arguments: JournalExportArguments) -> tuple[str, int]:
    """The rows as text, and how many they are.

    Raises:
        BadRequestError: for arguments that mean nothing.
        UnavailableError: when the journal can't be read.
    """
    wanted = _FORMATS.get(arguments.format or "jsonl")
    if wanted is None:
        raise BadRequestError(f"`format` must be one of {', '.join(_FORMATS)}.")
    days = arguments.days
    require_days(days)
    since_us = days_before(time.time_ns() // 1_000, days) if days else 0
    store_rows(app)
    out = io.StringIO(newline="")
    number = export(
        journal_file(), Wanted(wanted, arguments.table or "", since_us, _MOST_ROWS), out
    )
    return out.getvalue(), number


def in_words(answer: Answer, about: str) -> tuple[str, str]:
    """An answer as a document, and in one sentence."""
    number = plural(len(answer.rows), "row")
    more = " There is more." if answer.truncated else ""
    table = "".join(f"{line}\n" for line in plain_table([answer.columns, *cells(answer)]))
    return f"{about}\n\n{table}\n{number}.{more}\n", f"{number}.{more}"
