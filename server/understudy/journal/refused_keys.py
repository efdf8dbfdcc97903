"""Keys that a provider refused. Every function wants a connection within a transaction.

They lie among the breakers, under a digest of the key's mark and without a name, so that a row says
nothing about the key, nor whose it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US
from understudy.core.failures import FailureCategory
from understudy.journal.breaker import AHEAD_US
from understudy.journal.failure_counts import digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_LEFT_ALONE_US = DAY_US
"""A key may be made valid again where it was made, of which nobody tells us."""


def refuse(connection: sqlite3.Connection, mark: str, now_us: int) -> None:
    """Remember that a key was refused."""
    category = FailureCategory.AUTH_ERROR.value
    row = (digest("key", mark), category, now_us, now_us + _LEFT_ALONE_US)
    connection.execute(_STORE, row)


def until_us(connection: sqlite3.Connection, marks: Iterable[str], now_us: int) -> int:
    """Until when a key is left alone that has any of these marks; 0 when it is not."""
    known_us = now_us + AHEAD_US
    rows = ((digest("key", mark), known_us) for mark in marks)
    found = (connection.execute(_READ, row).fetchone() for row in rows)
    latest = max((int(row[0]) for row in found if row is not None), default=0)
    return latest if latest > now_us else 0


def is_any(connection: sqlite3.Connection, now_us: int) -> bool:
    """Whether any key is left alone."""
    return connection.execute(_ANY, (now_us, now_us + AHEAD_US)).fetchone() is not None


def accept(connection: sqlite3.Connection, marks: Iterable[str]) -> None:
    """Forget that a key was refused."""
    for mark in marks:
        connection.execute("DELETE FROM breakers WHERE key = ?", (digest("key", mark),))


_READ = "SELECT open_until_us FROM breakers WHERE key = ? AND since_us <= ?"
_ANY = """
    SELECT 1 FROM breakers
    WHERE provider = '' AND open_until_us > ? AND since_us <= ? LIMIT 1"""
_STORE = """
    INSERT OR REPLACE INTO breakers (key, provider, model, category, weight, since_us, trips,
                                     open_until_us, probe_until_us)
    VALUES (?, '', '', ?, 0, ?, 0, ?, 0)"""
