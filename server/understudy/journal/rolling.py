"""Counting time that is over, so that its rows are not needed for its numbers any more.

A stretch is counted without a lock, in one look at the file. Its sums are stored only if no row of it
came meanwhile, from whichever program.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from understudy.core.clock import HOUR_US
from understudy.journal import model_stats_sql as rows_sql
from understudy.journal import rollup_sql as sql
from understudy.journal import span_use_sql as spans_sql
from understudy.journal.database import snapshot, transaction
from understudy.journal.latencies import bucket_of
from understudy.journal.model_tally import SUMS, Scope, parameters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

HOUR_AFTER_US = 900_000_000
"""So long after its end an hour is counted: by then it is known what became of nearly all its edits,
of which an editor watches each for ten minutes."""
DAY_AFTER_US = HOUR_US
SETTLE_US = 600_000_000
"""What was opened again is left open for so long, because rows seldom come alone."""
_MOST_EMPTY = 4_000
_DAY = 24

Key = tuple[Any, ...]
Asked = dict[str, str | int]


class Stretch(NamedTuple):
    """So many hours from one on, counted since 1970 in UTC."""

    hour: int
    hours: int


def count_next(connection: sqlite3.Connection, now_us: int) -> bool:
    """Count one stretch that is over and not counted yet; whether there was one."""
    stretch = _next(connection, now_us)
    if stretch is not None:
        count(connection, stretch, now_us)
    return stretch is not None


def count_days(connection: sqlite3.Connection, before: int, now_us: int) -> bool:
    """Count all days with runs that begin before an hour; whether that was done.

    It is not where rows of such a day go on coming.
    """
    days = connection.execute(sql.UNCOUNTED_DAYS, {"before": before}).fetchall()
    counted = [count(connection, Stretch(row[0] * _DAY, _DAY), now_us) for row in days]
    return all(counted)


def count(connection: sqlite3.Connection, stretch: Stretch, now_us: int) -> bool:
    """Count one stretch; whether its sums stand now, in place of those of its parts."""
    which = {**stretch._asdict(), "now_us": now_us}
    with transaction(connection):
        if _states(connection, which) == {"pruned"}:
            return True
        connection.execute(sql.BEGIN, which)
        connection.execute(sql.LIST, {**which, "state": "counting"})
    begin_us, end_us = stretch.hour * HOUR_US, (stretch.hour + stretch.hours) * HOUR_US
    scope = parameters(Scope(since_us=begin_us, until_us=end_us))
    with snapshot(connection):
        found = _counted(connection, scope)
    with transaction(connection):
        if _states(connection, which) != {"counting"}:
            return False
        for statement in sql.CLEAR:
            connection.execute(statement, which)
        connection.execute(sql.LIST, {**which, "state": "closed"})
        for (table, columns), rows in found.items():
            named = (dict(zip(columns, row, strict=True)) for row in rows)
            connection.executemany(
                sql.insert(table, ("hour", *columns)),
                [{"hour": stretch.hour, **values} for values in named],
            )
    return True


def _states(connection: sqlite3.Connection, which: Asked) -> set[str]:
    return {row[0] for row in connection.execute(sql.STATES, which)}


def _next(connection: sqlite3.Connection, now_us: int) -> Stretch | None:
    """What is to be counted: what was opened again, then whole days, then hours."""
    past_days = (now_us - DAY_AFTER_US) // HOUR_US // _DAY * _DAY
    due = connection.execute(sql.DUE, {"settled_us": now_us - SETTLE_US}).fetchone()
    if due is not None:
        hour = due[0]
        return Stretch(hour // _DAY * _DAY, _DAY) if hour < past_days else Stretch(*due)
    day = _end(connection, sql.END_OF_DAYS)
    if day is None:
        return None
    day = max(day, past_days - _MOST_EMPTY * _DAY)
    found = _first_with_runs(connection, Stretch(day, _DAY), past_days, now_us)
    if found is not None:
        return found
    hour = max(past_days, _end(connection, sql.END) or 0)
    until = (now_us - HOUR_AFTER_US) // HOUR_US
    return _first_with_runs(connection, Stretch(hour, 1), until, now_us)


def _end(connection: sqlite3.Connection, query: str) -> int | None:
    """The hour up to which there are sums, else that on whose day the first run began."""
    end = connection.execute(query).fetchone()[0]
    if end is not None:
        return int(end)
    first_us = connection.execute(sql.FIRST_RUN).fetchone()[0]
    return None if first_us is None else first_us // HOUR_US // _DAY * _DAY


def _first_with_runs(
    connection: sqlite3.Connection, stretch: Stretch, until: int, now_us: int
) -> Stretch | None:
    """The first stretch of the same length that has runs, and ends by an hour.

    Those before it are listed, too: then the time that is told by sums is one piece and not hundreds.
    """
    hour, hours = stretch
    while hour + hours <= until:
        which = {"hour": hour, "hours": hours, "now_us": now_us}
        if not connection.execute(sql.IS_EMPTY, which).fetchone()[0]:
            return Stretch(hour, hours)
        with transaction(connection):
            # A run may have come in between.
            if connection.execute(sql.IS_EMPTY, which).fetchone()[0]:
                for statement in sql.CLEAR:
                    connection.execute(statement, which)
                connection.execute(sql.LIST, {**which, "state": "closed"})
        hour += hours
    return None


def _alone(cell: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The same for its model, its task and its language alone, of which most questions are."""
    for place, name in enumerate(sql.CELL):
        if name in {"model", "task", "language"}:
            yield tuple(one if at == place else sql.EVERY for at, one in enumerate(cell))


def _counted(
    connection: sqlite3.Connection, scope: Asked
) -> dict[tuple[str, tuple[str, ...]], Iterable[Key]]:
    """The rows of each table of sums, by the table's name and its columns."""
    sums: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    failures: Counter[Key] = Counter()
    width = len(sql.CELL)
    for query in (rows_sql.taking_part, rows_sql.attempts, rows_sql.edits):
        cursor = connection.execute(query(sql.CELL), scope)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            told = dict(zip(names, row, strict=True))
            category = told.get("category")
            if category and told["attempts"]:
                failures[(*row[:width], category)] += told["attempts"]
            sums[row[:width]].update({one: told[one] for one in (*SUMS, "last_us") if one in told})
    latencies: Counter[Key] = Counter()
    for *cell, seconds in connection.execute(rows_sql.latencies(sql.CELL), scope):
        bucket = bucket_of(seconds)
        latencies[(*cell, bucket)] += 1
        for alone in _alone(cell):
            latencies[(*alone, bucket)] += 1
    summed = (*SUMS, "last_us")
    return {
        ("rollup_models", (*sql.CELL, *summed)): [
            (*cell, *(values[one] for one in summed)) for cell, values in sums.items()
        ],
        ("rollup_failures", (*sql.CELL, "category", "number")): [
            (*key, number) for key, number in failures.items()
        ],
        ("rollup_latencies", (*sql.CELL, "bucket", "number")): [
            (*key, number) for key, number in latencies.items()
        ],
        ("rollup_runs", (*sql.RUN_CELL, *sql.RUN_SUMS)): connection.execute(
            rows_sql.runs(sql.RUN_CELL), scope
        ).fetchall(),
        ("rollup_context", spans_sql.TIER_COLUMNS): connection.execute(
            spans_sql.TIERS, scope
        ).fetchall(),
        ("rollup_paths", spans_sql.PATH_COLUMNS): connection.execute(
            spans_sql.PATHS, scope
        ).fetchall(),
    }
