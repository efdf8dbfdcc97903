"""What the journal knows of lessons: their uses, when they were seen, and what a person said."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.trials import SAYS_NOTHING
from understudy.learning.evidence import Use

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from understudy.journal.postgres import Where

SINCE_VERSION = 8
_MOST_ROWS = 50_000
_MOST_OF_ONE = 2_000
"""Of each lesson, so that what is known of those that are seldom used is not lost among the others."""
_NOTHING_SAID = frozenset(each.value for each in SAYS_NOTHING)


@dataclass(frozen=True, slots=True)
class Seen:
    """When a lesson's failure was seen.

    Attributes:
        first_us / last_us / opened_us: the first time, the last one, and when the window began.
        count: how often, as far as the journal reaches back.
        state: how the lesson stood when that was last noted; empty for never.
    """

    first_us: int = 0
    last_us: int = 0
    opened_us: int = 0
    count: int = 0
    state: str = ""

    @property
    def came_back_us(self) -> int:
        """When the failure came back after its window; 0 when it did not."""
        return self.opened_us if self.opened_us > self.first_us else 0


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong in a call with a lesson, to be compared with its trigger."""

    category: str
    code: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Counted:
    """One use of a lesson with the failure that it ended in; None for one that went well."""

    digest: str
    model: str
    use: Use
    failed: Failed | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Recalled:
    """All that is known, by the lessons' identities.

    Attributes:
        said: when a person said something, by lesson, workspace and decision, with the digest of what
            the lesson said then.
        failures: `(category, code)` of what went wrong, by language.
    """

    uses: Mapping[str, tuple[Counted, ...]] = field(default_factory=lambda: MappingProxyType({}))
    seen: Mapping[str, Seen] = field(default_factory=lambda: MappingProxyType({}))
    said: Mapping[tuple[str, str, str], tuple[str, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    failures: Mapping[str, frozenset[tuple[str, str]]] = field(
        default_factory=lambda: MappingProxyType({})
    )


NOTHING = Recalled()


def recall(path: Where) -> Recalled:
    """What a journal knows of lessons; nothing without one. Reads the disk.

    Raises:
        UnavailableError: it can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < SINCE_VERSION:
            return NOTHING
        seen = {row["lesson"]: Seen(*tuple(row)[1:]) for row in connection.execute(_SEEN)}
        said = {tuple(row)[:3]: (row["digest"], row["at_us"]) for row in connection.execute(_SAID)}
        uses: dict[str, list[Counted]] = {}
        for lesson, counted in _counted(connection):
            uses.setdefault(lesson, []).append(counted)
        failures: dict[str, set[tuple[str, str]]] = {}
        for row in connection.execute(_FAILURES):
            failures.setdefault(row["language"], set()).add((row["category"], row["code"]))
    return Recalled(
        {one: tuple(many) for one, many in uses.items()},
        seen,
        said,
        {language: frozenset(many) for language, many in failures.items()},
    )


def _counted(connection: sqlite3.Connection) -> Iterator[tuple[str, Counted]]:
    """The first telling call of each model in each run: the later ones were told what was wrong."""
    undone = {(row["run_id"], row["model"]) for row in connection.execute(_UNDONE)}
    known: set[tuple[str, str, str]] = set()
    newest = connection.execute(_USES, {"most": _MOST_ROWS, "most_of_one": _MOST_OF_ONE}).fetchall()
    for row in reversed(newest):
        key = (row["lesson"], row["run_id"], row["model"])
        category = row["category"]
        if key in known or row["status"] != "answered" or category in _NOTHING_SAID:
            continue
        known.add(key)
        gone = (row["run_id"], row["model"]) in undone
        failed = Failed(category, row["code"], row["fingerprint"]) if category else None
        use = Use(
            at_us=row["at_us"],
            run=row["run_id"],
            role="in" if row["role"] == "in" else "held_out",
            good=not category and not gone,
            harm=False,
            revision=row["revision"],
        )
        yield row["lesson"], Counted(row["digest"], row["model"], use, failed, gone)


_SEEN = """
    SELECT l.lesson, l.first_us, COALESCE(MAX(s.at_us), l.opened_us), l.opened_us, COUNT(s.at_us),
           l.state
    FROM lessons l LEFT JOIN lesson_sightings s ON s.lesson = l.lesson
    GROUP BY l.lesson, l.first_us, l.opened_us, l.state"""
_SAID = "SELECT lesson, workspace, decision, digest, at_us FROM lesson_decisions"
# A run that goes on may still turn out well.
_USES = """
    WITH used AS (
        SELECT l.lesson, l.digest, l.role, l.revision, c.run_id, c.model, c.at_us, c.number, c.id,
               c.status, c.category, c.code, c.fingerprint,
               ROW_NUMBER() OVER (
                   PARTITION BY l.lesson ORDER BY c.at_us DESC, c.number DESC, c.id DESC) AS place
        FROM call_lessons l JOIN calls c ON c.id = l.call_id JOIN runs r ON r.id = c.run_id
        WHERE r.status != '')
    SELECT lesson, digest, role, revision, run_id, model, at_us, status, category, code, fingerprint
    FROM used WHERE place <= :most_of_one
    ORDER BY at_us DESC, number DESC, id DESC LIMIT :most"""
# What was undone and done again counts as kept; a diagnostic that came back is never forgotten.
_UNDONE = """
    SELECT e.run_id, e.model FROM edits e JOIN outcomes o ON o.edit_id = e.id
    WHERE e.run_id IN (SELECT c.run_id FROM call_lessons l JOIN calls c ON c.id = l.call_id)
    GROUP BY e.id, e.run_id, e.model
    HAVING MAX(CASE WHEN o.what = 'diagnostic_back' THEN 1 ELSE 0 END) = 1 OR
           MAX(CASE WHEN o.what = 'undone' THEN o.at_us ELSE 0 END) >
           MAX(CASE WHEN o.what IN ('applied', 'kept') THEN o.at_us ELSE 0 END)"""
_FAILURES = """
    SELECT DISTINCT r.language, c.category, c.code FROM calls c JOIN runs r ON r.id = c.run_id
    WHERE c.status = 'answered' AND c.category != ''"""
