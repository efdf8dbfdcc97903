"""What the journal knows about calls of models. Every function reads and never writes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.journal.reading import reading
from understudy.journal.records import Call
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

By = Literal["day", "month", "provider", "model"]

_SAMPLE = 200
_FEWEST = 10
"""Fewer calls say nothing about how long is unusual."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls cost together.

    Attributes:
        name: the day or month in UTC, such as `2026-11-22`, or the provider or model.
        calls: how many there were; replies from our own cache don't count.
        cost_usd: of those whose cost is known.
        unknown: how many cost nobody knows how much.
    """

    name: str
    calls: int
    cost_usd: float
    unknown: int


def spent_by(path: Path, by: By, since_us: int = 0) -> tuple[Spent, ...]:
    """What was spent since a time; by time newest first, else the most expensive first.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    name, order = _GROUPS[by]
    sql = _SPENT.format(name=name, order=order)
    with reading(path) as connection:
        if connection is None:
            return ()
        return tuple(Spent(*row) for row in connection.execute(sql, {"since_us": since_us}))


def usual_silence_s(connection: sqlite3.Connection, model: str) -> float | None:
    """How long a model is silent before its first token in all but one of twenty calls.

    That is of its last 200 calls with an answer; None when there are too few to tell.
    """
    which = {"model": clean("model", model), "most": _SAMPLE}
    found = sorted(float(row[0]) for row in connection.execute(_FIRST_TOKENS, which))
    return found[math.ceil(0.95 * len(found)) - 1] if len(found) >= _FEWEST else None


def calls_of(connection: sqlite3.Connection, run_id: str) -> tuple[Call, ...]:
    """The calls of a run, in order. The connection's rows know their columns' names."""
    found = connection.execute(_CALLS, {"run_id": run_id})
    return tuple(Call(**{**row, "remembered": bool(row["remembered"])}) for row in map(dict, found))


_GROUPS: dict[By, tuple[str, str]] = {
    "day": ("strftime('%Y-%m-%d', at_us / 1000000, 'unixepoch')", "name DESC"),
    "month": ("strftime('%Y-%m', at_us / 1000000, 'unixepoch')", "name DESC"),
    "provider": ("provider", "cost DESC, name"),
    "model": ("model", "cost DESC, name"),
}
_SPENT = """
    SELECT {name} AS name, COUNT(*), COALESCE(SUM(cost_usd), 0.0) AS cost,
           SUM(cost_usd IS NULL)
    FROM calls WHERE at_us >= :since_us AND NOT remembered
    GROUP BY 1 ORDER BY {order}"""
_FIRST_TOKENS = """
    SELECT first_token_s FROM calls
    WHERE model = :model AND status = 'answered' AND NOT remembered AND first_token_s IS NOT NULL
    ORDER BY at_us DESC LIMIT :most"""
_CALLS = "SELECT * FROM calls WHERE run_id = :run_id ORDER BY number, at_us"
