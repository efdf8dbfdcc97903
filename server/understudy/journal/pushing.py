"""Copying what is new or changed to a team's database. The file stays the truth; runs wait there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.clock import now_us
from understudy.journal import changed_runs, team_journal
from understudy.journal.changing import changing
from understudy.journal.copying import Copying, Terms
from understudy.journal.copying_beside import copy_events, copy_lessons
from understudy.journal.rolling import count_next

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from understudy.journal.postgres import Database

MOST_RUNS = 200
"""In one transaction."""
_MOST_COUNTED = 24
"""Stretches whose sums are made at one time: others will make the rest."""

USUAL = Terms()


def never() -> bool:
    """Nothing stops it."""
    return False


@dataclass(frozen=True, slots=True)
class Pushing:
    """From where to where.

    Attributes:
        path: the journal's file.
        stop: looked at between two batches.
    """

    path: Path
    database: Database
    terms: Terms = USUAL
    stop: Callable[[], bool] = never

    @property
    def target(self) -> str:
        """A digest of the database and of what is copied: other terms begin anew."""
        parts = self.database.parts()
        where = [str(parts.get(one) or "") for one in ("host", "port", "dbname", "user", "options")]
        words = "\n".join([*where, self.terms.owner, self.terms.level])
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def push(what: Pushing, *, anew: bool = False) -> int:
    """Copy runs that ended, and what hangs on no run; how many runs.

    Args:
        what: from where to where.
        anew: also those that are copied already.

    Raises:
        UnavailableError: when the database or the file can't be written. What was copied stays, and the
            rest is copied the next time.
    """
    if not what.path.exists():
        return 0
    target = what.target
    with team_journal.writing(what.database) as remote, changing(what.path) as local:
        if anew:
            changed_runs.begin_anew(local, target)
        changed_runs.register(local, target, now_us())
        copying = Copying(local, remote, what.terms)
        number = 0
        while not what.stop():
            copied = _changed(copying, target) or _unswept(copying, target)
            if not copied:
                changed_runs.tidy(local, target, now_us())
                break
            number += copied
        _copy_beside(copying, what)
        _count(remote, what.stop)
    return number


def _changed(copying: Copying, target: str) -> int:
    runs = changed_runs.next_changed(copying.local, target, MOST_RUNS)
    if runs:
        copying.copy([one.run_id for one in runs], now_us())
        changed_runs.done(copying.local, target, runs, now_us())
    return len(runs)


def _unswept(copying: Copying, target: str) -> int:
    runs = changed_runs.next_unswept(copying.local, target, MOST_RUNS)
    if runs:
        copying.copy(runs, now_us())
        changed_runs.swept(copying.local, target, runs[-1], now_us())
    return len(runs)


def _copy_beside(copying: Copying, what: Pushing) -> None:
    """Events and lessons, once the runs are there that these are about."""
    target, owner = what.target, what.terms.owner
    while not what.stop():
        if not copy_events(copying.local, copying.remote, target, owner):
            copy_lessons(copying.local, copying.remote, target)
            return


def _count(remote: sqlite3.Connection, stop: Callable[[], bool]) -> None:
    for _ in range(_MOST_COUNTED):
        if stop() or not count_next(remote, now_us()):
            return
