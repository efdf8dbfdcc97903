"""What the journal knows about runs and edits. Every function reads and never writes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from understudy.core.failures import BadRequestError
from understudy.journal.calls import calls_of, cost_of_run
from understudy.journal.database import version_of
from understudy.journal.gate_rows import checks_of, checks_of_run, gates_of
from understudy.journal.lessons_of_runs import lessons_of_run
from understudy.journal.reading import reading
from understudy.journal.records import Attempt, EditRow, OutcomeRow
from understudy.journal.routes import route_of_run
from understudy.journal.strategy_uses import uses_of_run

if TYPE_CHECKING:
    import sqlite3

    from understudy.journal.lessons_of_runs import LessonOfRun
    from understudy.journal.postgres import Where
    from understudy.journal.records import Call, Check, Gate
    from understudy.journal.routes import RouteOfRun
    from understudy.journal.strategy_records import StrategyUse

T = TypeVar("T")

_TIME_DIGITS = 10
"""Of an id."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run on one line.

    Attributes:
        seconds: None while the run goes on, and when its process was killed.
        score, band: the verdict on the edit that was offered, else on the best attempt.
        checks: what was found out about that same attempt.
        became: the most telling outcome of its edit; empty when there is none.
        cost_usd: the sum of its calls; None when that of any is not known.
    """

    id: str
    started_us: int
    workspace: str
    task: str
    surface: str
    language: str
    path: str
    line: int
    source: str
    code: str
    editor: str
    job: str
    status: str
    model: str
    seconds: float | None
    reason_category: str
    cost_usd: float | None
    attempts: int
    score: float | None
    band: str
    became: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class RunDetails:
    """A run with everything that hangs on it, each in the order in which it happened."""

    run: RunSummary
    attempts: tuple[Attempt, ...]
    checks: tuple[Check, ...]
    gates: tuple[Gate, ...]
    edits: tuple[EditRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    calls: tuple[Call, ...] = ()
    strategies: tuple[StrategyUse, ...] = ()
    lessons: tuple[LessonOfRun, ...] = ()
    route: RouteOfRun | None = None


def recent_runs(path: Where, limit: int = 20) -> tuple[RunSummary, ...]:
    """The newest runs, newest first; none when there is no journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None:
            return ()
        found = connection.execute(_RECENT, {"limit": limit}).fetchall()
        return tuple(_summary(connection, row) for row in found)


def count_runs(path: Where) -> int:
    """How many runs are recorded; 0 without a journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None:
            return 0
        return int(connection.execute("SELECT count(*) FROM runs").fetchone()[0])


def run_details(path: Where, run_id: str) -> RunDetails:
    """One run, by its id or by the beginning of its id that no other run shares.

    Raises:
        BadRequestError: when no run, or more than one, has such an id.
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None:
            raise BadRequestError("No runs have been recorded yet.")
        run = _summary(connection, _one_run(connection, run_id.strip()))
        which = {"run_id": run.id}

        def every(kind: type[T], sql: str) -> tuple[T, ...]:
            return tuple(_read(kind, row) for row in connection.execute(sql, which).fetchall())

        return RunDetails(
            run=run,
            attempts=every(Attempt, _ATTEMPTS),
            checks=checks_of_run(connection, run.id),
            gates=gates_of(connection, run.id),
            edits=every(EditRow, _EDITS),
            outcomes=every(OutcomeRow, _OUTCOMES),
            calls=calls_of(connection, run.id) if version_of(connection) > 1 else (),
            strategies=uses_of_run(connection, run.id),
            lessons=lessons_of_run(connection, run.id),
            route=route_of_run(connection, run.id),
        )


def runs_named(path: Where, run_id: str) -> tuple[RunDetails, ...]:
    """The run with this id, or the runs of the job with this id; the id may be cut short.

    Raises:
        BadRequestError: when there is none, or more than one run or job.
        UnavailableError: when the journal can't be read.
    """
    low = run_id.strip().upper()
    with reading(path) as connection:
        found = (
            []
            if connection is None or not low
            else connection.execute(_BY_JOB, _job_bounds(low)).fetchall()
        )
    if len({row["job"] for row in found}) == 1:
        return tuple(run_details(path, row["id"]) for row in found)
    return (run_details(path, run_id),)


