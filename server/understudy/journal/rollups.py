"""Which time is told by its sums, and which by its rows.

Sums are made of stretches that are over: of hours, and in their place of days of UTC. A run belongs
to the stretch in which it began. A row that comes later opens a stretch again, until it is counted
anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.clock import HOUR_US
from understudy.journal import rollup_sql as sql
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    EditRow,
    OutcomeRow,
    Run,
    RunEnded,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from understudy.journal.records import Row


@dataclass(frozen=True, slots=True)
class Window:
    """A time in parts that do not overlap.

    Attributes:
        rows: `(since_us, until_us)`, in which rows are counted.
        sums: `(first, until)` in hours since 1970, of which sums are taken.
    """

    rows: tuple[tuple[int, int], ...]
    sums: tuple[tuple[int, int], ...]


def window(connection: sqlite3.Connection, since_us: int, until_us: int) -> Window:
    """What is to be read for a time.

    Of a stretch that lies in it in part, the rows are read. Where those are gone, nobody knows any
    more what belongs to which part, and the whole stretch counts.
    """
    rows: list[tuple[int, int]] = []
    sums: list[tuple[int, int]] = []
    told_us = since_us
    which = {"before": since_us // HOUR_US - 24, "until": -(-until_us // HOUR_US)}
    for hour, hours, state in connection.execute(sql.TOLD, which).fetchall():
        begin_us, end_us = hour * HOUR_US, (hour + hours) * HOUR_US
        partly = begin_us < since_us or end_us > until_us
        if end_us <= since_us or (partly and state != "pruned"):
            continue
        if told_us < begin_us:
            rows.append((told_us, begin_us))
        told_us = max(told_us, end_us)
        if sums and sums[-1][1] == hour:
            sums[-1] = (sums[-1][0], hour + hours)
        else:
            sums.append((hour, hour + hours))
    if told_us < until_us:
        rows.append((told_us, until_us))
    return Window(tuple(rows), tuple(sums))


def open_again(connection: sqlite3.Connection, rows: Iterable[Row], now_us: int) -> None:
    """Note that the sums to which rows belong are out of date. Within a transaction."""
    hours = set()
    for query, key in {found for row in rows if (found := _begun(row)) is not None}:
        begun = connection.execute(query, {"key": key}).fetchone() if query else (key,)
        if begun is not None:
            hours.add(int(begun[0]) // HOUR_US)
    for hour in hours:
        connection.execute(sql.OPEN, {"hour": hour, "now_us": now_us})


def _begun(row: Row) -> tuple[str, str | int] | None:
    """The query that tells when a row's run began, and its parameter; or no query and the time."""
    if isinstance(row, Run):
        return "", row.started_us
    if isinstance(row, (RunEnded, Attempt, EditRow, Call)):
        return sql.BEGUN_OF_RUN, row.run_id
    if isinstance(row, OutcomeRow) and not row.what.startswith("survived"):
        return sql.BEGUN_OF_EDIT, row.edit_id
    return (sql.BEGUN_OF_CALL, row.call_id) if isinstance(row, CallJudged) else None
