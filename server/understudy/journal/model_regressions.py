"""Models that do worse this week than before, and whom that was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.binomial import wilson
from understudy.core.clock import DAY_US
from understudy.journal import model_stats_sql as sql
from understudy.journal.changing import changing
from understudy.journal.database import snapshot, transaction, version_of
from understudy.journal.model_stats import SINCE_VERSION, shares
from understudy.journal.model_tally import Scope, days_before, parameters
from understudy.journal.reading import reading
from understudy.journal.run_text import SHORT_ID

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

WEEK_US = 7 * DAY_US
_WEEK, _MONTH = 7, 30
_DROP = 0.15
_FEWEST = 8
"""Fewer runs in a week are never an alarm."""
_MOST_EXAMPLES = 3
_TOLD = "regression_told"


@dataclass(frozen=True, slots=True)
class Share:
    """In how many runs a model took part, and how many of them it solved."""

    runs: int
    solved: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what its rate lies with 95 % confidence."""
        return wilson(self.solved, self.runs)


@dataclass(frozen=True, slots=True)
class Regression:
    """A model whose proved share fell.

    Attributes:
        week, month: of the last 7 and of the last 30 days, the week among them.
        examples: ids of runs of this week that it did not solve, the newest first.
    """

    model: str
    week: Share
    month: Share
    examples: tuple[str, ...]

    @property
    def told(self) -> str:
        """The alarm as a sentence, with where to look."""
        before = f"{self.month.solved} of {self.month.runs}"
        now = f"{self.week.solved} of {self.week.runs}"
        shown = ", ".join(f"`{one[:SHORT_ID]}`" for one in self.examples)
        return (
            f"`{self.model}` does worse than it did: it solved {now} in the last 7 days, and"
            f" {before} in the last 30. Examples: {shown} (`understudy runs show ID`)."
        )


def regressions(path: Path, now_us: int) -> tuple[Regression, ...]:
    """The models whose 7-day lower bound is more than 15 points below that of 30 days.

    Fewer runs have a lower bound by themselves, so the week must also be worse than the rest of the
    month by more than chance: its upper bound lies below the rate of the days before.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < SINCE_VERSION:
            return ()
        with snapshot(connection):
            of_week = shares(connection, Scope(since_us=days_before(now_us, _WEEK)))
            of_month = shares(connection, Scope(since_us=days_before(now_us, _MONTH)))
            found = []
            for model, counts in of_month.items():
                week, month = Share(*of_week.get(model, (0, 0))), Share(*counts)
                if fell(week, month):
                    examples = _examples(connection, model, now_us)
                    found.append(Regression(model, week, month, examples))
        return tuple(found)


def fell(week: Share, month: Share) -> bool:
    """Whether a week is that much worse than the month that it belongs to."""
    older, solved = month.runs - week.runs, month.solved - week.solved
    if week.runs < _FEWEST or older < _FEWEST:
        return False
    return month.bounds[0] - week.bounds[0] > _DROP and week.bounds[1] < solved / older


def claim(path: Path, model: str, now_us: int) -> bool:
    """Whether it falls to the caller to tell about a model: to one program, and once a week.

    Raises:
        UnavailableError: when that can't be written down.
    """
    which = {"kind": _TOLD, "model": model, "since_us": now_us - WEEK_US, "now_us": now_us}
    with changing(path) as connection, transaction(connection):
        told = connection.execute(_TOLD_SINCE, which).fetchone()
        if told is None:
            connection.execute(_TELL, which)
    return told is None


def _examples(connection: sqlite3.Connection, model: str, now_us: int) -> tuple[str, ...]:
    which = parameters(Scope(since_us=days_before(now_us, _WEEK), model=model))
    found = connection.execute(sql.FAILED_RUNS, {**which, "most": _MOST_EXAMPLES})
    return tuple(row["run_id"] for row in found)


_TOLD_SINCE = """
    SELECT 1 FROM events WHERE kind = :kind AND subject = :model AND at_us > :since_us LIMIT 1"""
_TELL = "INSERT INTO events (at_us, kind, subject) VALUES (:now_us, :kind, :model)"
