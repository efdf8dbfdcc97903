"""Counts of several things in one look into the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.journal.database import snapshot, version_of
from understudy.journal.reading import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from understudy.journal.postgres import Where

_SINCE_VERSION = 9

Found = tuple[str, int, int, tuple[str, ...]]
"""The subject, how many of how many, and ids of runs to look at, the newest first."""


def measured(path: Where, queries: Mapping[str, tuple[str, int]]) -> dict[str, tuple[Found, ...]]:
    """What each query found; nothing without a journal, or in one of an older version.

    Args:
        path: the journal's file, or a team's database.
        queries: by a name, the SQL of a SELECT of the columns `subject`, `good`, `total`, `first_run`
            and `last_run`, and what `:since_us` is in it.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return {}
        with snapshot(connection):
            return {
                name: tuple(map(_found, connection.execute(sql, {"since_us": since_us})))
                for name, (sql, since_us) in queries.items()
            }


def _found(row: sqlite3.Row) -> Found:
    runs = dict.fromkeys(one for one in (row["last_run"], row["first_run"]) if one)
    return str(row["subject"]), int(row["good"] or 0), int(row["total"] or 0), tuple(runs)