def _job_bounds(low: str) -> dict[str, str]:
    """A job's id is made before those of its runs, and ids begin with their time."""
    return {"low": low, "high": low + "~", "made": low[:_TIME_DIGITS]}


def _one_run(connection: sqlite3.Connection, prefix: str) -> sqlite3.Row:
    # Ids are made of capitals and digits, so the bounds hold exactly the ids with this beginning.
    bounds = {"low": prefix.upper(), "high": prefix.upper() + "~"}
    found: list[sqlite3.Row] = connection.execute(_BY_PREFIX, bounds).fetchall()
    if not found or not prefix:
        raise BadRequestError(f"No run has an id that begins with `{prefix}`.")
    if len(found) > 1:
        raise BadRequestError(f"More than one run has an id that begins with `{prefix}`.")
    return found[0]


def _summary(connection: sqlite3.Connection, row: sqlite3.Row) -> RunSummary:
    values = dict(row)
    found = checks_of(connection, values.pop("attempt_id"))
    cost_usd = cost_of_run(connection, row["id"]) if version_of(connection) > 1 else 0.0
    return RunSummary(**values, checks=found, cost_usd=cost_usd)


def _read(kind: type[T], row: sqlite3.Row) -> T:
    """A dataclass from the columns that have its fields' names; an older file lacks some."""
    made: Any = kind
    there = frozenset(row.keys())
    names = (field.name for field in fields(made) if field.name in there)
    result: T = made(**{name: row[name] for name in names})
    return result


_RUNS = """
    SELECT r.id, r.started_us, r.workspace, r.task, r.surface, r.language, r.path, r.line,
           r.source, r.code, r.editor, r.job, r.status, r.model, r.seconds,
           r.reason_category, r.attempts, a.id AS attempt_id, g.score, COALESCE(g.band, '') AS band,
           COALESCE((
               SELECT o.what FROM outcomes o JOIN edits e ON e.id = o.edit_id
               WHERE e.run_id = r.id
               ORDER BY CASE WHEN o.what IN ('kept', 'changed', 'undone') THEN 0
                             WHEN o.what IN ('discarded', 'stale') THEN 1
                             WHEN o.what = 'applied' THEN 2
                             WHEN o.what = 'offered' THEN 4
                             ELSE 3 END, o.at_us DESC, o.what DESC
               LIMIT 1), '') AS became
    FROM runs r
    LEFT JOIN attempts a ON a.id = (
        SELECT t.id FROM attempts t
        LEFT JOIN gates v ON v.attempt_id = t.id
        LEFT JOIN edits e ON e.run_id = t.run_id AND e.attempt_id = t.id
        WHERE t.run_id = r.id
        ORDER BY e.id IS NULL, v.score IS NULL, v.score DESC, t.number
        LIMIT 1)
    LEFT JOIN gates g ON g.attempt_id = a.id
"""
_RECENT = _RUNS + "ORDER BY r.started_us DESC, r.id DESC LIMIT :limit"
_BY_PREFIX = _RUNS + "WHERE r.id >= :low AND r.id < :high ORDER BY r.id LIMIT 2"
_BY_JOB = "SELECT id, job FROM runs WHERE id >= :made AND job >= :low AND job < :high ORDER BY id LIMIT 50"
_ATTEMPTS = "SELECT * FROM attempts WHERE run_id = :run_id ORDER BY number"
_EDITS = "SELECT * FROM edits WHERE run_id = :run_id ORDER BY id"
_OUTCOMES = """
    SELECT o.* FROM outcomes o JOIN edits e ON e.id = o.edit_id
    WHERE e.run_id = :run_id ORDER BY o.at_us, o.what"""
