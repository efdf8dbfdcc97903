"""The breakers in the database. Every function wants a connection within a transaction."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from understudy.failures.of_keys import holds_for_key
from understudy.journal.breaker import (
    Breaker,
    after_failure,
    credible,
    let_through,
    objection,
    silences,
)
from understudy.journal.failure_counts import digest
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from understudy.core.failures import Failure


class Asked(Protocol):
    """A model, as far as the ledger knows one."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def provider(self) -> str:
        """Its provider's id."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A model that is left alone.

    Attributes:
        model: empty for all models of the provider.
        why: a clause that goes with the name.
        category: of the failure that led to it.
    """

    provider: str
    model: str
    why: str
    category: str


def look(connection: sqlite3.Connection, model: Asked, now_us: int) -> str:
    """Why a model is left alone, as a clause; empty when it is not."""
    states = (_read(connection, key, now_us) for key in _keys(model))
    return next(filter(None, (objection(state, now_us) for state in states)), "")


def claim(connection: sqlite3.Connection, model: Asked, now_us: int) -> str:
    """As `look`, and when nothing stands against it, the next caller knows of this call."""
    against = look(connection, model, now_us)
    for key in () if against else _keys(model):
        before = _read(connection, key, now_us)
        after = let_through(before, now_us)
        if after != before:
            _write(connection, key, model, after)
    return against


def fail(
    connection: sqlite3.Connection, model: Asked, failure: Failure, now_us: int, cooldown_s: float
) -> None:
    """Count a failure of a server. See `breaker.after_failure`."""
    of_model, of_provider = _keys(model)
    key = of_provider if holds_for_key(failure) else of_model
    after = after_failure(_read(connection, key, now_us), failure, now_us, cooldown_s)
    _write(connection, key, model, after)


def hangs(connection: sqlite3.Connection, model: Asked, now_us: int) -> int | None:
    """How often the model was left alone since it fell silent; None when it did not."""
    of_model, _ = _keys(model)
    return silences(_read(connection, of_model, now_us))


def close(connection: sqlite3.Connection, model: Asked) -> None:
    """All is well with a model, its provider and its key."""
    connection.execute("DELETE FROM breakers WHERE key IN (?, ?)", _keys(model))


def pauses(connection: sqlite3.Connection, now_us: int) -> tuple[Pause, ...]:
    """Every model that is left alone."""
    rows = ((row[0], row[1], _made(row[2:], now_us)) for row in connection.execute(_ALL))
    told = (
        Pause(provider, model, objection(state, now_us), state.category)
        for provider, model, state in rows
    )
    return tuple(pause for pause in told if pause.why)


def forget(connection: sqlite3.Connection, before_us: int) -> None:
    """Forget what was over before a time."""
    connection.execute(_FORGET, {"before_us": before_us})


def clear(connection: sqlite3.Connection) -> None:
    """Forget everything."""
    connection.execute("DELETE FROM breakers")


def _keys(model: Asked) -> tuple[str, str]:
    """The keys of the breakers that stand before a model: its own, and its provider's."""
    return digest("model", model.provider, model.id), digest("provider", model.provider)


def _read(connection: sqlite3.Connection, key: str, now_us: int) -> Breaker:
    row = connection.execute(_READ, (key,)).fetchone()
    return Breaker() if row is None else _made(row, now_us)


def _made(row: tuple[object, ...], now_us: int) -> Breaker:
    made: Callable[..., Breaker] = Breaker
    return credible(made(*row), now_us)


def _write(connection: sqlite3.Connection, key: str, model: Asked, state: Breaker) -> None:
    of_model, _ = _keys(model)
    names = {
        "key": key,
        "provider": clean("provider", model.provider),
        "model": clean("model", model.id) if key == of_model else "",
    }
    connection.execute(_STORE, {**asdict(state), **names})


_READ = """
    SELECT weight, since_us, trips, open_until_us, probe_until_us, category
    FROM breakers WHERE key = ?"""
_ALL = """
    SELECT provider, model, weight, since_us, trips, open_until_us, probe_until_us, category
    FROM breakers WHERE provider <> '' ORDER BY provider, model"""
_STORE = """
    INSERT OR REPLACE INTO breakers (key, provider, model, weight, since_us, trips,
                                     open_until_us, probe_until_us, category)
    VALUES (:key, :provider, :model, :weight, :since_us, :trips,
            :open_until_us, :probe_until_us, :category)"""
_FORGET = "DELETE FROM breakers WHERE since_us < :before_us AND open_until_us < :before_us"
