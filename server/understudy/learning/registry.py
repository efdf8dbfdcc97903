"""What is remembered of lessons beside their files, in tables of the journal.

Several processes may see the same failure at once: for each window exactly one of them is told that
it was the first. Times are microseconds since 1970 in UTC, so neither zones nor summer time matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from understudy.core.clock import DAY_US
from understudy.core.ids import new_id
from understudy.journal.changing import changing
from understudy.journal.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from understudy.learning.standing import Standing

T = TypeVar("T")

Seen = Literal["new", "again", "reopened"]
"""The first time; within the window; or after it, which opens the next one."""
Decision = Literal["accepted", "rejected", "off", "resumed"]


@dataclass(frozen=True, slots=True)
class Registry:
    """The tables of one journal. Every function opens the file, and may block.

    Attributes:
        path: of the journal.
        now_us: the clock.

    Raises (each function):
        UnavailableError: the journal can't be read or written.
    """

    path: Path
    now_us: Callable[[], int]

    def sight(self, lesson: str, run: str, window_days: int, *, held_out: bool = False) -> Seen:
        """Note that a lesson's failure happened.

        Args:
            lesson: the lesson's identity.
            run: in which it happened.
            window_days: for how long the same failure is no news, from the first one on.
            held_out: whether the lesson was left out of that run on purpose. Then its failure says
                nothing against it, so it is counted, and opens no window.
        """
        now_us = self.now_us()
        if held_out:
            return self._do(lambda db: _count(db, (lesson, run), now_us))
        return self._do(lambda db: _sight(db, (lesson, run), now_us, window_days * DAY_US))

    def decide(
        self, lesson: str, decision: Decision, digest: str = "", workspace: str = ""
    ) -> None:
        """Note what a person said of a lesson; empty `workspace` for all of them.

        Args:
            lesson: the lesson's identity.
            decision: what was said. To accept takes back an earlier rejection.
            digest: of what the lesson says.
            workspace: the id of the workspace that it is said for.
        """
        values = {"lesson": lesson, "workspace": workspace, "decision": decision}
        stamped = values | {"digest": digest, "at_us": self.now_us()}

        def step(db: sqlite3.Connection) -> None:
            db.execute(_DECIDE, stamped)
            if decision in {"accepted", "resumed"}:
                db.execute(_TAKE_BACK, values | {"decision": "rejected"})
                db.execute(_TAKE_BACK, values | {"decision": "off"})

        self._do(step)

    def rename(self, lesson: str, into: str) -> None:
        """Hand all that is known of one lesson to another, with which it was merged."""

        def step(db: sqlite3.Connection) -> None:
            values = {"lesson": lesson, "into": into}
            for sql in _HAND_OVER:
                db.execute(sql, values)

        self._do(step)

    def reword(self, lesson: str, into: str) -> None:
        """Hand what is known of a lesson to the same one in other words, which make it another.

        Where it was switched off it stays so.
        """
        values = {"lesson": lesson, "into": into}
        self._do(lambda db: db.execute(_STAYS_OFF, values))
        self.rename(lesson, into)

    def note(self, lesson: str, standing: Standing) -> str | None:
        """Note how a lesson stands, as a change with its numbers.

        Returns:
            The state before; None when nothing changed, or another process noted it first.
        """
        now_us = self.now_us()
        return self._do(lambda db: _note(db, lesson, standing, now_us))

    def require_writable(self) -> None:
        """Make sure that something can be noted, before anything else is changed.

        Raises:
            UnavailableError: it can't. A damaged journal is moved aside.
        """
        self._do(lambda db: db.execute("SELECT count(*) FROM lesson_decisions").fetchone())

    def _do(self, step: Callable[[sqlite3.Connection], T]) -> T:
        with changing(self.path) as db, transaction(db):
            return step(db)


def _sight(db: sqlite3.Connection, which: tuple[str, str], now_us: int, window_us: int) -> Seen:
    lesson, run = which
    values = {"lesson": lesson, "run": run, "now_us": now_us, "old_us": now_us - window_us}
    seen: Seen = "again"
    # Each statement changes a row in one process alone, whoever comes at the same time.
    if db.execute(_FIRST, values).rowcount or db.execute(_BEGIN, values).rowcount:
        seen = "new"
    elif db.execute(_REOPEN, values).rowcount:
        seen = "reopened"
    db.execute(_SIGHT, values)
    return seen


def _count(db: sqlite3.Connection, which: tuple[str, str], now_us: int) -> Seen:
    lesson, run = which
    values = {"lesson": lesson, "run": run, "now_us": now_us}
    db.execute(_UNSEEN, values)
    db.execute(_SIGHT, values)
    return "again"


def _note(db: sqlite3.Connection, lesson: str, now: Standing, now_us: int) -> str | None:
    found = db.execute("SELECT state FROM lessons WHERE lesson = :lesson", {"lesson": lesson})
    row = found.fetchone()
    before = "" if row is None else str(row[0])
    if before == now.state:
        return None
    evidence = now.evidence
    values = {"lesson": lesson, "now_us": now_us, "state": now.state, "why": now.why}
    db.execute(_UNSEEN, values)
    db.execute("UPDATE lessons SET state = :state WHERE lesson = :lesson", values)
    numbers = {
        "id": new_id(),
        "good": evidence.good,
        "total": evidence.total,
        "held_good": evidence.held_good,
        "held_total": evidence.held_total,
    }
    db.execute(_CHANGE, values | numbers)
    db.execute(_EVENT, values | {"kind": f"lesson_{now.state}", "bound": now.bound})
    return before


_FIRST = """
    INSERT INTO lessons (lesson, first_us, opened_us, state)
    VALUES (:lesson, :now_us, :now_us, '') ON CONFLICT DO NOTHING"""
# A lesson that was written before its failure was ever seen.
_UNSEEN = """
    INSERT INTO lessons (lesson, first_us, opened_us, state) VALUES (:lesson, 0, 0, '')
    ON CONFLICT DO NOTHING"""
_BEGIN = """
    UPDATE lessons SET first_us = :now_us, opened_us = :now_us
    WHERE lesson = :lesson AND opened_us = 0"""
_REOPEN = """
    UPDATE lessons SET opened_us = :now_us WHERE lesson = :lesson AND opened_us <= :old_us"""
_SIGHT = """
    INSERT INTO lesson_sightings (lesson, run_id, at_us) VALUES (:lesson, :run, :now_us)
    ON CONFLICT DO NOTHING"""
_DECIDE = """
    INSERT INTO lesson_decisions (lesson, workspace, decision, digest, at_us)
    VALUES (:lesson, :workspace, :decision, :digest, :at_us)
    ON CONFLICT (lesson, workspace, decision)
    DO UPDATE SET digest = excluded.digest, at_us = excluded.at_us"""
_TAKE_BACK = """
    DELETE FROM lesson_decisions
    WHERE lesson = :lesson AND workspace = :workspace AND decision = :decision"""
_STAYS_OFF = """
    INSERT INTO lesson_decisions (lesson, workspace, decision, digest, at_us)
    SELECT :into, workspace, decision, digest, at_us FROM lesson_decisions
    WHERE lesson = :lesson AND decision = 'off' ON CONFLICT DO NOTHING"""
_CHANGE = """
    INSERT INTO lesson_changes (id, lesson, at_us, state, why, good, total, held_good, held_total)
    VALUES (:id, :lesson, :now_us, :state, :why, :good, :total, :held_good, :held_total)"""
_EVENT = """
    INSERT INTO events (at_us, kind, subject, number) VALUES (:now_us, :kind, :lesson, :bound)"""
_HAND_OVER = (
    """INSERT INTO lessons (lesson, first_us, opened_us, state)
       SELECT :into, first_us, opened_us, '' FROM lessons WHERE lesson = :lesson
       ON CONFLICT DO NOTHING""",
    """INSERT INTO lesson_sightings (lesson, run_id, at_us)
       SELECT :into, run_id, at_us FROM lesson_sightings WHERE lesson = :lesson
       ON CONFLICT DO NOTHING""",
    "DELETE FROM lessons WHERE lesson = :lesson",
)
