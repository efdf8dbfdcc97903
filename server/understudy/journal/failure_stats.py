"""How often calls failed, and as what. Every function reads and never writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.journal.database import version_of
from understudy.journal.reading import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from understudy.journal.postgres import Where

_MOST_KINDS = 50

Count = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class ModelFailures:
    """What went wrong with one model.

    Attributes:
        calls: how many questions it was asked, those answered well from our own cache left out.
        categories: `(category, how often)`, the most frequent first.
    """

    model: str
    calls: int
    categories: tuple[tuple[str, int], ...]

    @property
    def failed(self) -> int:
        """How many questions brought nothing of use."""
        return sum(number for _, number in self.categories)


@dataclass(frozen=True, slots=True)
class UnknownKind:
    """Failures that nobody could name and that differ in names, numbers and places only.

    Attributes:
        fingerprint: of all of them; empty for what an earlier version recorded.
        code: what the provider or a tool calls the last of them.
        words: by which a rule of `failures.rules` could know them; empty when they are too few.
        last_us: when there was one last.
    """

    fingerprint: str
    code: str
    words: str
    number: int
    models: tuple[str, ...]
    last_us: int


@dataclass(frozen=True, slots=True)
class FailureStats:
    """Failures of all models, by model and together."""

    models: tuple[ModelFailures, ...] = ()
    unknown: tuple[UnknownKind, ...] = ()

    @property
    def calls(self) -> int:
        """How many questions were asked."""
        return sum(one.calls for one in self.models)

    @property
    def categories(self) -> tuple[tuple[str, int], ...]:
        """`(category, how often)` over all models, the most frequent first."""
        numbers: dict[str, int] = {}
        for model in self.models:
            for category, number in model.categories:
                numbers[category] = numbers.get(category, 0) + number
        return _by_number(numbers)

    @property
    def failed(self) -> int:
        """How many questions brought nothing of use."""
        return sum(one.failed for one in self.models)

    @property
    def unknown_rate(self) -> float | None:
        """The share of failures that nobody could name; None without failures."""
        unknown = dict(self.categories).get(FailureCategory.UNKNOWN.value, 0)
        return unknown / self.failed if self.failed else None


def failure_stats(path: Where, since_us: int = 0) -> FailureStats:
    """What the journal knows about failures of calls since a time; nothing without a journal.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < 2:
            return FailureStats()
        which = {"since_us": since_us, "most": _MOST_KINDS}
        return FailureStats(
            _models(_counts(connection, which)),
            _unknown(connection, which) if version_of(connection) > 2 else (),
        )


def _counts(connection: sqlite3.Connection, which: dict[str, int]) -> list[Count]:
    """Model by model, because grouping all calls by two columns takes twice as long."""
    models = [row[0] for row in connection.execute(_MODELS)]
    return [
        (model, category, number)
        for model in models
        for category, number in connection.execute(_COUNTS, {**which, "model": model}).fetchall()
    ]


def _models(rows: Iterable[Count]) -> tuple[ModelFailures, ...]:
    calls: dict[str, int] = {}
    failures: dict[str, dict[str, int]] = {}
    for model, category, number in rows:
        calls[model] = calls.get(model, 0) + number
        if category:
            failures.setdefault(model, {})[category] = number
    return tuple(
        ModelFailures(model, number, _by_number(failures.get(model, {})))
        for model, number in sorted(calls.items())
    )


def _unknown(connection: sqlite3.Connection, which: dict[str, int]) -> tuple[UnknownKind, ...]:
    return tuple(
        UnknownKind(
            fingerprint=row["fingerprint"],
            code=row["code"],
            words=row["words"],
            number=row["number"],
            models=_models_of(connection, {**which, "fingerprint": row["fingerprint"]}),
            last_us=row["last_us"],
        )
        for row in connection.execute(_UNKNOWN, which).fetchall()
    )


def _models_of(connection: sqlite3.Connection, which: dict[str, int | str]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.execute(_MODELS_OF_KIND, which))


def _by_number(numbers: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(numbers.items(), key=lambda one: (-one[1], one[0])))


_MODELS = "SELECT DISTINCT model FROM calls ORDER BY model"
_COUNTS = """
    SELECT category, COUNT(*) AS number FROM calls
    WHERE model = :model AND at_us >= :since_us AND NOT (remembered = 1 AND category = '')
    GROUP BY category ORDER BY category"""
_UNKNOWN = """
    WITH failed AS (
        SELECT fingerprint, code, words, at_us,
               ROW_NUMBER() OVER (PARTITION BY fingerprint ORDER BY at_us DESC, id DESC) AS place,
               COUNT(*) OVER (PARTITION BY fingerprint) AS number
        FROM calls WHERE at_us >= :since_us AND category = 'unknown')
    SELECT fingerprint, code, words, number, at_us AS last_us FROM failed WHERE place = 1
    ORDER BY number DESC, last_us DESC, fingerprint LIMIT :most"""
_MODELS_OF_KIND = """
    SELECT DISTINCT model FROM calls
    WHERE at_us >= :since_us AND category = 'unknown' AND fingerprint = :fingerprint
    ORDER BY model"""
