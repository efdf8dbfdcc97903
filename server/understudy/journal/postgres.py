"""A PostgreSQL database that is asked in the journal's SQL.

`psycopg` is an extra (`understudy[postgres]`) and imported when a database is really asked. A connection
takes the journal's SQL as SQLite's do, so that the same functions read both.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from understudy.core.failures import UnavailableError
from understudy.journal.dialect import WRITE, to_postgres
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    import psycopg

LOCK = 0x756E6465727374
"""Of the advisory lock that writers hold, as SQLite has one writer at a time: "underst"."""
_CONNECT_S = 5
READ_S = 30.0
_AT_ONCE = 1_000
"""Rows that are fetched together."""
_ASKS = re.compile(r"(?:\s|--[^\n]*\n)*(?:SELECT|WITH|VALUES)\b", re.IGNORECASE)
_LOCAL = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Database:
    """Where a team's journal is.

    Attributes:
        dsn: a URI or `key=value` pairs as libpq reads them, with the password in it. Never shown.
        read_s: how long one query may take.
    """

    dsn: str = field(repr=False)
    read_s: float = READ_S

    def __str__(self) -> str:
        """Host and database, for messages."""
        parts = self.parts()
        return f"{parts.get('host') or 'localhost'}/{parts.get('dbname') or ''}"

    def parts(self) -> dict[str, Any]:
        """What the address says.

        Raises:
            UnavailableError: when it can't be read, or `psycopg` is not installed.
        """
        psycopg = _psycopg()
        try:
            return dict(psycopg.conninfo.conninfo_to_dict(self.dsn))
        except psycopg.Error as error:
            # What libpq says of an address may quote a part of it.
            raise UnavailableError(
                "The address of the team's database can't be read. It is a URI such as"
                " `postgresql://me@db.example/understudy`."
            ) from error


Where = Path | Database
"""A journal: a file of this machine, or a team's database."""


class _Row(tuple[Any, ...]):
    """Values that are known by their places and by their columns' names, as rows of SQLite are."""

    __slots__ = ()
    names: Mapping[str, int]

    def keys(self) -> list[str]:
        return list(self.names)

    def __getitem__(self, place: Any) -> Any:
        return tuple.__getitem__(self, self.names[place] if isinstance(place, str) else place)


class Connection:
    """A connection that is asked in the journal's SQL."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        """Whether one has begun."""
        status = self._connection.info.transaction_status
        return bool(status != _psycopg().pq.TransactionStatus.IDLE)

    def execute(self, sql: str, named: Mapping[str, object] | None = None) -> psycopg.Cursor[Any]:
        """Run one statement."""
        found = self._connection.execute(cast("Any", to_postgres(sql)), dict(named or {}))
        if sql == WRITE:
            self._connection.execute("SELECT pg_advisory_xact_lock(%(key)s)", {"key": LOCK})
        return found

    def executemany(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run a statement for each of many."""
        with self._connection.cursor() as cursor:
            cursor.executemany(cast("Any", to_postgres(sql)), [dict(one) for one in rows])

    def stream(self, sql: str, named: Mapping[str, object]) -> psycopg.ServerCursor[Any]:
        """Rows that the server keeps until they are fetched. It takes nothing but one question."""
        if not _ASKS.match(sql):
            raise _psycopg().NotSupportedError("Only SELECT is allowed.")
        if not self.in_transaction:
            self._connection.execute("BEGIN READ ONLY")
        cursor = self._connection.cursor("understudy")
        cursor.itersize = _AT_ONCE
        try:
            cursor.execute(cast("Any", to_postgres(sql)), dict(named))
        except BaseException:
            cursor.close()
            raise
        return cursor


def as_sqlite(connection: Connection) -> sqlite3.Connection:
    """The connection for functions that are written for SQLite: it has what these use."""
    return cast("sqlite3.Connection", connection)


def stream(
    connection: sqlite3.Connection, sql: str, named: Mapping[str, Any]
) -> sqlite3.Cursor | psycopg.ServerCursor[Any]:
    """Rows one after the other, so that many need no memory."""
    opened: object = connection
    if isinstance(opened, Connection):
        return opened.stream(sql, named)
    return connection.execute(sql, named)


def mistakes() -> tuple[type[Exception], ...]:
    """What a database says of a question that has a mistake, is not allowed, or takes too long."""
    psycopg = _psycopg()
    return (
        psycopg.ProgrammingError,
        psycopg.DataError,
        psycopg.NotSupportedError,
        psycopg.InternalError,
        psycopg.errors.QueryCanceled,
    )


@contextmanager
def connected(database: Database, statement_s: float) -> Iterator[psycopg.Connection[Any]]:
    """A connection, each statement of which is a transaction of its own unless one is begun.

    Raises:
        UnavailableError: when there is none, also when the server fails within the block.
    """
    psycopg = _psycopg()
    parts = {**defaults(database.parts()), **database.parts()}
    try:
        # Statements are not kept on the server: a pool of connections may stand before it.
        with psycopg.connect(
            **parts, autocommit=True, prepare_threshold=None, row_factory=_rows
        ) as connection:
            _take_numbers(connection)
            connection.execute(f"SET statement_timeout = {int(statement_s * 1_000)}")
            yield connection
    except psycopg.Error as error:
        said = mask(" ".join(str(error).split())).text
        raise UnavailableError(f"The team's database `{database}` failed: {said}") from error


def _psycopg() -> Any:
    try:
        import psycopg
        import psycopg.conninfo
    except ImportError as error:
        raise UnavailableError(
            "A PostgreSQL database needs `psycopg`, which is not installed:"
            " `pip install 'understudy[postgres]'`."
        ) from error
    return psycopg


def defaults(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Runs go over a network encrypted, unless the address says otherwise."""
    host = str(parts.get("host") or "")
    near = host in _LOCAL or host.startswith(("/", "@"))
    return {
        "connect_timeout": _CONNECT_S,
        "application_name": "understudy",
        "sslmode": "prefer" if near else "require",
    }


def _rows(cursor: Any) -> Any:
    columns = cursor.description or ()
    names = {one.name: place for place, one in enumerate(columns)}
    return type("Row", (_Row,), {"__slots__": (), "names": names})


def _take_numbers(connection: psycopg.Connection[Any]) -> None:
    """Numbers as SQLite has them: sums of integers are integers, and yes is 1."""
    from psycopg.adapt import Loader

    class Number(Loader):
        def load(self, data: Any) -> float:
            text = bytes(data).decode()
            return int(text) if text.lstrip("-").isdigit() else float(text)

    class YesNo(Loader):
        def load(self, data: Any) -> int:
            return int(bytes(data) == b"t")

    connection.adapters.register_loader("numeric", Number)
    connection.adapters.register_loader("bool", YesNo)
