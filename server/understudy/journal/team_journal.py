"""The journal of a team, in a PostgreSQL database: bringing it up to date, and reading it."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from understudy.core.failures import UnavailableError
from understudy.journal.database import NewerJournalError, migrations
from understudy.journal.postgres import LOCK, Connection, as_sqlite, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    import psycopg

    from understudy.journal.postgres import Database

_WRITE_S = 120.0


@contextmanager
def reading(database: Database) -> Iterator[sqlite3.Connection | None]:
    """A connection that can't change anything; None where there is no journal.

    Raises:
        UnavailableError: when the database can't be read, also when that shows within the block.
    """
    with connected(database, database.read_s) as connection:
        connection.execute("SET default_transaction_read_only = on")
        known = connection.execute("SELECT to_regclass('schema_migration') AS there").fetchone()
        if known is None or known[0] is None:
            yield None
            return
        version = _version(connection)
        if version > len(migrations("pg")):
            raise UnavailableError(_newer(database, version, "can't read it"))
        yield as_sqlite(Connection(connection)) if version else None


@contextmanager
def writing(database: Database) -> Iterator[sqlite3.Connection]:
    """A connection to a journal of the newest version, which is made if it is not there.

    Raises:
        NewerJournalError: when its version is above ours; nothing was written then.
        UnavailableError: when the database can't be written, also when that shows within the block.
    """
    with connected(database, _WRITE_S) as connection:
        upgrade(connection, migrations("pg"), database)
        yield as_sqlite(Connection(connection))


def upgrade(
    connection: psycopg.Connection[Any], steps: tuple[str, ...], database: Database
) -> None:
    """Bring a database to version `len(steps)`, all of it or nothing.

    Raises:
        NewerJournalError: when its version is above that.
        UnavailableError: when other steps than these led to where it is.
    """
    digests = [hashlib.sha256(step.encode()).hexdigest() for step in steps]
    done = _done(connection)
    _must_be_ours(done, digests, database)
    if len(done) < len(steps):
        with connection.transaction():
            # Somebody else may do the same, and may be done when we are let in.
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            connection.execute(_LEDGER)
            done = _done(connection)
            for number in range(len(done), len(steps)):
                connection.execute(cast("Any", steps[number]))
                connection.execute(_DONE, (number + 1, digests[number]))
            done += digests[len(done) :]
        _must_be_ours(done, digests, database)


def _must_be_ours(done: list[str], digests: list[str], database: Database) -> None:
    if len(done) > len(digests):
        raise NewerJournalError(_newer(database, len(done), "copies nothing to it"))
    if done != digests[: len(done)]:
        raise UnavailableError(
            f"The tables of the team's database `{database}` were not made by Understudy's own"
            " migrations, so nothing is copied to it."
        )


def _done(connection: psycopg.Connection[Any]) -> list[str]:
    """The digests of the steps that a database has seen, in order."""
    there = connection.execute("SELECT to_regclass('schema_migration')").fetchone()
    if there is None or there[0] is None:
        return []
    return [row[0] for row in connection.execute("SELECT sha256 FROM schema_migration ORDER BY id")]


def _version(connection: psycopg.Connection[Any]) -> int:
    return len(_done(connection))


def _newer(database: Database, version: int, what: str) -> str:
    known = len(migrations("pg"))
    return (
        f"A newer Understudy made the team's database `{database}` (version {version}; this one knows"
        f" {known}), so this one {what}. Update Understudy."
    )


_LEDGER = """
    CREATE TABLE IF NOT EXISTS schema_migration (
        id BIGINT PRIMARY KEY, sha256 TEXT COLLATE "C" NOT NULL)"""
_DONE = "INSERT INTO schema_migration (id, sha256) VALUES (%s, %s)"
