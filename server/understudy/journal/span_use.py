"""Which pieces of workspaces were shown to models, and how the calls that showed them ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.journal import span_use_sql as sql
from understudy.journal.database import snapshot, version_of
from understudy.journal.model_tally import EVER_US
from understudy.journal.reading import reading
from understudy.journal.rollups import Window, window

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from understudy.journal.postgres import Where

_SINCE_VERSION, _SUMS_SINCE = 7, 11
_MOST_SPANS = 50
_ENOUGH = 10
"""After so few calls, nobody can tell whether something is of no use."""

Counts = Counter[str]


@dataclass(frozen=True, slots=True)
class Use:
    """How often something was shown, and what came of it.

    Attributes:
        what: a tier, or a path.
        calls: that showed it.
        answered: of those, the ones whose reply was of use.
        kept: of those, the ones of runs whose edit was kept or applied; 0 for a path.
        failed: of all calls, the ones that ended as a failure.
        tokens: that it took in all calls together.
    """

    what: str
    calls: int
    answered: int
    kept: int
    failed: int
    tokens: int

    @property
    def is_never_useful(self) -> bool:
        """Whether it was shown often, and no call with it was of use."""
        return self.calls >= _ENOUGH and not self.answered


@dataclass(frozen=True, slots=True)
class SpanUse:
    """What is known of all pieces.

    Attributes:
        calls: that showed anything of the workspace.
        without: calls that showed nothing of it; `without_answered` of them were of use.
        tiers: the most frequent first.
        paths: files that were shown often and never in a call that was of use.
        sent: tokens of prompts of which the provider told how many were in its cache.
        cached: those of them that were.
    """

    calls: int = 0
    answered: int = 0
    without: int = 0
    without_answered: int = 0
    tiers: tuple[Use, ...] = ()
    paths: tuple[Use, ...] = ()
    sent: int = 0
    cached: int = 0

    @property
    def is_telling(self) -> bool:
        """Whether there are enough calls to conclude anything from."""
        return self.calls >= _ENOUGH


def span_use(journal: Where, since_us: int = 0) -> SpanUse:
    """What the journal knows of runs that began since a time; nothing without one. Reads the disk.

    Tiers are told for all time, as all sums are; files as far back as there are rows.

    Raises:
        UnavailableError: the journal can't be read.
    """
    with reading(journal) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return SpanUse()
        with snapshot(connection):
            parts = _parts(connection, since_us)
            tiers = _added(connection, parts, (sql.TIERS, sql.TIER_SUMS), "tier")
            paths = _added(connection, parts, (sql.PATHS, sql.PATH_SUMS), "path")
    shown, without = tiers.pop(sql.ANY, Counter()), tiers.pop(sql.NONE, Counter())
    uses = (_use(path, counts) for path, counts in paths.items())
    return SpanUse(
        calls=shown["calls"],
        answered=shown["answered"],
        without=without["calls"],
        without_answered=without["answered"],
        tiers=_most(_use(tier, counts) for tier, counts in tiers.items()),
        paths=_most(one for one in uses if one.is_never_useful),
        sent=shown["sent"] + without["sent"],
        cached=shown["cached"] + without["cached"],
    )


def _parts(connection: sqlite3.Connection, since_us: int) -> Window:
    if version_of(connection) < _SUMS_SINCE:
        return Window(((since_us, EVER_US),), ())
    return window(connection, since_us, EVER_US)


def _added(
    connection: sqlite3.Connection, parts: Window, queries: tuple[str, str], name: str
) -> dict[str, Counts]:
    """What rows and sums tell together, by the column of a name."""
    of_rows, of_sums = queries
    found: defaultdict[str, Counts] = defaultdict(Counter)
    for since_us, until_us in parts.rows:
        which = {"since_us": since_us, "until_us": until_us}
        _add(found, connection.execute(of_rows, which), name)
    for first, until in parts.sums:
        _add(found, connection.execute(of_sums, {"first": first, "until": until}), name)
    return dict(found)


def _add(found: defaultdict[str, Counts], rows: sqlite3.Cursor, name: str) -> None:
    for row in rows:
        told = {one: row[one] or 0 for one in row.keys() if one not in {name, "model"}}  # noqa: SIM118 - a row of SQLite is no mapping
        found[row[name]].update(told)


def _use(what: str, counts: Mapping[str, int]) -> Use:
    calls, answered = counts["calls"], counts["answered"]
    kept = counts.get("kept", 0)
    return Use(what, calls, answered, kept, calls - answered, counts["tokens"])


def _most(uses: Iterator[Use]) -> tuple[Use, ...]:
    return tuple(sorted(uses, key=lambda one: (-one.calls, one.what))[:_MOST_SPANS])
