"""How many silent models may be given up early: one call in ten at most.

Every function wants a connection within a transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_NAME = "hedge"
_SHARE = 0.1
_AT_FIRST = 1.0
_MOST = 5.0
"""What a long time without a silent model saves up at most."""


def left_over(connection: sqlite3.Connection) -> float:
    """How many models may be given up early now; only a whole one counts."""
    row = connection.execute("SELECT left_over FROM allowances WHERE name = ?", (_NAME,)).fetchone()
    return _AT_FIRST if row is None else float(row[0])


def earn(connection: sqlite3.Connection) -> None:
    """A model is called."""
    _keep(connection, min(left_over(connection) + _SHARE, _MOST))


def take(connection: sqlite3.Connection, owing: float = 0.0) -> bool:
    """Use one up, if there is a whole one; whether there was.

    Args:
        connection: to the database.
        owing: how many may be owed by that. Later calls earn them before there are new ones, so
            that in the long run it stays at one call in ten.
    """
    left = left_over(connection)
    may = left + owing >= 1.0
    if may:
        _keep(connection, left - 1.0)
    return may


def give_back(connection: sqlite3.Connection) -> None:
    """One that was taken was not needed."""
    _keep(connection, min(left_over(connection) + 1.0, _MOST))


def _keep(connection: sqlite3.Connection, left: float) -> None:
    # Rounded, so that ten tenths are one.
    connection.execute("INSERT OR REPLACE INTO allowances VALUES (?, ?)", (_NAME, round(left, 6)))
