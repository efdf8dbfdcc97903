"""The journal's file: opening it, bringing it up to date, writing to it.

For the journal's writer, and the ledger. `sqlite3` is imported when a function needs it, because the
server imports this module at its start.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Literal

from understudy.core.clock import now_us
from understudy.core.failures import UnavailableError
from understudy.journal.log_owner import BESIDE, held, note_made
from understudy.journal.network_files import network_kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path


BUSY_TIMEOUT_S = 5.0
_MOST_LOG_BYTES = 16_000_000
"""A longer write-ahead log is cut when it was carried over."""


class NewerJournalError(UnavailableError):
    """A newer Understudy wrote the file, so this one must not write to it."""


@cache
def migrations(dialect: Literal["sqlite", "pg"] = "sqlite") -> tuple[str, ...]:
    """The SQL of every migration; the first one leads to version 1. Both dialects have the same."""
    from importlib import resources

    folder = resources.files("understudy.journal.migrations")
    files = [file for file in folder.iterdir() if file.name.endswith(f".{dialect}.sql")]
    return tuple(
        file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name)
    )


def open_for_writing(path: Path, wait_s: float | None = None) -> sqlite3.Connection:
    """The database at `path`, made if it is not there, at the newest version.

    The connection is for any thread, and for one at a time.

    Args:
        path: the file.
        wait_s: how long to wait for another program that holds it; None for the usual time.

    Raises:
        NewerJournalError: when its version is above ours; nothing was written then.
        OSError, sqlite3.Error: when the file can't be made, read or written.
    """
    import sqlite3

    make(path)
    connection = sqlite3.connect(
        path,
        timeout=BUSY_TIMEOUT_S if wait_s is None else wait_s,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        upgrade(connection, migrations(), "delete" if network_kind(path) else "wal")
    except BaseException:
        connection.close()
        raise
    return connection


def make(path: Path) -> None:
    """Make an empty file for a database where there is none.

    What a database left beside itself that is gone now goes too: the new one would read it.

    Raises:
        OSError: when the file can't be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        return
    with held(path):
        # Another process may have made it between our look and our lock, and have it open.
        if not path.exists():
            for suffix in BESIDE:
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            made = path.with_name(f"{path.name}.new")
            made.unlink(missing_ok=True)
            made.touch(mode=0o600)
            # Before anybody sees it in its place.
            note_made(path, made, now_us())
            made.rename(path)


def upgrade(connection: sqlite3.Connection, steps: Sequence[str], mode: str = "wal") -> None:
    """Bring a database to version `len(steps)`, all of it or nothing.

    Args:
        connection: without a transaction.
        steps: the SQL of every migration.
        mode: how several programs write to it: `wal`, or `delete` on another machine's disk.

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
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute(f"PRAGMA journal_size_limit = {_MOST_LOG_BYTES}")
    connection.execute("PRAGMA synchronous = NORMAL")
    if version < len(steps):
        # Without foreign keys: a table that is made anew must not take along what hangs on it.
        connection.execute("PRAGMA foreign_keys = OFF")
        _climb(connection, steps)
    connection.execute("PRAGMA foreign_keys = ON")


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


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several queries see the file as it was at the first one, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


def open_in_memory() -> sqlite3.Connection:
    """A database of the newest version that is gone with its connection."""
    import sqlite3

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    upgrade(connection, migrations())
    return connection
