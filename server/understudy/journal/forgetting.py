"""Taking runs out of the journal for good, while others may be writing to it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US, HOUR_US
from understudy.journal import rollup_sql
from understudy.journal.changing import changing
from understudy.journal.database import transaction
from understudy.journal.model_tally import EVER_US
from understudy.journal.pruning import delete_rows, prune, vacuum
from understudy.journal.text_keeping import forget_texts, forget_unused_texts
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from understudy.config.journal_settings import ContentLevel

_BATCH = 2_000


def forget_before(path: Path, before_us: int, *, sums: bool = False) -> int:
    """Delete the runs of days that were over before a time; how many there were.

    Args:
        path: the journal's file; where there is none, nothing is done.
        before_us: microseconds since 1970.
        sums: whether the sums of these days go too.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    return _done(path, partial(_forget_days, before=before_us // DAY_US * 24, sums=sums))


def forget_everything(path: Path) -> int:
    """Delete all runs, calls and sums; how many runs there were. What was spent stays counted.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    return _done(path, _forget_everything)


def forget_model(path: Path, model: str) -> int:
    """Delete a model's calls, attempts and edits, and the runs of which then nothing is left.

    Returns:
        In how many runs it took part.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    return _done(path, partial(_forget_model, model=clean("model", model)))


def purge_texts(path: Path, level: ContentLevel, before_us: int = EVER_US) -> int:
    """Delete texts that a level would not keep, if they were last used before a time.

    Returns:
        How many.

    Raises:
        UnavailableError: when the journal can't be written.
    """

    def work(connection: sqlite3.Connection) -> int:
        number = forget_texts(connection, level, before_us)
        _free_all(connection)
        return number

    return _done(path, work)


def _done(path: Path, work: Callable[[sqlite3.Connection], int]) -> int:
    if not path.exists():
        return 0
    with changing(path) as connection:
        return work(connection)


def _forget_days(connection: sqlite3.Connection, before: int, *, sums: bool) -> int:
    before_us = before * HOUR_US
    runs = int(connection.execute(_COUNT, {"before_us": before_us}).fetchone()[0])
    while prune(connection, before_us, time.time_ns() // 1_000):
        pass
    if sums:
        with transaction(connection):
            for statement in rollup_sql.FORGET:
                connection.execute(statement, {"before": before})
    _free_all(connection)
    return runs


def _forget_everything(connection: sqlite3.Connection) -> int:
    runs = int(connection.execute(_COUNT, {"before_us": EVER_US}).fetchone()[0])
    with transaction(connection):
        # First, so that no reader counts a day by sums whose rows are already gone.
        for statement in rollup_sql.FORGET:
            connection.execute(statement, {"before": EVER_US})
    more = True
    while more:
        with transaction(connection):
            _, more = delete_rows(connection, EVER_US)
    _free_all(connection)
    return runs


def _forget_model(connection: sqlite3.Connection, model: str) -> int:
    runs = [row[0] for row in connection.execute(_RUNS_OF, {"model": model})]
    now_us = time.time_ns() // 1_000
    with transaction(connection):
        for statement in rollup_sql.FORGET_MODEL:
            connection.execute(statement, {"model": model})
    for start in range(0, len(runs), _BATCH):
        with transaction(connection):
            for run_id in runs[start : start + _BATCH]:
                which = {"run_id": run_id, "model": model}
                begun = connection.execute(rollup_sql.BEGUN_OF_RUN, {"key": run_id}).fetchone()
                if begun is not None:
                    reopened = {"hour": begun[0] // HOUR_US, "now_us": now_us}
                    connection.execute(rollup_sql.OPEN, reopened)
                for statement in _FORGET:
                    connection.execute(statement, which)
    _free_all(connection)
    return len(runs)


def _free_all(connection: sqlite3.Connection) -> None:
    forget_unused_texts(connection)
    vacuum(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


_COUNT = "SELECT COUNT(*) FROM runs WHERE started_us < :before_us"
_RUNS_OF = """
    SELECT run_id FROM calls WHERE model = :model
    UNION SELECT run_id FROM attempts WHERE model = :model
    UNION SELECT id FROM runs WHERE model = :model"""
_FORGET = (
    "DELETE FROM calls WHERE run_id = :run_id AND model = :model",
    "DELETE FROM edits WHERE run_id = :run_id AND model = :model",
    "DELETE FROM attempts WHERE run_id = :run_id AND model = :model",
    "DELETE FROM strategy_uses WHERE run_id = :run_id AND model = :model",
    """
    DELETE FROM runs WHERE id = :run_id
      AND NOT EXISTS (SELECT 1 FROM calls WHERE run_id = :run_id)
      AND NOT EXISTS (SELECT 1 FROM attempts WHERE run_id = :run_id)""",
)
