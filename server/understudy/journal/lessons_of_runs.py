"""The lessons that counted for the questions of a run. Reads and never writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.journal.database import version_of

if TYPE_CHECKING:
    import sqlite3

_SINCE_VERSION = 8


@dataclass(frozen=True, slots=True)
class LessonOfRun:
    """A lesson of a run.

    Attributes:
        lesson: a digest of what makes two lessons the same.
        role: `in`, or `held_out` where it was left out to see how it goes without.
    """

    lesson: str
    model: str
    role: str


def lessons_of_run(connection: sqlite3.Connection, run_id: str) -> tuple[LessonOfRun, ...]:
    """The lessons of a run, each once for each model."""
    if version_of(connection) < _SINCE_VERSION:
        return ()
    found = connection.execute(_OF_RUN, {"run_id": run_id}).fetchall()
    return tuple(LessonOfRun(row["lesson"], row["model"], row["role"]) for row in found)


_OF_RUN = """
    SELECT l.lesson, c.model, l.role, MIN(c.number) AS place
    FROM calls c JOIN call_lessons l ON l.call_id = c.id
    WHERE c.run_id = :run_id
    GROUP BY l.lesson, c.model, l.role ORDER BY place, l.lesson"""
