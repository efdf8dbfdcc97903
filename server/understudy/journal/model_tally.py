"""Sums about models, and what they are asked for by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

from understudy.config.settings import OFFLINE_MODEL
from understudy.core.binomial import wilson
from understudy.core.clock import DAY_US
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

EVER_US = 1 << 62
By = Literal["model", "task", "language", "owner"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which runs are looked at; an empty text is any.

    Attributes:
        since_us, until_us: runs that began from here on, and before there.
        workspace: as `workspace_id` names it.
        owner: whose runs.
    """

    since_us: int = 0
    until_us: int = EVER_US
    model: str = ""
    task: str = ""
    language: str = ""
    workspace: str = ""
    owner: str = ""


EVERYTHING = Scope()


def days_before(now_us: int, days: int) -> int:
    """When the first of so many days before today began, in UTC.

    Whole days, because those that are over are told by their sums.
    """
    return (now_us // DAY_US - days) * DAY_US


@dataclass(slots=True)
class Tally:
    """Sums that add up over any division of the runs.

    Attributes:
        runs: in which the model took part to their end.
        solved: of these, those in which its answer was proved; for words, was finished.
        at_once: of the solved, those that its first answer solved.
        standing: of the solved, those of which nothing was taken back or came back; one that was
            changed counts by the share that is left.
        rescued: of those that it did not solve, those that it began and another model solved.
        attempts: answers that were asked for; each was good or is one of `failures`.
        opinions: answers that were asked for about another model's edit.
        timed, latency_s: how many answers were waited for, and how long together.
        begun, begun_s: the same, until the first token.
        seconds: how long the model worked, with what was cancelled.
        usd: what it cost, where nobody said by the estimate made before.
        estimated, unpriced: calls whose cost is such an estimate; those of which nobody knows it.
        unmetered: answers whose tokens nobody counted.
        remembered: answers that came from our own cache.
        judged: edits of which it is known what became of them.
        last_us: when the last run began.
    """

    runs: int = 0
    solved: int = 0
    at_once: int = 0
    standing: float = 0
    cancelled: int = 0
    superseded: int = 0
    rescued: int = 0
    attempts: int = 0
    opinions: int = 0
    timed: int = 0
    latency_s: float = 0.0
    begun: int = 0
    begun_s: float = 0.0
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    usd: float = 0.0
    estimated: int = 0
    unpriced: int = 0
    unmetered: int = 0
    remembered: int = 0
    offered: int = 0
    applied: int = 0
    judged: int = 0
    kept: int = 0
    undone: int = 0
    last_us: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count what another one counted too."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.last_us = max(self.last_us, other.last_us)
        self.failures.update(other.failures)

    @property
    def rate(self) -> float | None:
        """The share of runs that were solved; None without any."""
        return self.solved / self.runs if self.runs else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what that share lies with 95 % confidence."""
        return wilson(self.solved, self.runs)


SUMS = tuple(one.name for one in fields(Tally) if one.name not in {"failures", "last_us"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One model on one day (since 1970, in UTC), for one task and language."""

    day: int
    model: str
    task: str
    language: str


def parameters(scope: Scope) -> dict[str, str | int]:
    """What the queries are told."""
    return {
        "since_us": scope.since_us,
        "until_us": scope.until_us,
        "model": clean("model", scope.model),
        "task": scope.task,
        "language": scope.language,
        "workspace": scope.workspace,
        "owner": scope.owner,
        "offline": OFFLINE_MODEL,
    }


def tally_of(row: sqlite3.Row) -> Tally:
    """A row whose columns are named after the sums that they hold."""
    there = frozenset(row.keys())
    tally = Tally(**{name: row[name] for name in (*SUMS, "last_us") if name in there})
    if "category" in there and row["category"] and tally.attempts:
        tally.failures[row["category"]] = tally.attempts
    return tally


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    found = Tally()
    for tally in tallies:
        found.add(tally)
    return found
