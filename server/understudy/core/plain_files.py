"""Read files that somebody else may have put there: never more than asked for, never waiting."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

_FLAGS: int = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_FLAGS |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
_PIECE = 4_096


class NotPlainError(OSError):
    """The path names something else than a regular file."""


def is_folder(path: Path) -> bool:
    """Whether there is a folder, links followed; no for a path that can't be looked at.

    `Path.is_dir` raises for a name that is too long, and for a folder that may not be read.
    """
    return os.path.isdir(path)  # noqa: PTH112 - see above


def is_there(path: Path) -> bool:
    """Whether there is anything at a path, links followed; no for one that can't be looked at."""
    return os.path.exists(path)  # noqa: PTH110 - see `is_folder`


def read_plain(path: Path, max_bytes: int) -> bytes:
    """The first `max_bytes` bytes of a regular file, links followed.

    Folders, pipes and devices are not opened: some wait for ever, some have no end, and opening
    alone can do something. What takes the file's place after that look is opened without waiting,
    and looked at again.

    Raises:
        NotPlainError: when it is not a regular file, or one of the kernel's that would wait.
        OSError: when it can't be read.
        ValueError: when no file can have such a path.
    """
    _check(path, os.stat(path).st_mode)  # noqa: PTH116 - `Path.stat` takes twice as long
    handle = os.open(path, _FLAGS)
    try:
        seen = os.fstat(handle)
        _check(path, seen.st_mode)
        with open(handle, "rb", buffering=0, closefd=False) as file:
            return _read(path, file, max_bytes, seen.st_size + 1)
    finally:
        os.close(handle)


def _read(path: Path, file: FileIO, max_bytes: int, expected: int) -> bytes:
    """All of it up to `max_bytes`; `expected` at once, since room for more would be cleared first."""
    pieces: list[bytes] = []
    left = max_bytes
    while left > 0:
        piece: bytes | None = file.read(min(left, max(expected, _PIECE)))
        if piece is None:
            raise _not_plain(path)
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _check(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise _not_plain(path)


def _not_plain(path: Path) -> NotPlainError:
    return NotPlainError(errno.EINVAL, "it is not a regular file", str(path))
