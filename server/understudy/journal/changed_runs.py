"""Which runs are new or changed since they were copied to a team's database.

Noted by whoever stores rows, and only while there is such a database: one that nothing was copied to for
two weeks is forgotten until the next time, which then begins anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.core.clock import DAY_US
from understudy.journal.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from understudy.journal.records import Row

AWAKE_US = 14 * DAY_US

_RUN_OF = {
    "run_id": "",
    "call_id": "SELECT run_id FROM calls WHERE id = :key",
    "edit_id": "SELECT run_id FROM edits WHERE id = :key",
    "attempt_id": "SELECT run_id FROM attempts WHERE id = :key",
    "subject": """
        SELECT run_id FROM calls WHERE id = :key UNION ALL
        SELECT run_id FROM edits WHERE id = :key""",
}
"""By what a row names its run, and the query that tells it; those first that tell it at once."""


class Changed(NamedTuple):
    """A run as it was at one of its changes."""

    run_id: str
    revision: int


def note_changed(connection: sqlite3.Connection, rows: Iterable[Row], now_us: int) -> None:
    """Note the runs to which rows belong, for every database. Within a transaction."""
    alive = {"alive_us": now_us - AWAKE_US}
    if connection.execute(_ANY, alive).fetchone() is None:
        return
    keys = {found for row in rows if (found := _key(row)) is not None}
    runs = set()
    for query, key in keys:
        told = connection.execute(query, {"key": key}).fetchone() if query else (key,)
        if told is not None:
            runs.add(told[0])
    connection.executemany(_NOTE, [{**alive, "run_id": run} for run in sorted(runs)])


def _key(row: Row) -> tuple[str, str] | None:
    for name, query in _RUN_OF.items():
        key = getattr(row, name, None)
        if isinstance(key, str) and key:
            return query, key
    return None


def register(connection: sqlite3.Connection, target: str, now_us: int) -> None:
    """Have changes noted for a database from now on, and all that is there copied."""
    which = {"target": target, "now_us": now_us, "alive_us": now_us - AWAKE_US}
    with transaction(connection):
        if connection.execute(_IS_AWAKE, which).fetchone() is None:
            connection.execute(_FORGET, which)
            connection.execute(_BEGIN, which)


def begin_anew(connection: sqlite3.Connection, target: str) -> None:
    """Have everything copied once more."""
    with transaction(connection):
        connection.execute(_FORGET, {"target": target})


def next_changed(connection: sqlite3.Connection, target: str, most: int) -> list[Changed]:
    """Runs that ended and changed since they were copied."""
    found = connection.execute(_CHANGED, {"target": target, "most": most}).fetchall()
    return [Changed(*row) for row in found]


def next_unswept(connection: sqlite3.Connection, target: str, most: int) -> list[str]:
    """Runs that ended, and were there before changes were noted."""
    found = connection.execute(_UNSWEPT, {"target": target, "most": most}).fetchall()
    return [str(row[0]) for row in found]


def done(connection: sqlite3.Connection, target: str, runs: Sequence[Changed], now_us: int) -> None:
    """Runs are copied as they were when they were listed."""
    with transaction(connection):
        connection.executemany(_DONE, [{"target": target, **run._asdict()} for run in runs])
        connection.execute(_REACHED, {"target": target, "now_us": now_us})


def swept(connection: sqlite3.Connection, target: str, last: str, now_us: int) -> None:
    """All runs up to one are copied, in the order of their ids."""
    with transaction(connection):
        connection.execute(_SWEPT, {"target": target, "last": last})
        connection.execute(_REACHED, {"target": target, "now_us": now_us})


def tidy(connection: sqlite3.Connection, target: str, now_us: int) -> None:
    """Everything is copied; what is no longer there need not be."""
    with transaction(connection):
        connection.execute(_GONE, {"target": target})
        connection.execute(_REACHED, {"target": target, "now_us": now_us})


_ANY = "SELECT 1 FROM push_targets WHERE at_us >= :alive_us LIMIT 1"
_NOTE = """
    INSERT INTO unpushed (target, run_id, revision)
    SELECT target, :run_id, 1 FROM push_targets WHERE at_us >= :alive_us
    ON CONFLICT (target, run_id) DO UPDATE SET revision = revision + 1"""
_IS_AWAKE = "SELECT 1 FROM push_targets WHERE target = :target AND at_us >= :alive_us"
_FORGET = "DELETE FROM push_targets WHERE target = :target"
_BEGIN = """
    INSERT INTO push_targets (target, swept, until, at_us)
    VALUES (:target, '', (SELECT COALESCE(MAX(id), '') FROM runs), :now_us)"""
_CHANGED = """
    SELECT u.run_id, u.revision FROM unpushed u JOIN runs r ON r.id = u.run_id
    WHERE u.target = :target AND r.status <> '' ORDER BY u.run_id LIMIT :most"""
_UNSWEPT = """
    SELECT r.id FROM push_targets t JOIN runs r ON r.id > t.swept AND r.id <= t.until
    WHERE t.target = :target AND r.status <> '' ORDER BY r.id LIMIT :most"""
_DONE = """
    DELETE FROM unpushed
    WHERE target = :target AND run_id = :run_id AND revision = :revision"""
_SWEPT = "UPDATE push_targets SET swept = :last WHERE target = :target AND swept < :last"
_REACHED = "UPDATE push_targets SET at_us = :now_us WHERE target = :target"
_GONE = """
    DELETE FROM unpushed WHERE target = :target
      AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = unpushed.run_id)"""
