"""What was found out about attempts: checks and verdicts. Reads and never writes.

The connections' rows know their columns' names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from understudy.journal.database import version_of
from understudy.journal.records import Check, Gate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_SHARED = 7
"""The version from which on words that many rows have in common are stored once. Of older files,
which the next run brings up to date, less is told."""


def gates_of(connection: sqlite3.Connection, run_id: str) -> tuple[Gate, ...]:
    """The verdicts on a run's attempts, in their order."""
    which = {"run_id": run_id}
    if version_of(connection) < _SHARED:
        found = connection.execute(_OLDER_GATES, which)
        return tuple(Gate(row["attempt_id"], row["score"], row["band"]) for row in found)
    return tuple(map(_gate, connection.execute(_GATES, which)))


def checks_of_run(connection: sqlite3.Connection, run_id: str) -> tuple[Check, ...]:
    """What checkers said about a run's attempts, in their order."""
    if version_of(connection) < _SHARED:
        return ()
    found = connection.execute(_OF_RUN, {"run_id": run_id})
    return tuple(check for row in found for check in _checks(row))


def checks_of(connection: sqlite3.Connection, attempt_id: str) -> tuple[Check, ...]:
    """What checkers said about one attempt."""
    if version_of(connection) < _SHARED:
        return ()
    found = connection.execute(_OF_ATTEMPT, {"attempt_id": attempt_id})
    return tuple(check for row in found for check in _checks(row))


def _checks(row: sqlite3.Row) -> Iterator[Check]:
    found, took_ms = json.loads(row["checks"]), json.loads(row["check_ms"])
    for (checker, status, new, fixed), took in zip(found, took_ms, strict=False):
        yield Check(row["id"], checker, status, new, fixed, took / 1_000)


def _gate(row: sqlite3.Row) -> Gate:
    signals, values = json.loads(row["signals"]), json.loads(row["signal_values"])
    return Gate(
        attempt_id=row["attempt_id"],
        score=row["score"],
        band=row["band"],
        reasons=tuple(
            (signal, value, weight)
            for (signal, weight), value in zip(signals, values, strict=False)
        ),
        hard_stops=tuple(json.loads(row["stops"])),
        stratum=row["stratum"],
        log_odds=row["log_odds"],
    )


_OF_RUN = """
    SELECT a.id, a.check_ms, s.checks FROM attempts a JOIN check_sets s ON s.id = a.check_set
    WHERE a.run_id = :run_id ORDER BY a.number"""
_OF_ATTEMPT = """
    SELECT a.id, a.check_ms, s.checks FROM attempts a JOIN check_sets s ON s.id = a.check_set
    WHERE a.id = :attempt_id"""
_GATES = """
    SELECT g.*, COALESCE(s.signals, '[]') AS signals
    FROM gates g JOIN attempts a ON a.id = g.attempt_id LEFT JOIN gate_shapes s ON s.id = g.shape
    WHERE a.run_id = :run_id ORDER BY a.number"""
_OLDER_GATES = """
    SELECT g.attempt_id, g.score, g.band FROM gates g JOIN attempts a ON a.id = g.attempt_id
    WHERE a.run_id = :run_id ORDER BY a.number"""
