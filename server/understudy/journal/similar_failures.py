"""In which runs a model's edits failed alike. Reads and never writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from pathlib import Path

_SINCE_VERSION = 3
_SINCE_STRATEGIES = 9


@dataclass(frozen=True, slots=True)
class Alike:
    """What failures have in common."""

    model: str
    language: str
    category: str
    code: str

    @property
    def values(self) -> dict[str, str]:
        """The same as the journal holds it."""
        fields = ("model", "language", "category", "code")
        return {field: clean(field, getattr(self, field)) for field in fields}


def runs_failed(path: Path, alike: Alike, since_us: int) -> tuple[str, ...]:
    """The ids of the runs in which such an edit was withheld, oldest first.

    Raises:
        UnavailableError: the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return ()
        found = connection.execute(_RUNS, {**alike.values, "since_us": since_us})
        return tuple(str(row["run_id"]) for row in found)


def cleared_by(path: Path, alike: Alike, since_us: int) -> dict[str, tuple[int, int]]:
    """`(cleared, all)` for each strategy that was used on such failures.

    Raises:
        UnavailableError: the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_STRATEGIES:
            return {}
        found = connection.execute(_CLEARED, {**alike.values, "since_us": since_us})
        return {str(row["strategy"]): (int(row["cleared"]), int(row["total"])) for row in found}


_RUNS = """
    SELECT c.run_id, MIN(c.at_us) AS at_us FROM calls c JOIN runs r ON r.id = c.run_id
    WHERE c.model = :model AND c.at_us >= :since_us AND r.language = :language
      AND c.status = 'answered' AND c.category = :category AND c.code = :code
    GROUP BY c.run_id ORDER BY 2, 1"""
_CLEARED = """
    SELECT strategy, COUNT(*) AS total,
           SUM(CASE WHEN result = 'cleared' THEN 1 ELSE 0 END) AS cleared
    FROM strategy_uses
    WHERE model = :model AND at_us >= :since_us AND language = :language
      AND category = :category AND code = :code AND result != 'unanswered'
    GROUP BY strategy"""
