"""How each model did: sums over runs, calls, attempts, edits and outcomes. Reads, and never writes.

A model takes part in a run when it is asked, however often; that is one run of it, and the last
answer decides. What was cancelled, or overtaken by the user's typing, stands beside that, and so does
a question that was answered from our own cache or never sent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal, TypeVar

from understudy.config.settings import OFFLINE_MODEL
from understudy.core.binomial import wilson
from understudy.journal import model_stats_sql as sql
from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

SINCE_VERSION = 3
"""Of the journal's file: older ones lack what is counted here."""
_EVER_US = 1 << 62
By = Literal["model", "task", "language"]
K = TypeVar("K", str, int)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which runs are looked at; an empty text is any.

    Attributes:
        since_us, until_us: runs that began from here on, and before there.
        workspace: as `workspace_id` names it.
    """

    since_us: int = 0
    until_us: int = _EVER_US
    model: str = ""
    task: str = ""
    language: str = ""
    workspace: str = ""


@dataclass(slots=True)
class Tally:
    """Sums that add up over any division of the runs.

    Attributes:
        runs: in which the model took part to their end.
        solved: of these, those in which its answer was proved; for words, was finished.
        at_once: of the solved, those that its first answer solved.
        standing: of the solved, those of which nothing was taken back, changed or came back.
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
    standing: int = 0
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
        for name in _SUMS:
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


_SUMS = tuple(one.name for one in fields(Tally) if one.name not in {"failures", "last_us"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One model on one day (since 1970, in UTC), for one task and language."""

    day: int
    model: str
    task: str
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    """All runs of one model, task or language.

    Attributes:
        total: over all of them.
        tasks, days: the same by task and by day.
        p50_s, p95_s: how long half of the answers took at most, and 19 of 20; None without any.
    """

    name: str
    total: Tally
    tasks: dict[str, Tally]
    days: dict[int, Tally]
    p50_s: float | None
    p95_s: float | None


@dataclass(frozen=True, slots=True)
class RunTotals:
    """Runs that ended, whoever was asked: each counts once."""

    total: int = 0
    solved: int = 0
    cancelled: int = 0
    superseded: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """What the journal knows within a scope; groups with the most runs first."""

    scope: Scope
    by: By
    groups: tuple[Group, ...] = ()
    runs: RunTotals = RunTotals()


def model_stats(path: Path, scope: Scope = Scope(), by: By = "model") -> Stats:
    """The numbers of all models, tasks or languages; none without a journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < SINCE_VERSION:
            return Stats(scope, by)
        which = parameters(scope)
        cells = _cells(connection, which)
        found = connection.execute(sql.percentiles(by), which).fetchall()
        spans = {row["name"]: (row["p50_s"], row["p95_s"]) for row in found}
        runs = connection.execute(sql.RUNS, which).fetchone()
    totals = RunTotals(**{name: runs[name] or 0 for name in runs.keys()})  # noqa: SIM118 - rows give values
    return Stats(scope, by, _groups(cells, by, spans), totals)


def stats_cells(path: Path, scope: Scope = Scope()) -> dict[Cell, Tally]:
    """The same in its smallest parts, in the order of their days.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < SINCE_VERSION:
            return {}
        found = _cells(connection, parameters(scope))
    return dict(sorted(found.items(), key=lambda one: _in_order(one[0])))


def parameters(scope: Scope) -> dict[str, str | int]:
    """What the queries are told."""
    return {
        "since_us": scope.since_us,
        "until_us": scope.until_us,
        "model": clean("model", scope.model),
        "task": scope.task,
        "language": scope.language,
        "workspace": scope.workspace,
        "offline": OFFLINE_MODEL,
    }


def _cells(connection: sqlite3.Connection, which: dict[str, str | int]) -> dict[Cell, Tally]:
    found: defaultdict[Cell, Tally] = defaultdict(Tally)
    for query in (sql.TAKING_PART, sql.ATTEMPTS, sql.EDITS):
        for row in connection.execute(query, which):
            cell = Cell(row["day"], row["model"], row["task"], row["language"])
            found[cell].add(_tally(row))
    return dict(found)


def _tally(row: sqlite3.Row) -> Tally:
    """A row whose columns are named after the sums that they hold."""
    there = frozenset(row.keys())
    tally = Tally(**{name: row[name] for name in (*_SUMS, "last_us") if name in there})
    if "category" in there and row["category"] and tally.attempts:
        tally.failures[row["category"]] = tally.attempts
    return tally


def _groups(
    cells: dict[Cell, Tally], by: By, spans: dict[str, tuple[float | None, float | None]]
) -> tuple[Group, ...]:
    parted: defaultdict[str, list[tuple[Cell, Tally]]] = defaultdict(list)
    for cell, tally in cells.items():
        parted[getattr(cell, by)].append((cell, tally))
    groups = [
        Group(
            name=name,
            total=total(tally for _, tally in own),
            tasks=_summed((cell.task, tally) for cell, tally in own),
            days=_summed((cell.day, tally) for cell, tally in own),
            p50_s=spans.get(name, (None, None))[0],
            p95_s=spans.get(name, (None, None))[1],
        )
        for name, own in parted.items()
    ]
    return tuple(sorted(groups, key=lambda one: (-one.total.runs, one.name)))


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    found = Tally()
    for tally in tallies:
        found.add(tally)
    return found


def _summed(parts: Iterable[tuple[K, Tally]]) -> dict[K, Tally]:
    found: defaultdict[K, Tally] = defaultdict(Tally)
    for key, tally in parts:
        found[key].add(tally)
    return dict(sorted(found.items()))


def _in_order(cell: Cell) -> tuple[int, str, str, str]:
    return cell.day, cell.model, cell.task, cell.language
