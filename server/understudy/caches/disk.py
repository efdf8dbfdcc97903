"""A diskcache that holds text and numbers, and executes nothing of what it reads.

diskcache unpickles whatever a row says is a pickle, so who can write the file can run code
(CVE-2025-69872); rows that name files could have any file read or deleted. Here a value is always
in its row, as text or a number, and a row that says anything else is an error.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from diskcache import Cache, Timeout
from diskcache.core import DBNAME, MODE_RAW, Disk

from understudy.core.failures import UnderstudyError

_ALL_IN_ROWS = 2**31 - 1
_TIMEOUT_S = 2.0


class TaintedError(UnderstudyError):
    """A row of the cache that this program did not write."""


class TextDisk(Disk):
    """Stores text and numbers in rows; everything else is refused, written or read."""

    def put(self, key: object) -> tuple[object, bool]:
        """A key as a row holds it; keys are text."""
        return (key, True) if isinstance(key, str) else _refuse("a key that is no text")

    def get(self, key: object, raw: object) -> object:
        """A key of a row."""
        return key if raw and isinstance(key, str) else _refuse("a key that is no text")

    def store(
        self,
        value: object,
        read: object,
        key: object = None,  # noqa: ARG002 - diskcache names it
    ) -> tuple[int, int, None, object]:
        """A value as a row holds it."""
        if read or not isinstance(value, str | int | float):
            _refuse(f"a value of type {type(value).__name__}")
        return 0, MODE_RAW, None, value

    def fetch(self, mode: object, filename: object, value: object, read: object) -> object:
        """A value of a row."""
        if mode != MODE_RAW or filename is not None or read:
            _refuse(f"a value of mode {mode!r}")
        return value if isinstance(value, str | int | float) else _refuse("a value of bytes")

    def remove(self, file_path: object) -> None:
        """Nothing: no row of ours names a file, so one that does is not ours."""


def open_cache(folder: Path, size_limit: int) -> Cache:
    """The cache in a folder of this user alone, made when it is missing.

    Raises:
        TaintedError: when the folder is somebody else's or a link.
        OSError, sqlite3.Error: when it can't be opened.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _require_ours(folder)
    if os.path.expandvars(os.path.expanduser(str(folder))) != str(folder):  # noqa: PTH111 - as diskcache does it
        raise TaintedError(f"The cache `{folder}` would be another folder, so it is not used.")
    return Cache(
        str(folder),
        timeout=_TIMEOUT_S,
        disk=TextDisk,
        size_limit=size_limit,
        cull_limit=50,
        eviction_policy="least-recently-used",
        disk_min_file_size=_ALL_IN_ROWS,
        disk_pickle_protocol=0,
        sqlite_secure_delete=1,
    )


def wipe(cache: Cache) -> int:
    """Throw everything away, so that nothing of it is left in the files; says how much it was.

    Raises:
        Any of `ERRORS`, and `BUSY`.
    """
    count = int(cache.clear(retry=True))
    with closing(sqlite3.connect(Path(cache.directory, DBNAME), timeout=_TIMEOUT_S)) as database:
        # What was written last stands in a file beside the database until then.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def is_damaged(error: BaseException) -> bool:
    """Whether the file is no database any more, so that nothing can be saved of it."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def remove_files(folder: Path) -> None:
    """Delete the database, whatever it holds; the next one who opens the cache gets a new one.

    Raises:
        TaintedError: when the folder is somebody else's or a link; nothing was deleted then.
        OSError: when a file can't be deleted, as while another program on Windows has it open.
    """
    _require_ours(folder)
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"{DBNAME}{suffix}").unlink(missing_ok=True)


def _require_ours(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise TaintedError(f"The cache `{folder}` is not a folder of its own, so it is not used.")
    if hasattr(os, "getuid"):
        if found.st_uid != os.getuid():
            raise TaintedError(f"The cache `{folder}` belongs to another user, so it is not used.")
        if stat.S_IMODE(found.st_mode) & 0o077:
            folder.chmod(0o700)


def _refuse(what: str) -> NoReturn:
    raise TaintedError(f"The cache holds {what}, which Understudy never writes.")


ERRORS: tuple[type[Exception], ...] = (
    *(TaintedError, sqlite3.Error, OSError),
    # What a row of its own settings that is not ours makes of the library.
    *(AssertionError, AttributeError, KeyError, TypeError, ValueError),
)
"""What opening, reading and writing can end with when the cache is of no use."""
BUSY = Timeout
"""Another process holds the cache for longer than anybody waits."""
