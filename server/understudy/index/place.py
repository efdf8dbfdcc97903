"""Where the index of a workspace folder is kept, and which process may write it."""

from __future__ import annotations

import contextlib
import os
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from understudy.config.paths import cache_folder
from understudy.workspace.file_lock import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

MAX_WORKSPACES = 24
"""Of so many the index is kept; what was used longest ago goes first."""
_LOCK = "writer.lock"
_DATABASE = "index.sqlite3"
_KEY = re.compile("[0-9a-f]{24}")


def folder_for(root: Path) -> Path:
    """The folder of a workspace's index; nothing is made."""
    key = blake2b(os.path.realpath(root).encode("utf-8", "surrogatepass"), digest_size=12)
    return _home() / key.hexdigest()


def database_in(folder: Path) -> Path:
    """The database in such a folder."""
    return folder / _DATABASE


def become_writer(folder: Path) -> BinaryIO | None:
    """Make the folder, and take its lock: it is held until the file is closed.

    None when another process writes there.

    Raises:
        OSError: when the folder can't be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (folder / _LOCK).open("ab")
    if take(lock):
        os.utime(folder)
        return lock
    lock.close()
    return None


def make_room() -> None:
    """Delete the indexes of the workspaces that nobody opened for the longest time.

    Only what this module makes is deleted, file by file: a folder that holds anything else stays.
    """
    for _, folder in sorted(_kept(), key=lambda each: each[0], reverse=True)[MAX_WORKSPACES:]:
        with contextlib.suppress(OSError):
            with (folder / _LOCK).open("r+b") as lock:
                if not take(lock):
                    continue
                remove_database(folder)
            (folder / _LOCK).unlink(missing_ok=True)
            folder.rmdir()


def remove_database(folder: Path) -> None:
    """Delete the database with what belongs to it.

    Raises:
        OSError: when somebody holds it, on Windows.
    """
    for end in ("", "-wal", "-shm"):
        (folder / f"{_DATABASE}{end}").unlink(missing_ok=True)


def size_of(folder: Path) -> int:
    """The bytes of the database on the disk."""
    return sum(_size(folder / f"{_DATABASE}{end}") for end in ("", "-wal", "-shm"))


def _kept() -> Iterator[tuple[float, Path]]:
    """The folders of indexes, each with when it was last opened."""
    with contextlib.suppress(OSError):
        for folder in _home().iterdir():
            with contextlib.suppress(OSError):
                if _KEY.fullmatch(folder.name) and (folder / _LOCK).is_file():
                    yield folder.lstat().st_mtime, folder


def _home() -> Path:
    return cache_folder() / "index"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
