"""The database of an index: what is in it, and what makes one unfit.

It holds nothing that can't be read again from the workspace, so one that is damaged, or was written
by another version, is thrown away.
"""

from __future__ import annotations

from array import array
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from zlib import crc32

from understudy.index.extraction import VERSION
from understudy.languages import all_languages

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BUSY_TIMEOUT_S = 2.0
_SCHEMA_VERSION = 3
PAGE_BYTES = 8_192
"""Of a new database: larger and fewer pages than SQLite's own take less time to fill."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  reversed TEXT NOT NULL,
  folder TEXT NOT NULL,
  language TEXT NOT NULL,
  times_ns INTEGER NOT NULL,
  size INTEGER NOT NULL,
  digest TEXT NOT NULL,
  module TEXT NOT NULL
);
CREATE INDEX files_by_end ON files (reversed);
CREATE INDEX files_by_folder ON files (folder, path);
CREATE INDEX files_by_module ON files (module, path) WHERE module <> '';
CREATE TABLE holds (file INTEGER PRIMARY KEY, imports TEXT NOT NULL, uses TEXT NOT NULL);
CREATE TABLE definitions (
  file INTEGER NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  first INTEGER NOT NULL,
  head INTEGER NOT NULL,
  body INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  parent INTEGER NOT NULL,
  bases TEXT NOT NULL,
  owner TEXT NOT NULL,
  PRIMARY KEY (file, number)
) WITHOUT ROWID;
CREATE INDEX definitions_by_name ON definitions (name);
CREATE TABLE uses (
  word INTEGER NOT NULL, first INTEGER NOT NULL, files BLOB NOT NULL, PRIMARY KEY (word, first)
) WITHOUT ROWID;
CREATE TABLE others (path TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX others_by_name ON others (name, path);
CREATE TABLE left_out (
  path TEXT PRIMARY KEY, reason TEXT NOT NULL, times_ns INTEGER NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
"""


def word_key(name: str) -> int:
    """What stands for a name in `uses`.

    A row there lists files in which the name may occur, and `first` is the first of them. Two names
    may have one key, and files stay listed that no longer have the name, so answers are looked at.
    """
    return crc32(name.encode("utf-8", "surrogatepass"))


def files_as_blob(numbers: Iterable[int]) -> bytes:
    """Numbers of files as `uses` holds them: it never leaves the machine that wrote it."""
    return array("I", numbers).tobytes()


def files_of_blob(blob: bytes) -> Iterable[int]:
    """The numbers again."""
    found = array("I")
    found.frombytes(blob[: len(blob) - len(blob) % found.itemsize])
    return found


@cache
def edition() -> str:
    """Stands for all that decides what is found in a text: with another one everything is read again."""
    told = [str(_SCHEMA_VERSION), TABLES, str(VERSION), *_languages()]
    return blake2b("\0".join(told).encode(), digest_size=12).hexdigest()


def open_database(path: Path) -> sqlite3.Connection:
    """The database for writing; the connection is for any thread, and for one at a time.

    Raises:
        OSError, sqlite3.Error: when it can't be made or read.
    """
    import sqlite3

    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        # A crash of the system may damage it; then it is made again.
        connection.execute("PRAGMA synchronous = OFF")
        if not is_current(connection):
            _make(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the database is of this edition. Raises `sqlite3.Error` for one that is damaged."""
    count = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()
    if not count[0]:
        return False
    row = connection.execute("SELECT value FROM meta WHERE key = 'edition'").fetchone()
    return row is not None and row[0] == edition()


def _make(connection: sqlite3.Connection) -> None:
    """Empty tables in place of whatever there is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        there = connection.execute("SELECT type, name FROM sqlite_master WHERE sql <> ''")
        for kind, name in sorted(there.fetchall()):
            connection.execute(f'DROP {kind} IF EXISTS "{name}"')
        for statement in TABLES.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('edition', ?)", (edition(),))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _languages() -> Iterator[str]:
    for language in all_languages().values():
        if language.grammar is not None and language.outline is not None:
            outline = language.outline
            yield f"{language.id} {sorted(language.suffixes)} {outline.marks} {outline.query}"
            yield f"{sorted(language.shared)} {language.shown_by}"
            yield _version(language.grammar.module.replace("_", "-"))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
