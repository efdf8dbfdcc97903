"""How each model did: sums over runs, calls, attempts, edits and outcomes. Reads, and never writes.

A model takes part in a run when it is asked, however often; that is one run of it, and the last
answer decides. What was cancelled, or overtaken by the user's typing, stands beside that, and so does
a question that was answered from our own cache or never sent.

Time that is over is told by its sums, and all other time by its rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.journal import model_stats_sql as sql
from understudy.journal import rollup_sql
from understudy.journal.database import snapshot, version_of
from understudy.journal.latencies import bucket_of, percentile_s
from understudy.journal.model_tally import (
    EVERYTHING,
    Cell,
    Scope,
    Tally,
    parameters,
    tally_of,
    total,
)
from understudy.journal.reading import reading
from understudy.journal.rollups import Window, window

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from understudy.journal.model_tally import By
    from understudy.journal.postgres import Where

SINCE_VERSION = 7
"""Of the journal's file: older ones lack what is counted here, until the next run brings them up to
date."""
_COUNTED = (sql.taking_part, sql.attempts, sql.edits)

Asked = dict[str, str | int]
Spans = dict[str, tuple[float | None, float | None]]


@dataclass(slots=True)
class DayRuns:
    """Runs of one day."""

    runs: int = 0
    solved: int = 0

    def add(self, runs: int, solved: int) -> None:
        """Count these too."""
        self.runs += runs
        self.solved += solved


@dataclass(frozen=True, slots=True)
class Group:
    """All runs of one model, task, language or owner.

    Attributes:
        total: over all of them.
        tasks, days: the same by task, and runs by day.
        p50_s, p95_s: how long half of the answers took at most, and 19 of 20; None without any.
            Exact as long as no time in it is told by its sums, then within 10 %.
    """

    name: str
    total: Tally
    tasks: dict[str, Tally]
    days: dict[int, DayRuns]
    p50_s: float | None
    p95_s: float | None


@dataclass(frozen=True, slots=True)
class RunTotals:
    """Runs that ended, whoever was asked: each counts once.

    Where one model is chosen, those in which it was asked, and `solved` by it.
    """

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


@dataclass(slots=True)
class _Sums:
    """What is added up from rows and sums, by the name of a group."""

    tasks: defaultdict[str, defaultdict[str, Tally]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Tally))
    )
    days: defaultdict[str, defaultdict[int, DayRuns]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(DayRuns))
    )


def model_stats(path: Where, scope: Scope = EVERYTHING, by: By = "model") -> Stats:
    """The numbers of all models, tasks, languages or owners; none without a journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < SINCE_VERSION:
            return Stats(scope, by)
        with snapshot(connection):
            parts = window(connection, scope.since_us, scope.until_us)
            which = parameters(scope)
            groups = _groups(
                _summed(connection, parts, which, by), _spans(connection, parts, which, by)
            )
            runs = _totals_of(groups) if scope.model else _run_totals(connection, parts, which)
            return Stats(scope, by, groups, runs)


