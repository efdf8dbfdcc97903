"""Writing an index: the facts of files, and what was left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from understudy.index.place import database_in, remove_database
from understudy.index.schema import files_as_blob, open_database, word_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from understudy.index.facts import Definition, Facts, Import

_SCANNED = "scanned"
_MOST_WORDS = 300_000
"""So many names wait to be stored together."""


class Stamp(NamedTuple):
    """By what a file is taken for unchanged.

    Attributes:
        times_ns: the sum of when it was written and when anything about it was changed. Programs
            that copy or unpack files set the first to what it was, and nobody sets the second.
    """

    times_ns: int
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
        self._words: dict[str, list[int]] = {}
        self._waiting = 0

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
        rows = self._connection.execute("SELECT path, id, times_ns, size, digest FROM files")
        return {
            path: Known(number, Stamp(times_ns, size), digest)
            for path, number, times_ns, size, digest in rows
        }

    def left_out(self) -> dict[str, LeftOut]:
        """What was left out."""
        rows = self._connection.execute("SELECT path, reason, times_ns, size FROM left_out")
        return {path: LeftOut(reason, Stamp(at, size)) for path, reason, at, size in rows}

    def put(self, facts: Facts, stamp: Stamp, known: Known | None) -> Known:
        """Store what a file holds, in the place of what was known of it."""
        before = self._uses(known) if known is not None else frozenset[str]()
        if known is not None:
            self.drop(known)
        row = (*_place(facts.path), facts.language, *stamp, facts.digest, facts.module)
        sql = "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        kept = known.number if known is not None else None
        number = self._connection.execute(sql, (kept, *row)).lastrowid or 0
        self._put_contents(number, facts)
        self._note(number, [word for word in facts.uses if word not in before])
        return Known(number, stamp, facts.digest)

    def put_again(self, path: str, stamp: Stamp, twin: Known) -> Known:
        """Store one more file that holds what a known one does."""
        execute = self._connection.execute
        number = execute(
            "INSERT INTO files (path, reversed, folder, language, times_ns, size, digest, module)"
            " SELECT ?, ?, ?, language, ?, ?, digest, module FROM files WHERE id = ?",
            (*_place(path), *stamp, twin.number),
        ).lastrowid
        execute(
            "INSERT INTO holds SELECT ?, imports, uses FROM holds WHERE file = ?",
            (number, twin.number),
        )
        execute(
            "INSERT INTO definitions SELECT ?, number, name, kind, first, head, body, stop, parent,"
            " bases, owner FROM definitions WHERE file = ?",
            (number, twin.number),
        )
        again = Known(number or 0, stamp, twin.digest)
        self._note(again.number, tuple(self._uses(again)))
        return again

    def _put_contents(self, number: int, facts: Facts) -> None:
        many = self._connection.executemany
        self._connection.execute(
            "INSERT INTO holds VALUES (?, ?, ?)",
            (number, _imports_text(facts.imports), " ".join(facts.uses)),
        )
        rows = (_definition_row(number, at, one) for at, one in enumerate(facts.definitions))
        many("INSERT INTO definitions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _note(self, number: int, words: Sequence[str]) -> None:
        """Note which names occur in a file, to be stored with those of others."""
        waiting = self._words
        for word in words:
            if word in waiting:
                waiting[word].append(number)
            else:
                waiting[word] = [number]
        self._waiting += len(words)
        if self._waiting > _MOST_WORDS:
            self._put_words()

    def _put_words(self) -> None:
        """Store which names occur where: many at once and sorted, for else each is a page's write."""
        rows = [(word_key(word), files[0], files) for word, files in self._words.items()]
        rows.sort()
        self._connection.executemany(
            "INSERT INTO uses VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET files = CAST(files || excluded.files AS BLOB)",
            ((key, first, files_as_blob(files)) for key, first, files in rows),
        )
        self._words.clear()
        self._waiting = 0

    def _uses(self, known: Known) -> frozenset[str]:
        sql = "SELECT uses FROM holds WHERE file = ?"
        row = self._connection.execute(sql, (known.number,)).fetchone()
        return frozenset(row[0].split()) if row is not None else frozenset()

    def touch(self, known: Known, stamp: Stamp) -> Known:
        """Note that a file has other times, but holds what it held."""
        self._connection.execute(
            "UPDATE files SET times_ns = ?, size = ? WHERE id = ?", (*stamp, known.number)
        )
        return known._replace(stamp=stamp)

    def drop(self, known: Known) -> None:
        """Forget a file."""
        execute, number = self._connection.execute, known.number
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


def _place(path: str) -> tuple[str, str, str]:
    """A path as `files` has it: as it is, backwards, and the folder."""
    return path, path[::-1], path.rpartition("/")[0]


def _definition_row(number: int, at: int, one: Definition) -> Sequence[object]:
    *plain, bases, owner = one
    return (number, at, *plain, "\n".join(bases), owner)


def _imports_text(imports: Sequence[Import]) -> str:
    if not imports:
        return ""
    return json.dumps(imports, separators=(",", ":"))
