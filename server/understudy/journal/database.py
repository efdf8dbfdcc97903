"""The journal's file: opening it, bringing it up to date, writing to it.

For the journal's writer, and the ledger. `sqlite3` is imported when a function needs it, because the
server imports this module at its start.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.journal.statements import statements

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from understudy.journal.records import Row

BUSY_TIMEOUT_S = 5.0
_MOST_RUNS_PRUNED = 2_000
_MOST_EVENTS_PRUNED = 10_000
_MOST_PAGES_FREED = 1_000


class NewerJournalError(UnavailableError):
    """A newer Understudy wrote the file, so this one must not write to it."""


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of every migration; the first one leads to version 1."""
    from importlib import resources

    folder = resources.files("understudy.journal.migrations")
    files = [file for file in folder.iterdir() if file.name.endswith(".sqlite.sql")]
    return tuple(
        file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name)
    )


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The database at `path`, made if it is not there, at the newest version.

    The connection is for any thread, and for one at a time.

    Raises:
        NewerJournalError: when its version is above ours; nothing was written then.
        OSError, sqlite3.Error: when the file can't be made, read or written.
    """
    import sqlite3

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    try:
        upgrade(connection, migrations())
    except BaseException:
        connection.close()
        raise
    return connection


def upgrade(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Bring a database to version `len(steps)`, all of it or nothing.

    Raises:
        NewerJournalError: when its version is above that.
    """
    version = version_of(connection)
    if version > len(steps):
        raise NewerJournalError(
            f"A newer Understudy wrote the journal (version {version}; this one knows "
            f"{len(steps)}), so this one records nothing. Update Understudy to record runs again."
        )
    if version == 0:
        # Works only before the first table and before the switch to WAL.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < len(steps):
        _climb(connection, steps)


def _climb(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    with transaction(connection):
        # Another process may have done it between our look and our lock.
        for number, script in enumerate(steps, start=1):
            if number > version_of(connection):
                for statement in _split(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")


def _split(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would end the transaction that we are in."""
    from sqlite3 import complete_statement

    statement = ""
    for line in script.split("\n"):
        statement += line + "\n"
        if complete_statement(statement):
            yield statement
            statement = ""


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the database has seen; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction that holds the lock from its start.

    A plain `BEGIN` takes the lock at the first write, and fails at once, whatever `busy_timeout`
    says, when someone else has written since the transaction first read.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def write(connection: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """Store rows in one transaction; how many could not be stored because they make no sense."""
    with transaction(connection):
        return sum(not _stored(connection, row) for row in rows)


def _stored(connection: sqlite3.Connection, row: Row) -> bool:
    """False for a row whose run is not there (it was pruned) or whose values SQLite can't hold."""
    import sqlite3

    try:
        for sql, values in statements(row):
            connection.execute(sql, values)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError, UnicodeError):
        return False
    return True


def prune(connection: sqlite3.Connection, before_us: int) -> bool:
    """Delete what began before a time: at most so much that other writers do not notice.

    Returns:
        Whether there may be more of it.
    """
    with transaction(connection):
        runs = connection.execute(
            "DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE started_us < :before_us"
            " ORDER BY started_us LIMIT :most)",
            {"before_us": before_us, "most": _MOST_RUNS_PRUNED},
        )
        events = connection.execute(
            "DELETE FROM events WHERE rev IN (SELECT rev FROM events WHERE at_us < :before_us"
            " ORDER BY rev LIMIT :most)",
            {"before_us": before_us, "most": _MOST_EVENTS_PRUNED},
        )
        connection.execute(
            "DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE at_us < :before_us"
            " ORDER BY at_us LIMIT :most)",
            {"before_us": before_us, "most": _MOST_EVENTS_PRUNED},
        )
    connection.execute(f"PRAGMA incremental_vacuum({_MOST_PAGES_FREED})").fetchall()
    return runs.rowcount >= _MOST_RUNS_PRUNED or events.rowcount >= _MOST_EVENTS_PRUNED


def open_in_memory() -> sqlite3.Connection:
    """A database of the newest version that is gone with its connection."""
    import sqlite3

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    upgrade(connection, migrations())
    return connection