def stats_cells(path: Where, scope: Scope = EVERYTHING) -> dict[Cell, Tally]:
    """The same in its smallest parts, in the order of their days.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < SINCE_VERSION:
            return {}
        with snapshot(connection):
            parts = window(connection, scope.since_us, scope.until_us)
            which = parameters(scope)
            found: defaultdict[Cell, Tally] = defaultdict(Tally)
            for query in _COUNTED:
                for row in _of_rows(connection, query(), parts, which):
                    found[_cell(row)].add(tally_of(row))
            for row in _of_sums(connection, rollup_sql.CELLS, parts, which):
                found[_cell(row)].add(tally_of(row))
            for row in _of_sums(connection, rollup_sql.CELL_FAILURES, parts, which):
                found[_cell(row)].failures[row["category"]] += row["number"]
    return dict(sorted(found.items(), key=lambda one: _in_order(one[0])))


def shares(connection: sqlite3.Connection, scope: Scope) -> dict[str, tuple[int, int]]:
    """`(runs, solved)` of each model."""
    parts, which = window(connection, scope.since_us, scope.until_us), parameters(scope)
    found: defaultdict[str, DayRuns] = defaultdict(DayRuns)
    for row in _of_rows(connection, sql.SHARES, parts, which):
        found[row["model"]].add(row["runs"], row["solved"])
    for row in _of_sums(connection, rollup_sql.SHARES, parts, which):
        found[row["model"]].add(row["runs"], row["solved"])
    return {model: (one.runs, one.solved) for model, one in sorted(found.items())}


def _summed(connection: sqlite3.Connection, parts: Window, which: Asked, by: By) -> _Sums:
    sums = _Sums()
    cell = sql.CELL if by in sql.CELL else (*sql.CELL, by)
    for query in _COUNTED:
        for row in _of_rows(connection, query(cell), parts, which):
            tally = tally_of(row)
            sums.tasks[row[by]][row["task"]].add(tally)
            sums.days[row[by]][row["day"]].add(tally.runs, tally.solved)
    for row in _of_sums(connection, rollup_sql.by_task(by), parts, which):
        sums.tasks[row["name"]][row["task"]].add(tally_of(row))
    for row in _of_sums(connection, rollup_sql.failures(by), parts, which):
        sums.tasks[row["name"]][row["task"]].failures[row["category"]] += row["number"]
    for row in _of_sums(connection, rollup_sql.by_day(by), parts, which):
        sums.days[row["name"]][row["day"]].add(row["runs"], row["solved"])
    return sums


def _groups(sums: _Sums, spans: Spans) -> tuple[Group, ...]:
    groups = []
    for name, tasks in sums.tasks.items():
        p50_s, p95_s = spans.get(name, (None, None))
        days = dict(sorted(sums.days[name].items()))
        groups.append(
            Group(name, total(tasks.values()), dict(sorted(tasks.items())), days, p50_s, p95_s)
        )
    return tuple(sorted(groups, key=lambda one: (-one.total.runs, one.name)))


def _spans(connection: sqlite3.Connection, parts: Window, which: Asked, by: By) -> Spans:
    """How long half of the answers took at most, and 19 of 20, by the names of groups."""
    if not parts.sums:
        found = _of_rows(connection, sql.percentiles(by), parts, which)
        return {row["name"]: (row["p50_s"], row["p95_s"]) for row in found}
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    filtered = any(which[one] for one in ("model", "task", "language", "workspace") if one != by)
    query = rollup_sql.latencies(by) if filtered else rollup_sql.all_latencies(by)
    for row in _of_sums(connection, query, parts, which):
        counts[row["name"]][row["bucket"]] += row["number"]
    for name, seconds in _of_rows(connection, sql.latencies((by,)), parts, which):
        counts[name][bucket_of(seconds)] += 1
    return {name: (percentile_s(one, 50), percentile_s(one, 95)) for name, one in counts.items()}


def _totals_of(groups: tuple[Group, ...]) -> RunTotals:
    """The runs of one model. A run has one task, one language and one owner, so none counts twice."""
    every = total(group.total for group in groups)
    return RunTotals(
        total=every.runs + every.cancelled + every.superseded,
        solved=every.solved,
        cancelled=every.cancelled,
        superseded=every.superseded,
    )


def _run_totals(connection: sqlite3.Connection, parts: Window, which: Asked) -> RunTotals:
    sums: Counter[str] = Counter()
    for row in (
        *_of_rows(connection, sql.runs(), parts, which),
        *_of_sums(connection, rollup_sql.RUNS, parts, which),
    ):
        sums.update({name: row[name] or 0 for name in rollup_sql.RUN_SUMS})
    return RunTotals(**{name: sums[name] for name in rollup_sql.RUN_SUMS})


def _of_rows(
    connection: sqlite3.Connection, query: str, parts: Window, which: Asked
) -> Iterator[sqlite3.Row]:
    for since_us, until_us in parts.rows:
        told = {**which, "since_us": since_us, "until_us": until_us}
        yield from connection.execute(query, told)


def _of_sums(
    connection: sqlite3.Connection, query: str, parts: Window, which: Asked
) -> Iterator[sqlite3.Row]:
    for first, until in parts.sums:
        yield from connection.execute(query, {**which, "first": first, "until": until})


def _cell(row: sqlite3.Row) -> Cell:
    return Cell(row["day"], row["model"], row["task"], row["language"])


def _in_order(cell: Cell) -> tuple[int, str, str, str]:
    return cell.day, cell.model, cell.task, cell.language
