"""Storing rows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from understudy.journal.changed_runs import note_changed
from understudy.journal.contents import Content, Kept, kept
from understudy.journal.database import transaction
from understudy.journal.rollups import open_again
from understudy.journal.statements import statements

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from understudy.config.journal_settings import ContentLevel
    from understudy.journal.records import Row
    from understudy.journal.shared_rows import Statement


def write(
    connection: sqlite3.Connection, rows: Sequence[Row], content: ContentLevel = "metrics"
) -> int:
    """Store rows in one transaction; how many could not be stored because they make no sense.

    Args:
        connection: without a transaction.
        rows: in their order.
        content: what is kept of texts.
    """
    # Before the file is locked: this takes as long as storing, and others write meanwhile.
    allowed = (kept(row, content) if isinstance(row, Content) else row for row in rows)
    prepared = [_prepared(row) for row in allowed if row is not None]
    with transaction(connection):
        refused = sum(not _stored(connection, one) for one in prepared)
        now_us = time.time_ns() // 1_000
        open_again(connection, rows, now_us)
        note_changed(connection, rows, now_us)
    return refused


def _prepared(row: Row | Kept) -> list[Statement]:
    """What stores a row; nothing for one whose texts can't be written down."""
    try:
        return list(statements(row))
    except UnicodeError:
        return []


def _stored(connection: sqlite3.Connection, prepared: list[Statement]) -> bool:
    """False for a row whose run is not there (it was pruned) or whose values SQLite can't hold."""
    import sqlite3

    try:
        for sql, values in prepared:
            connection.execute(sql, values)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError, UnicodeError):
        return False
    return bool(prepared)
