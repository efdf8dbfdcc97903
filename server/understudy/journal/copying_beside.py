"""Copying what hangs on no run: events, and what is remembered of lessons.

Several machines write about the same lesson. What was seen, and how a lesson came to stand as it does, is
put together; of what was said of it, the newest counts; and it stands as the newest change says. What one
machine took back or forgot stays there, as runs do.
"""

# ruff: noqa: S608 - statements are put together of names of our own tables and columns

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from understudy.journal.database import snapshot, transaction
from understudy.journal.rollup_sql import insert

if TYPE_CHECKING:
    import sqlite3

_MOST_EVENTS = 1_000


class _Table(NamedTuple):
    """Rows about lessons, and what is done with one whose key is there already."""

    name: str
    columns: tuple[str, ...]
    conflict: str


# What others refer to comes first.
_LESSONS = (
    _Table(
        "lessons",
        ("lesson", "first_us", "opened_us", "state"),
        """(lesson) DO UPDATE SET
           first_us = CASE WHEN lessons.first_us = 0 OR (EXCLUDED.first_us > 0 AND
                                EXCLUDED.first_us < lessons.first_us)
                           THEN EXCLUDED.first_us ELSE lessons.first_us END,
           opened_us = CASE WHEN EXCLUDED.opened_us > lessons.opened_us
                            THEN EXCLUDED.opened_us ELSE lessons.opened_us END""",
    ),
    _Table("lesson_sightings", ("lesson", "run_id", "at_us"), "DO NOTHING"),
    _Table(
        "lesson_decisions",
        ("lesson", "workspace", "decision", "digest", "at_us"),
        """(lesson, workspace, decision) DO UPDATE SET
           digest = EXCLUDED.digest, at_us = EXCLUDED.at_us
           WHERE lesson_decisions.at_us < EXCLUDED.at_us""",
    ),
    _Table(
        "lesson_changes",
        (
            *("id", "lesson", "at_us", "state", "why"),
            *("good", "total", "held_good", "held_total"),
        ),
        "DO NOTHING",
    ),
)


def copy_events(
    local: sqlite3.Connection, remote: sqlite3.Connection, target: str, owner: str
) -> int:
    """Copy events that are new, at most so many; how many there were.

    Those about a collector of OpenTelemetry stay here: they tell where it is.
    """
    which = {"target": target, "most": _MOST_EVENTS}
    found = local.execute(_NEW_EVENTS, which).fetchall()
    if not found:
        return 0
    told = [
        dict(zip(("at_us", "kind", "subject", "number"), row[1:], strict=True)) for row in found
    ]
    with transaction(remote):
        remote.executemany(
            _PUT_EVENT, [{**one, "owner": owner} for one in told if not _is_private(one)]
        )
    with transaction(local):
        local.execute(_EVENTS_REACHED, {"target": target, "rev": found[-1][0]})
    return len(found)


def copy_lessons(local: sqlite3.Connection, remote: sqlite3.Connection, target: str) -> bool:
    """Copy what is remembered of lessons, if it changed since; whether it did."""
    with snapshot(local):
        rows = {one: _rows(local, one) for one in _LESSONS}
        before = local.execute(_LESSONS_COPIED, {"target": target}).fetchone()
    now = hashlib.sha256(json.dumps([*rows.values()]).encode()).hexdigest()[:32]
    if before is None or before[0] == now or not any(rows.values()):
        return False
    with transaction(remote):
        for table, found in rows.items():
            sql = f"{insert(table.name, table.columns)} ON CONFLICT {table.conflict}"
            remote.executemany(sql, [dict(zip(table.columns, row, strict=True)) for row in found])
        remote.execute(_STAND)
    with transaction(local):
        local.execute(_LESSONS_REACHED, {"target": target, "digest": now})
    return True


def _rows(local: sqlite3.Connection, table: _Table) -> list[tuple[Any, ...]]:
    columns = ", ".join(table.columns)
    found = local.execute(f"SELECT {columns} FROM {table.name} ORDER BY {columns}")
    return [tuple(row) for row in found]


def _is_private(event: dict[str, Any]) -> bool:
    return str(event["kind"]).startswith("otlp_")


_NEW_EVENTS = """
    SELECT e.rev, e.at_us, e.kind, e.subject, e.number
    FROM events e JOIN push_targets t ON e.rev > t.events_rev
    WHERE t.target = :target ORDER BY e.rev LIMIT :most"""
# An event has no name of its own; the same one is not copied twice.
_PUT_EVENT = """
    INSERT INTO events (at_us, kind, subject, number, owner)
    SELECT CAST(:at_us AS BIGINT), CAST(:kind AS TEXT), CAST(:subject AS TEXT),
           CAST(:number AS DOUBLE PRECISION), CAST(:owner AS TEXT)
    WHERE NOT EXISTS (SELECT 1 FROM events WHERE at_us = :at_us AND kind = :kind
                      AND subject = :subject AND owner = :owner)"""
_EVENTS_REACHED = "UPDATE push_targets SET events_rev = :rev WHERE target = :target"
_LESSONS_COPIED = "SELECT lessons FROM push_targets WHERE target = :target"
_LESSONS_REACHED = "UPDATE push_targets SET lessons = :digest WHERE target = :target"
_STAND = """
    UPDATE lessons SET state = (
        SELECT c.state FROM lesson_changes c WHERE c.lesson = lessons.lesson
        ORDER BY c.at_us DESC, c.id DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM lesson_changes c WHERE c.lesson = lessons.lesson)"""
