"""Writing an index: the facts of files, and what was left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from understudy.index.place import database_in, remove_database
from understudy.index.schema import open_database, word_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from understudy.index.facts import Definition, Facts, Import

_SCANNED = "scanned"
_MOST_WORDS = 100_000
"""So many names wait to be stored together."""


class Stamp(NamedTuple):
    """By what a file is taken for unchanged."""

    mtime_ns: int
    size: int


NEVER = Stamp(0, 0)


class Known(NamedTuple):
    """A file that the index has."""

    number: int
    stamp: Stamp
    digest: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A path that the index has not, and why; a folder's stands for all that is in it."""

    reason: str
    stamp: Stamp = NEVER


class Store:
    """The database of one workspace, for the one process that writes it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words: list[tuple[int, int]] = []

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The database in a folder, made anew if it is damaged or of another edition.

        Raises:
            OSError, sqlite3.Error: when none can be made.
        """
        import sqlite3

        path = database_in(folder)
        try:
            return cls(open_database(path))
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            remove_database(folder)
            return cls(open_database(path))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def begin(self) -> None:
        """Begin a transaction, if none is going on. What is written in it counts with `commit`."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction."""
        self._put_words()
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def files(self) -> dict[str, Known]:
        """Every file that is in it."""
        rows = self._connection.execute("SELECT path, id, mtime_ns, size, digest FROM files")
        return {
            path: Known(number, Stamp(mtime_ns, size), digest)
            for path, number, mtime_ns, size, digest in rows
        }

    def left_out(self) -> dict[str, LeftOut]:
        """What was left out."""
        rows = self._connection.execute("SELECT path, reason, mtime_ns, size FROM left_out")
        return {path: LeftOut(reason, Stamp(at, size)) for path, reason, at, size in rows}

    def put(self, facts: Facts, stamp: Stamp, known: Known | None) -> Known:
        """Store what a file holds, in the place of what was known of it."""
        if known is not None:
            self.drop(known)
        path, execute = facts.path, self._connection.execute
        folder = path.rpartition("/")[0]
        row = (path, path[::-1], folder, facts.language, *stamp, facts.digest, facts.module)
        if known is None:
            number = execute(
                "INSERT INTO files (path, reversed, folder, language, mtime_ns, size, digest,"
                " module) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
        else:
            number = known.number
            execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
        number = number or 0
        self._put_contents(number, facts)
        return Known(number, stamp, facts.digest)

    def _put_contents(self, number: int, facts: Facts) -> None:
        many = self._connection.executemany
        self._connection.execute(
            "INSERT INTO holds VALUES (?, ?, ?)",
            (number, _imports_text(facts.imports), " ".join(facts.uses)),
        )
        rows = (_definition_row(number, at, one) for at, one in enumerate(facts.definitions))
        many("INSERT INTO definitions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._words.extend((word_key(word), number) for word in facts.uses)
        if len(self._words) > _MOST_WORDS:
            self._put_words()

    def _put_words(self) -> None:
        """Store which names occur where: many at once and sorted, for else each is a page's write."""
        self._words.sort()
        sql = "INSERT OR IGNORE INTO uses VALUES (?, ?)"
        self._connection.executemany(sql, self._words)
        self._words.clear()

    def touch(self, known: Known, stamp: Stamp) -> Known:
        """Note that a file has other times, but holds what it held."""
        self._connection.execute(
            "UPDATE files SET mtime_ns = ?, size = ? WHERE id = ?", (*stamp, known.number)
        )
        return known._replace(stamp=stamp)

    def drop(self, known: Known) -> None:
        """Forget a file."""
        self._put_words()
        execute, number = self._connection.execute, known.number
        row = execute("SELECT uses FROM holds WHERE file = ?", (number,)).fetchone()
        words = row[0].split() if row is not None else ()
        self._connection.executemany(
            "DELETE FROM uses WHERE word = ? AND file = ?",
            ((word_key(word), number) for word in words),
        )
        execute("DELETE FROM definitions WHERE file = ?", (number,))
        execute("DELETE FROM holds WHERE file = ?", (number,))
        execute("DELETE FROM files WHERE id = ?", (number,))

    def replace_others(self, paths: Iterable[str]) -> None:
        """Store which files there are beside those that are read."""
        self._connection.execute("DELETE FROM others")
        self._connection.executemany(
            "INSERT OR IGNORE INTO others VALUES (?, ?)",
            ((path, path.rpartition("/")[2]) for path in paths),
        )

    def replace_left_out(self, left_out: Mapping[str, LeftOut]) -> None:
        """Store what was left out."""
        self._connection.execute("DELETE FROM left_out")
        self._connection.executemany(
            "INSERT OR IGNORE INTO left_out VALUES (?, ?, ?, ?)",
            ((path, one.reason, *one.stamp) for path, one in left_out.items()),
        )

    def leave_out(self, path: str, one: LeftOut) -> None:
        """Store that one more file was left out."""
        self._connection.execute(
            "INSERT OR REPLACE INTO left_out VALUES (?, ?, ?, ?)", (path, one.reason, *one.stamp)
        )

    def take_in(self, path: str) -> None:
        """Store that a file is no longer left out."""
        self._connection.execute("DELETE FROM left_out WHERE path = ?", (path,))

    def scanned(self, told: Mapping[str, float]) -> None:
        """Note that every file was looked at, with figures about that."""
        self._connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SCANNED, json.dumps(dict(told)))
        )

    def is_scanned(self) -> bool:
        """Whether every file was looked at once."""
        sql = "SELECT count(*) FROM meta WHERE key = ?"
        return bool(self._connection.execute(sql, (_SCANNED,)).fetchone()[0])


def _definition_row(number: int, at: int, one: Definition) -> Sequence[object]:
    bases = "\n".join(one.bases)
    lines = (one.first, one.head, one.body, one.stop)
    return (number, at, one.name, one.kind, *lines, one.parent, bases, one.owner)


def _imports_text(imports: Sequence[Import]) -> str:
    if not imports:
        return ""
    rows = [(one.module, one.names, one.alias, one.line, one.passed_on) for one in imports]
    return json.dumps(rows, separators=(",", ":"))
