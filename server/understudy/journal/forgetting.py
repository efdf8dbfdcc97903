"""Taking runs out of the journal for good, while others may be writing to it."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.journal.database import open_for_writing, prune, transaction
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

_BATCH = 2_000
_EVER_US = 1 << 62


def forget_before(path: Path, before_us: int) -> int:
    """Delete what began before a time; how many runs there were. Nothing without a journal.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    return _done(path, partial(_prune_all, before_us=before_us))


def forget_everything(path: Path) -> int:
    """Delete all runs and calls; how many runs there were. What was spent stays counted.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    return forget_before(path, _EVER_US)


def forget_model(path: Path, model: str) -> int:
    """Delete a model's calls, attempts and edits, and the runs of which then nothing is left.

    Returns:
        In how many runs it took part.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    return _done(path, partial(_forget_model, model=clean("model", model)))


def _done(path: Path, work: Callable[[sqlite3.Connection], int]) -> int:
    import sqlite3

    if not path.exists():
        return 0
    try:
        with closing(open_for_writing(path)) as connection:
            return work(connection)
    except (sqlite3.Error, OSError) as error:
        raise UnavailableError(f"The journal `{path}` can't be written: {error}.") from error


def _prune_all(connection: sqlite3.Connection, before_us: int) -> int:
    which = {"before_us": before_us}
    runs = int(connection.execute(_COUNT, which).fetchone()[0])
    # Calls can stay behind their runs, and are deleted by their own time.
    while prune(connection, before_us) or connection.execute(_CALLS_LEFT, which).fetchone():
        pass
    return runs


def _forget_model(connection: sqlite3.Connection, model: str) -> int:
    runs = [row[0] for row in connection.execute(_RUNS_OF, {"model": model})]
    for start in range(0, len(runs), _BATCH):
        with transaction(connection):
            for run_id in runs[start : start + _BATCH]:
                for statement in _FORGET:
                    connection.execute(statement, {"run_id": run_id, "model": model})
    connection.execute("PRAGMA incremental_vacuum").fetchall()
    return len(runs)


_COUNT = "SELECT COUNT(*) FROM runs WHERE started_us < :before_us"
_CALLS_LEFT = "SELECT 1 FROM calls WHERE at_us < :before_us LIMIT 1"
_RUNS_OF = """
    SELECT run_id FROM calls WHERE model = :model
    UNION SELECT run_id FROM attempts WHERE model = :model
    UNION SELECT id FROM runs WHERE model = :model"""
_FORGET = (
    "DELETE FROM calls WHERE run_id = :run_id AND model = :model",
    "DELETE FROM attempts WHERE run_id = :run_id AND model = :model",
    """
    DELETE FROM runs WHERE id = :run_id
      AND NOT EXISTS (SELECT 1 FROM calls WHERE run_id = :run_id)
      AND NOT EXISTS (SELECT 1 FROM attempts WHERE run_id = :run_id)""",
)
