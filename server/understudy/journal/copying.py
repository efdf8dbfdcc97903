"""Copying runs, and all that hangs on them, from the journal's file into a team's database.

What is there already is written over, so a run may be copied as often as one likes. Numbers that stand for
words which many rows share are others in each database, and are translated.
"""

# ruff: noqa: S608 - statements are put together of names of our own tables and columns

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from understudy.core.clock import HOUR_US
from understudy.journal import rollup_sql
from understudy.journal.contents import LEVELS
from understudy.journal.database import snapshot, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from understudy.config.journal_settings import ContentLevel

Values = dict[str, Any]

_RUNS = "SELECT value FROM json_each(:ids)"
_BY_RUN = f"run_id IN ({_RUNS})"
_BY_CALL = f"call_id IN (SELECT id FROM calls WHERE {_BY_RUN})"
_USES = f"""
    subject IN (SELECT id FROM calls WHERE {_BY_RUN} UNION ALL
                SELECT id FROM edits WHERE {_BY_RUN})
    AND sha256 IN (SELECT sha256 FROM contents WHERE level IN (SELECT value FROM json_each(:levels)))"""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is copied.

    Attributes:
        owner: whose runs they are called.
        level: `metrics` leaves out names of files and all texts.
    """

    owner: str = ""
    level: ContentLevel = "metrics"


@dataclass(frozen=True, slots=True)
class _Shared:
    """A table of words that rows refer to by a number.

    Attributes:
        table, words: its name, and the columns that make two of its rows the same.
        parts: the table of what each consists of, with a row for each part.
        part: what is the same in no two parts of one.
        long: whether the words may be too long for an index, which then holds their digests.
    """

    table: str
    words: tuple[str, ...]
    parts: str = ""
    part: str = ""
    long: bool = True


@dataclass(frozen=True, slots=True)
class _Copied:
    """A table whose rows are copied.

    Attributes:
        which: the condition for the rows of some runs.
        keys: its primary key.
        refers: the column that refers to shared words, and to which.
        full: whether it tells of files by their names.
    """

    table: str
    which: str
    keys: tuple[str, ...]
    refers: tuple[str, _Shared] | None = None
    full: bool = False


_CHECKS = _Shared("check_sets", ("checks",), "checks", "checker")
_SHAPES = _Shared("gate_shapes", ("signals",))
_FRAGMENTS = _Shared("fragment_sets", ("fragments",), "fragments_used", "fragment")
_SHOWN = _Shared("shown", ("path", "tier", "form"), long=False)
_ROUTES = _Shared("routes", ("provenance", "models", "explored", "rejected"))
# What others refer to comes first.
COPIED = (
    _Copied("runs", f"id IN ({_RUNS})", ("id",), ("route", _ROUTES)),
    _Copied("attempts", _BY_RUN, ("id",), ("check_set", _CHECKS)),
    _Copied(
        "gates",
        f"attempt_id IN (SELECT id FROM attempts WHERE {_BY_RUN})",
        ("attempt_id",),
        ("shape", _SHAPES),
    ),
    _Copied("edits", _BY_RUN, ("id",)),
    _Copied(
        "outcomes",
        f"edit_id IN (SELECT id FROM edits WHERE {_BY_RUN})",
        ("edit_id", "at_us", "what"),
    ),
    _Copied("calls", _BY_RUN, ("id",), ("fragment_set", _FRAGMENTS)),
    _Copied("call_lessons", _BY_CALL, ("call_id", "lesson")),
    _Copied(
        "call_spans",
        _BY_CALL,
        ("call_id", "shown_id", "first", "last"),
        ("shown_id", _SHOWN),
        full=True,
    ),
    _Copied("strategy_uses", _BY_RUN, ("run_id", "number")),
    _Copied("contents", f"sha256 IN (SELECT sha256 FROM content_uses WHERE {_USES})", ("sha256",)),
    _Copied("content_uses", _USES, ("subject", "part")),
)
_NEVER_BELOW_FULL = {("runs", "path"): "", ("calls", "words"): ""}
"""Names of files, and words of messages that nobody could name, by what is written instead."""


@dataclass(slots=True)
class Copying:
    """One time of copying, from a file to a database; both are at the newest version."""

    local: sqlite3.Connection
    remote: sqlite3.Connection
    terms: Terms
    _known: dict[tuple[str, int], int] = field(default_factory=dict)

    def copy(self, ids: Sequence[str], now_us: int) -> None:
        """Copy some runs, all of them or none. The sums of their time are out of date then."""
        known = dict(self._known)
        levels = LEVELS[1 : LEVELS.index(self.terms.level) + 1]
        which = {"ids": json.dumps(ids), "levels": json.dumps(levels)}
        full = self.terms.level == "full"
        with snapshot(self.local), transaction(self.remote):
            for one in COPIED:
                if full or not one.full:
                    self._copy(one, which, known)
            for hour in self._hours(which):
                self.remote.execute(rollup_sql.OPEN, {"hour": hour, "now_us": now_us})
        self._known = known

    def _hours(self, which: Values) -> list[int]:
        sql = f"SELECT DISTINCT started_us / {HOUR_US} FROM runs WHERE id IN ({_RUNS})"
        return [int(row[0]) for row in self.local.execute(sql, {"ids": which["ids"]})]

    def _copy(self, one: _Copied, which: Values, known: dict[tuple[str, int], int]) -> None:
        found = _read(self.local, f"SELECT * FROM {one.table} WHERE {one.which}", which)
        for values in found:
            self._change(one.table, values)
            if one.refers is not None and values[one.refers[0]] is not None:
                column, shared = one.refers
                values[column] = self._translated(shared, values[column], known)
        if found:
            self.remote.executemany(upsert(one.table, tuple(found[0]), one.keys), found)

    def _change(self, table: str, values: Values) -> None:
        """What is not for others goes, and whose it is comes."""
        if table == "runs":
            values["owner"] = self.terms.owner
        if self.terms.level != "full":
            values.update(
                {
                    column: instead
                    for (of, column), instead in _NEVER_BELOW_FULL.items()
                    if of == table
                }
            )

    def _translated(
        self, shared: _Shared, number: int, known: dict[tuple[str, int], int]
    ) -> int | None:
        """The number that the database has for words; None where the file does not know them."""
        key = (shared.table, number)
        if key not in known:
            columns = ", ".join(shared.words)
            sql = f"SELECT {columns} FROM {shared.table} WHERE id = :id"
            words = _read(self.local, sql, {"id": number})
            if not words:
                return None
            known[key] = self._number(shared, words[0])
            self._copy_parts(shared, number, known[key])
        return known[key]

    def _number(self, shared: _Shared, words: Values) -> int:
        digest = "md5({})" if shared.long else "{}"
        same = " AND ".join(
            f"{digest.format(one)} = {digest.format(f'CAST(:{one} AS TEXT)')}"
            for one in shared.words
        )
        sql = f"SELECT id FROM {shared.table} WHERE {same}"
        row = self.remote.execute(sql, words).fetchone()
        if row is None:
            insert = rollup_sql.insert(shared.table, shared.words)
            row = self.remote.execute(f"{insert} RETURNING id", words).fetchone()
        return int(row[0])

    def _copy_parts(self, shared: _Shared, number: int, there: int) -> None:
        if not shared.parts:
            return
        parts = _read(
            self.local, f"SELECT * FROM {shared.parts} WHERE set_id = :id", {"id": number}
        )
        if parts:
            sql = upsert(shared.parts, tuple(parts[0]), ("set_id", shared.part))
            self.remote.executemany(sql, [{**one, "set_id": there} for one in parts])


def upsert(table: str, columns: Sequence[str], keys: Sequence[str]) -> str:
    """Puts a row in, or in the place of the one with the same key."""
    fresh = ", ".join(f"{one} = EXCLUDED.{one}" for one in columns if one not in keys)
    insert = rollup_sql.insert(table, tuple(columns))
    return f"{insert} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {fresh}"


def _read(connection: sqlite3.Connection, sql: str, which: Values) -> list[Values]:
    """Rows by the names of their columns, without what PostgreSQL can't hold."""
    asked = {name: value for name, value in which.items() if f":{name}" in sql}
    cursor = connection.execute(sql, asked)
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor]


def _plain(value: Any) -> Any:
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
