"""What the journal knows about calls of models. Every function reads and never writes."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING

from understudy.journal.records import Call
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3

_SAMPLE = 200
_FEWEST = 10
"""Fewer calls say nothing about how long is unusual."""


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
    return tuple(map(_call, found))


def cost_of_run(connection: sqlite3.Connection, run_id: str) -> float | None:
    """What the calls of a run cost in US dollars; None when that of any is not known."""
    row = connection.execute(_COST, {"run_id": run_id}).fetchone()
    return None if row[0] is None else float(row[0])


def _call(row: sqlite3.Row) -> Call:
    there = frozenset(row.keys())
    values = {one.name: row[one.name] for one in fields(Call) if one.name in there}
    return Call(**{**values, "remembered": bool(row["remembered"])})


_FIRST_TOKENS = """
    SELECT first_token_s FROM calls
    WHERE model = :model AND status = 'answered' AND NOT remembered AND first_token_s IS NOT NULL
    ORDER BY at_us DESC LIMIT :most"""
_CALLS = "SELECT * FROM calls WHERE run_id = :run_id ORDER BY number, at_us"
_COST = """
    SELECT CASE WHEN COUNT(*) = COUNT(cost_usd) THEN COALESCE(SUM(cost_usd), 0.0) END
    FROM calls WHERE run_id = :run_id"""
