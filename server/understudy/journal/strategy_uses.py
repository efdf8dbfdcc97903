"""How strategies did. Every function reads and never writes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.strategy_records import StrategyUse

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_SINCE_VERSION = 9
MOST_USES = 5_000


@dataclass(frozen=True, slots=True)
class Used:
    """A use of a strategy, with what became of its run.

    Attributes:
        task: of the run.
        solved: 1 where the run ended with an edit or words that could be shown, else 0.
    """

    run_id: str
    at_us: int
    strategy: str
    model: str
    language: str
    category: str
    code: str
    fingerprint: str
    step: int
    result: str
    tokens: int
    seconds: float
    task: str
    solved: int

    @property
    def cleared(self) -> bool:
        """Whether nothing was wrong any more."""
        return self.result == "cleared"


def strategy_uses(path: Path, *, since_us: int = 0, most: int = MOST_USES) -> tuple[Used, ...]:
    """The newest uses that say something about their strategy, oldest first; none without a journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return ()
        found = connection.execute(_USES, {"since_us": since_us, "most": most}).fetchall()
        # In the order of the fields.
        return tuple(Used(*row) for row in reversed(found))


def uses_of_run(connection: sqlite3.Connection, run_id: str) -> tuple[StrategyUse, ...]:
    """The strategies of a run, in the order in which they were used."""
    if version_of(connection) < _SINCE_VERSION:
        return ()
    names = [one.name for one in fields(StrategyUse)]
    found = connection.execute(_OF_RUN, {"run_id": run_id}).fetchall()
    return tuple(StrategyUse(**{name: row[name] for name in names}) for row in found)


_USES = """
    SELECT u.run_id, u.at_us, u.strategy, u.model, u.language, u.category, u.code, u.fingerprint,
           u.step, u.result, u.tokens, u.seconds, r.task,
           CASE WHEN r.status IN ('offered', 'told') THEN 1 ELSE 0 END AS solved
    FROM strategy_uses u JOIN runs r ON r.id = u.run_id
    WHERE u.at_us >= :since_us AND u.result <> 'unanswered'
    ORDER BY u.at_us DESC, u.run_id DESC, u.number DESC LIMIT :most"""
_OF_RUN = "SELECT * FROM strategy_uses WHERE run_id = :run_id ORDER BY number"
