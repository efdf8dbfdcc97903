"""Questions of the user's own to the journal, in SQL. They can read, and nothing else.

SQLite asks before each step of a statement whether it is allowed; PostgreSQL is asked in a transaction
that only reads. Time, rows and the size of a value
have limits, so that no question holds anything up for long.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from understudy.core.failures import BadRequestError
from understudy.journal.packing import unpacked
from understudy.journal.postgres import Database, mistakes, stream
from understudy.journal.reading import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    import psycopg

    from understudy.journal.postgres import Where

MOST_ROWS = 1_000
MOST_SECONDS = 5.0
_MOST_BYTES = 1_000_000
"""Of one value, and of the question itself."""
_STEPS = 1_000
"""Of SQLite's machine, between two looks at the clock."""

_REFUSED = (
    "not authorized",
    "prohibited",
    "authorization denied",
    "read-only transaction",
    "Only SELECT",
)
"""How databases say that a statement is not allowed."""
_STOPPED = ("interrupted", "statement timeout")

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of values below their columns' names.

    Attributes:
        truncated: whether there are more rows than were asked for.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may take."""

    rows: int = MOST_ROWS
    seconds: float = MOST_SECONDS


USUAL = Limits()


def query(
    path: Where, sql: str, named: dict[str, Value] | None = None, limits: Limits = USUAL
) -> Answer:
    """What one `SELECT` finds; nothing without a journal.

    Args:
        path: the journal.
        sql: one statement.
        named: values of its `:name` parameters.
        limits: what it may take.

    Raises:
        BadRequestError: when it is no `SELECT`, has a mistake, or takes too long.
        UnavailableError: when the journal can't be read.
    """
    import sqlite3

    if isinstance(path, Database):
        return _of_team(replace(path, read_s=limits.seconds), sql, named or {}, limits)
    with reading(path) as connection:
        if connection is None:
            return Answer()
        _confine(connection, time.monotonic() + limits.seconds)
        try:
            return _answer(connection.execute(sql, named or {}), limits.rows)
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            raise BadRequestError(_complaint(error, limits.seconds)) from error


def _of_team(database: Database, sql: str, named: Mapping[str, Value], limits: Limits) -> Answer:
    with reading(database) as connection:
        if connection is None:
            return Answer()
        try:
            with closing(stream(connection, sql, named)) as cursor:
                return _answer(cursor, limits.rows)
        except mistakes() as error:
            raise BadRequestError(_complaint(error, limits.seconds)) from error


def _confine(connection: sqlite3.Connection, until: float) -> None:
    import sqlite3

    allowed = {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }

    def may(action: int, *about: str | None) -> int:
        # A function's name is the second of what is told about it.
        loads = action == sqlite3.SQLITE_FUNCTION and "load_extension" in about
        return sqlite3.SQLITE_OK if action in allowed and not loads else sqlite3.SQLITE_DENY

    connection.set_authorizer(may)
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    for limit in (sqlite3.SQLITE_LIMIT_LENGTH, sqlite3.SQLITE_LIMIT_SQL_LENGTH):
        connection.setlimit(limit, _MOST_BYTES)


def _answer(cursor: sqlite3.Cursor | psycopg.ServerCursor[Any], most: int) -> Answer:
    columns = tuple(one[0] for one in cursor.description or ())
    found = cursor.fetchmany(most + 1)
    rows = tuple(tuple(shown(value) for value in row) for row in found[:most])
    return Answer(columns, rows, len(found) > most)


def shown(value: object) -> Value:
    """A value as it can be printed; what is kept packed is unpacked, up to a megabyte.

    Of numbers that JSON can't hold, such as infinity, it is their name.
    """
    if isinstance(value, bytes):
        return unpacked(value, _MOST_BYTES)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _complaint(error: Exception, seconds: float) -> str:
    text = str(error)
    if any(word in text for word in _REFUSED):
        return "Only `SELECT` is allowed here: the journal is read and not changed."
    if any(word in text for word in _STOPPED):
        return f"The query took longer than {seconds:g} s and was stopped."
    return f"The query has a mistake: {text.rstrip('.')}."
