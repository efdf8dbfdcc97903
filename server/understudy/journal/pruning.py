"""Deleting old rows, at most so many at a time that other writers do not notice.

Their sums stay. Every function wants a connection without a transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US, HOUR_US
from understudy.journal import rollup_sql
from understudy.journal.database import transaction
from understudy.journal.rolling import count_days

if TYPE_CHECKING:
    import sqlite3

_MOST_RUNS = 2_000
_MOST_OTHERS = 10_000
_MOST_PAGES = 5_000


def prune(connection: sqlite3.Connection, before_us: int, now_us: int) -> bool:
    """Delete the days that were over before a time.

    Returns:
        Whether there may be more to delete.
    """
    before = before_us // DAY_US * 24
    if not count_days(connection, before, now_us):
        return True
    which = {"before": before, "now_us": now_us}
    with transaction(connection):
        # A row may have come in between, and its day must be counted with it.
        if connection.execute(rollup_sql.UNCOUNTED_DAYS, which).fetchone() is not None:
            return True
        connection.execute(rollup_sql.PRUNE, which)
        connection.execute(rollup_sql.PRUNE_PATHS, which)
        number, more = delete_rows(connection, before * HOUR_US)
        if number and not more:
            for sql in _NO_LONGER_USED:
                connection.execute(sql)
    free_pages(connection)
    return more


def prune_to_size(connection: sqlite3.Connection, most_bytes: int, now_us: int) -> bool:
    """Delete the oldest day if the file is too large; what began today or yesterday stays.

    Returns:
        Whether there may be more to delete.
    """
    if used_bytes(connection) <= most_bytes:
        return False
    first_us = connection.execute(rollup_sql.FIRST_RUN).fetchone()[0]
    if first_us is None or first_us // DAY_US >= now_us // DAY_US - 1:
        return False
    prune(connection, (first_us // DAY_US + 1) * DAY_US, now_us)
    return True


def delete_rows(connection: sqlite3.Connection, before_us: int) -> tuple[int, bool]:
    """Delete some rows from before a time, within a transaction.

    Returns:
        How many, without what hung on them, and whether there may be more.
    """
    number, more = 0, False
    for sql, most in ((_RUNS, _MOST_RUNS), (_EVENTS, _MOST_OTHERS), (_CALLS, _MOST_OTHERS)):
        deleted = connection.execute(sql, {"before_us": before_us, "most": most})
        number += deleted.rowcount
        more = more or deleted.rowcount >= most
    for sql in _OF_LESSONS:
        connection.execute(sql, {"before_us": before_us})
    return number, more


def used_bytes(connection: sqlite3.Connection) -> int:
    """How much of the file is in use."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def free_pages(connection: sqlite3.Connection) -> None:
    """Give what is not in use back to the disk: a part of it, if it is much."""
    vacuum(connection, _MOST_PAGES)


def vacuum(connection: sqlite3.Connection, pages: int = 0) -> None:
    """Give so many free pages back to the disk; without a number, all of them."""
    # `execute` does one step of a statement without columns, which here would be one page.
    connection.executescript(f"PRAGMA incremental_vacuum({pages});")


_NO_LONGER_USED = (
    "DELETE FROM shown WHERE id NOT IN (SELECT shown_id FROM call_spans)",
    "DELETE FROM routes WHERE id NOT IN (SELECT route FROM runs WHERE route IS NOT NULL)",
)
_RUNS = """
    DELETE FROM runs WHERE id IN (
        SELECT id FROM runs WHERE started_us < :before_us ORDER BY started_us LIMIT :most)"""
_EVENTS = """
    DELETE FROM events WHERE rev IN (
        SELECT rev FROM events WHERE at_us < :before_us ORDER BY rev LIMIT :most)"""
# Calls can stay behind their runs, and are deleted by their own time.
_CALLS = """
    DELETE FROM calls WHERE id IN (
        SELECT id FROM calls WHERE at_us < :before_us ORDER BY at_us LIMIT :most)"""
# There are few of these: what is remembered of a lesson itself stays.
_OF_LESSONS = (
    "DELETE FROM lesson_sightings WHERE at_us < :before_us",
    "DELETE FROM lesson_changes WHERE at_us < :before_us",
)
