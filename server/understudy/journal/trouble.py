"""What to do about an error of the journal's file."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from understudy.core.failures import UnderstudyError

if TYPE_CHECKING:
    from pathlib import Path

_BUSY = 5
_LOCKED = 6
_READ_ONLY = 8
_CORRUPT = 11
_FULL = 13
_NOT_A_DATABASE = 26
"""Primary result codes of SQLite (https://www.sqlite.org/rescode.html)."""

_REASONS = {
    _BUSY: "another program holds it",
    _LOCKED: "another program holds it",
    _READ_ONLY: "it is read-only",
    _FULL: "the disk is full",
}


def is_busy(error: BaseException) -> bool:
    """Whether another program holds the file just now."""
    return _code(error) in (_BUSY, _LOCKED)


def notice(path: Path, error: Exception) -> str:
    """A sentence for the user. A damaged file is moved aside, so that the next start has a new one."""
    if isinstance(error, UnderstudyError):
        return str(error)
    if _code(error) in (_CORRUPT, _NOT_A_DATABASE):
        return _off(f"`{path}` is damaged{_move_aside(path)}")
    why = _REASONS.get(_code(error)) or getattr(error, "strerror", None) or str(error)
    return _off(f"`{path}` can't be written ({why})")


def _off(why: str) -> str:
    return f"Runs are not recorded, because {why}. Everything else works as usual."


def _move_aside(path: Path) -> str:
    """Rename the file; the end of a sentence that says where it went."""
    target = path.with_name(f"{path.name}.corrupt-{time.strftime('%Y%m%dT%H%M%S')}")
    try:
        path.rename(target)
    except OSError:
        return " and can't be moved aside"
    for suffix in ("-wal", "-shm"):
        # They belong to the damaged file; a new database must not find them.
        with suppress(OSError):
            path.with_name(path.name + suffix).rename(target.with_name(target.name + suffix))
    return f" and was moved to `{target.name}`"


def _code(error: BaseException) -> int:
    """SQLite's primary result code; 0 for other errors."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0
