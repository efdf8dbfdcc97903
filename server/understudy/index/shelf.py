"""Reading an index that another process may be writing."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from understudy.index.facts import Definition, Facts, Kind
from understudy.index.packing import imports_of
from understudy.index.place import database_in
from understudy.index.schema import BUSY_TIMEOUT_S, files_of_blob, is_current, word_key
from understudy.index.store import Stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from pathlib import Path

_MANY = 10_000
_MOST_ANSWERS, _MOST_ROWS = 8_000, 200
"""So many answers are remembered, each of so many rows at most."""
_MAX_CODE_POINT = "\U0010ffff"


class Row(NamedTuple):
    """A definition as it is stored."""

    path: str
    stamp: Stamp
    number: int
    definition: Definition


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a file, and by what the file was taken for unchanged."""

    stamp: Stamp
    facts: Facts


class Shelf:
    """The database of one workspace, read only. Every method may block, from any thread.

    Nothing is in one that can't be opened or is damaged: nobody waits for an index. Answers are
    remembered until something else is written.

    It is given a function that says where the database lies, because that has to look at the disk.

    Attributes:
        is_damaged: whether an answer failed because the file is no sound database.
    """

    def __init__(self, folder: Callable[[], Path]) -> None:
        self.is_damaged = False
        self._folder = folder
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._answers: dict[tuple[str, tuple[object, ...]], list[Any]] = {}
        self._written: object = None

    def connect(self) -> bool:
        """Open the database, or open it again; whether there is one of this edition."""
        import sqlite3

        self.close()
        self.is_damaged = False
        path = database_in(self._folder())
        with self._lock:
            try:
                connection = sqlite3.connect(
                    f"{path.as_uri()}?mode=ro",
                    uri=True,
                    timeout=BUSY_TIMEOUT_S,
                    isolation_level=None,
                    check_same_thread=False,
                )
            except sqlite3.Error:
                return False
            try:
                current = is_current(connection)
            except sqlite3.Error:
                current = False
            if current:
                self._connection = connection
            else:
                connection.close()
            return current

    @property
    def is_open(self) -> bool:
        """Whether there is a database to ask."""
        return self._connection is not None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            self._answers.clear()

    def is_scanned(self) -> bool:
        """Whether every file was looked at once."""
        return bool(self._ask("SELECT 1 FROM meta WHERE key = 'scanned'"))

    def stored(self, path: str) -> Stored | None:
        """What is stored of a file."""
        rows = self._ask(
            "SELECT id, times_ns, size, language, digest, module, imports, uses"
            " FROM files JOIN holds ON file = id WHERE path = ?",
            path,
        )
        if not rows:
            return None
        number, times_ns, size, language, digest, module, imports, uses = rows[0]
        sql = "SELECT * FROM definitions WHERE file = ? ORDER BY number"
        definitions = tuple(_definition(row) for row in self._ask(sql, number))
        facts = Facts(
            path,
            language,
            digest,
            module,
            definitions,
            imports_of(json.loads(imports or "[]")),
            tuple(uses.split()),
        )
        return Stored(Stamp(times_ns, size), facts)

    def stamp(self, path: str) -> Stamp | None:
        """By what a file was taken for unchanged; None for one that is not stored."""
        rows = self._ask("SELECT times_ns, size FROM files WHERE path = ?", path)
        return Stamp(*rows[0]) if rows else None

    def named(self, name: str, limit: int) -> list[Row]:
        """The definitions of a name, by path."""
        rows = self._ask(
            "SELECT path, times_ns, size, definitions.* FROM definitions JOIN files ON id = file"
            " WHERE name = ? ORDER BY path, number LIMIT ?",
            *(name, limit),
        )
        return [
            Row(path, Stamp(times_ns, size), rest[1], _definition(rest))
            for path, times_ns, size, *rest in rows
        ]

    def using(self, name: str, limit: int) -> list[str]:
        """The files in which a name occurs that they do not define, by path."""
        blobs = self._ask("SELECT files FROM uses WHERE word = ?", word_key(name))
        numbers = {number for (blob,) in blobs for number in files_of_blob(blob)}
        return self._paths(
            "SELECT path FROM files JOIN holds ON holds.file = id"
            " WHERE id IN (SELECT value FROM json_each(?))"
            " AND instr(' ' || holds.uses || ' ', ?) ORDER BY path LIMIT ?",
            *(json.dumps(sorted(numbers)), f" {name} ", limit),
        )

    def ending(self, tail: str) -> list[str]:
        """The files whose paths end so, at a border of folders."""
        backwards = tail[::-1]
        return self._paths(
            "SELECT path FROM files WHERE reversed = ? OR (reversed >= ? AND reversed < ?)"
            " ORDER BY path LIMIT ?",
            *(backwards, f"{backwards}/", f"{backwards}/{_MAX_CODE_POINT}", _MANY),
        )

    def in_folder(self, folder: str) -> list[str]:
        """The files directly in a folder."""
        sql = "SELECT path FROM files WHERE folder = ? ORDER BY path LIMIT ?"
        return self._paths(sql, folder, _MANY)

    def of_module(self, module: str) -> list[str]:
        """The files that call themselves so."""
        sql = "SELECT path FROM files WHERE module = ? AND module <> '' ORDER BY path LIMIT ?"
        return self._paths(sql, module, _MANY)

    def others(self, names: Sequence[str]) -> list[str]:
        """The files that are no sources and have one of these names, which may have `*` in them."""
        sql = "SELECT path FROM others WHERE name"
        found = (self._paths(f"{sql} {'GLOB' if '*' in name else '='} ?", name) for name in names)
        return sorted(path for paths in found for path in paths)

    def is_left_out(self, path: str) -> bool:
        """Whether a file was left out when it was last looked at."""
        return bool(self._ask("SELECT 1 FROM left_out WHERE path = ?", path))

    def has_other(self, path: str) -> bool:
        """Whether there is such a file that is no source."""
        return bool(self._ask("SELECT 1 FROM others WHERE path = ?", path))

    def figures(self) -> dict[str, Any]:
        """How much there is, what the last scan took, and what was left out, as plain values."""
        scanned = self._ask("SELECT value FROM meta WHERE key = 'scanned'")
        by_language = self._ask(
            "SELECT language, count(*) FROM files GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        counts = "(SELECT count(*) FROM files), (SELECT count(*) FROM definitions)"
        files, definitions = (self._ask(f"SELECT {counts}") or [(0, 0)])[0]
        return {
            "files": files,
            "definitions": definitions,
            "languages": dict(by_language),
            "scan": json.loads(scanned[0][0]) if scanned else {},
            "left_out": dict(self._ask("SELECT path, reason FROM left_out ORDER BY path")),
        }

    def _paths(self, sql: str, *values: object) -> list[str]:
        return [path for (path,) in self._ask(sql, *values)]

    def _ask(self, sql: str, *values: object) -> list[Any]:
        import sqlite3

        with self._lock:
            if self._connection is None:
                return []
            try:
                return self._remembered(self._connection, sql, values)
            except sqlite3.OperationalError:
                return []
            except sqlite3.DatabaseError:
                self.is_damaged = True
                return []
            except UnicodeError:
                return []

    def _remembered(
        self, connection: sqlite3.Connection, sql: str, values: tuple[object, ...]
    ) -> list[Any]:
        """The rows of an answer, which nobody may change."""
        # This number changes when another connection wrote.
        written = connection.execute("PRAGMA data_version").fetchone()
        if written != self._written or len(self._answers) >= _MOST_ANSWERS:
            self._answers.clear()
            self._written = written
        rows = self._answers.get((sql, values))
        if rows is None:
            rows = connection.execute(sql, values).fetchall()
            if len(rows) <= _MOST_ROWS:
                self._answers[sql, values] = rows
        return rows


def _definition(row: Sequence[Any]) -> Definition:
    _, _, name, kind, first, head, body, stop, parent, bases, owner = row
    built_on = tuple(bases.split("\n")) if bases else ()
    return Definition(name, cast("Kind", kind), first, head, body, stop, parent, built_on, owner)
