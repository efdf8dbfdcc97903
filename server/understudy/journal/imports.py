"""Records of other programs in the journal. They are shown apart: no number of ours is made of them.

A record that is imported again takes the place of the older one of its name. Of a log, only what is new
is added.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from understudy.journal.backlog import Record
from understudy.journal.changing import changing
from understudy.journal.database import transaction, version_of
from understudy.journal.reading import reading
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from understudy.journal.backlog import Shape
    from understudy.journal.model_tally import Scope

_SINCE_VERSION = 7


@dataclass(frozen=True, slots=True)
class ImportedModel:
    """What another program told about a model; None where it did not.

    Attributes:
        runs: in all.
        rate: the share that went well, from 0 to 1.
        latency_ms: on average.
        failures: in all.
    """

    name: str
    runs: int | None
    rate: float | None
    latency_ms: float | None
    failures: int


def store_records(path: Path, records: Iterable[Record]) -> Counter[Shape]:
    """Keep records, without secrets; how many of each shape were new or others than before.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    clean = [Record(one.shape, one.name, mask(one.doc).text) for one in records]
    with changing(path) as connection, transaction(connection):
        return _store(connection, clean, time.time_ns() // 1_000)


def imported_records(path: Path) -> tuple[Record, ...]:
    """All imported records, in the order in which they came; none without a journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return ()
        return tuple(Record(*row) for row in connection.execute(_ALL))


def imported_models(path: Path) -> tuple[ImportedModel, ...]:
    """What other programs told about models, by their names.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    found = (one for one in imported_records(path) if one.shape == "stats")
    return tuple(sorted((_model(one) for one in found), key=lambda one: one.name))


def imported_within(path: Path, scope: Scope) -> tuple[ImportedModel, ...]:
    """The same for a scope; none where it chooses by more than the model, of which nobody told.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    chosen = (scope.since_us, scope.task, scope.language, scope.workspace, scope.owner)
    if any(chosen):
        return ()
    return tuple(one for one in imported_models(path) if scope.model in {"", one.name})


def forget_imported(path: Path) -> int:
    """Delete all imported records; how many there were.

    Raises:
        UnavailableError: when the journal can't be written.
    """
    if not path.exists():
        return 0
    with changing(path) as connection, transaction(connection):
        return connection.execute("DELETE FROM imported").rowcount


def _store(connection: sqlite3.Connection, records: list[Record], now_us: int) -> Counter[Shape]:
    there = Counter(Record(*row) for row in connection.execute(_ALL))
    next_place = {row[0]: row[1] + 1 for row in connection.execute(_LAST_PLACES)}
    stored: Counter[Shape] = Counter()
    for record in records:
        if there[record]:
            there[record] -= 1
            continue
        stored[record.shape] += 1
        which = {**asdict(record), "at_us": now_us}
        if record.name and connection.execute(_REPLACE, which).rowcount:
            continue
        place = next_place.get(record.shape, 0)
        next_place[record.shape] = place + 1
        connection.execute(_STORE, {**which, "position": place})
    return stored


def _model(record: Record) -> ImportedModel:
    doc: dict[str, Any] = json.loads(record.doc)
    failures = doc.get("failuresByCategory")
    numbers = failures.values() if isinstance(failures, dict) else ()
    runs = _number(doc.get("totalRuns"))
    return ImportedModel(
        name=record.name,
        runs=None if runs is None else int(runs),
        rate=_share(doc.get("successRate")),
        latency_ms=_number(doc.get("avgLatencyMs")),
        failures=sum(int(_number(one) or 0) for one in numbers),
    )


def _share(value: object) -> float | None:
    """What is no share says nothing: whether it was meant as a percentage can't be known."""
    found = _number(value)
    return found if found is not None and found <= 1 else None


def _number(value: object) -> float | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    # Nothing that is counted or measured here can be below nothing.
    return value if value >= 0 else None


_ALL = "SELECT shape, name, doc FROM imported ORDER BY shape, position"
_LAST_PLACES = "SELECT shape, MAX(position) FROM imported GROUP BY shape"
_REPLACE = "UPDATE imported SET doc = :doc, at_us = :at_us WHERE shape = :shape AND name = :name"
_STORE = """
    INSERT INTO imported (shape, name, position, at_us, doc)
    VALUES (:shape, :name, :position, :at_us, :doc)"""
