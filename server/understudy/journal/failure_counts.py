"""How often models failed of late, by model, task and file, shared by all servers.

Every function wants a connection within a transaction.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from understudy.journal.breaker import AHEAD_US

if TYPE_CHECKING:
    import sqlite3

    from understudy.core.failures import Failure

_SAME: Literal["same"] = "same"
_KIND: Literal["kind"] = "kind"


class About(Protocol):
    """What failures are counted by, beside the model and the failure itself."""

    @property
    def task(self) -> str:
        """The task's id."""

    @property
    def scope(self) -> str:
        """Stands for the file."""


@dataclass(frozen=True, slots=True)
class Lately:
    """When a count is too old to go on from.

    Attributes:
        now_us: this moment.
        from_us: counts that last grew before this begin anew, and so do those that a wrong clock
            put into the time to come.
    """

    now_us: int
    from_us: int


def owner(model: str, task: str, scope: str) -> str:
    """Stands for a model that works on a task in a file. Different ones never share it."""
    return digest(model, task, scope)


def count(
    connection: sqlite3.Connection, owner: str, failure: Failure, lately: Lately
) -> tuple[int, int]:
    """Count a failure; `(so often this very one, so often its category)` of late."""
    category = failure.category.value
    same = digest(owner, _SAME, category, failure.fingerprint)
    kind = digest(owner, _KIND, category)
    return (
        # The empty category keeps the count of one failure out of those by category.
        _grown(connection, _Count(same, owner, ""), lately),
        _grown(connection, _Count(kind, owner, category), lately),
    )


def worst(connection: sqlite3.Connection, owner: str, lately: Lately) -> tuple[str, int]:
    """The category that failed most often of late, and how often; `("", 0)` for none."""
    found = each(connection, owner, lately)
    return found[0] if found else ("", 0)


def each(connection: sqlite3.Connection, owner: str, lately: Lately) -> tuple[tuple[str, int], ...]:
    """`(category, how often)` of late, the most frequent first."""
    times = {"from_us": lately.from_us, "known_us": lately.now_us + AHEAD_US}
    rows = connection.execute(_EACH, {"owner": owner, **times})
    return tuple((str(category), int(number)) for category, number in rows)


def reset(connection: sqlite3.Connection, owner: str) -> None:
    """Forget all failures of an owner."""
    connection.execute("DELETE FROM failure_counts WHERE owner = ?", (owner,))


def forget(connection: sqlite3.Connection, before_us: int) -> None:
    """Forget what happened before a time."""
    connection.execute("DELETE FROM failure_counts WHERE at_us < ?", (before_us,))


@dataclass(frozen=True, slots=True)
class _Count:
    key: str
    owner: str
    category: str


def _grown(connection: sqlite3.Connection, what: _Count, lately: Lately) -> int:
    values = {
        "key": what.key,
        "owner": what.owner,
        "category": what.category,
        "now_us": lately.now_us,
        "from_us": lately.from_us,
        "known_us": lately.now_us + AHEAD_US,
    }
    return int(connection.execute(_COUNT, values).fetchone()[0])


def digest(*parts: str) -> str:
    """A key for texts of which none may be stored.

    Ids hold `/`, `:`, `@` and spaces, so the parts are told apart by JSON.
    """
    content = json.dumps(parts).encode()
    return hashlib.blake2b(content, digest_size=16).hexdigest()


_COUNT = """
    INSERT INTO failure_counts (key, owner, category, number, at_us)
    VALUES (:key, :owner, :category, 1, :now_us)
    ON CONFLICT (key) DO UPDATE SET
        number = CASE WHEN at_us BETWEEN :from_us AND :known_us THEN number + 1 ELSE 1 END,
        at_us = :now_us
    RETURNING number"""
_EACH = """
    SELECT category, number FROM failure_counts
    WHERE owner = :owner AND category != '' AND at_us BETWEEN :from_us AND :known_us
    ORDER BY number DESC, category"""
