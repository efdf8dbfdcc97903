"""What to do about an error of the journal's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import UnderstudyError
from understudy.journal.log_fit import logs_do_not_fit, unfit

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.journal_file import JournalFile

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


def is_damage(error: BaseException) -> bool:
    """Whether the file is no whole database."""
    return _code(error) in (_CORRUPT, _NOT_A_DATABASE)


def notice(file: JournalFile, error: Exception) -> str:
    """Why runs are not recorded. A damaged file is moved aside, so that the next start has a new one."""
    path = file.path
    if isinstance(error, UnderstudyError):
        return str(error)
    if is_damage(error):
        if logs_do_not_fit(path):
            return _off(unfit(path))
        moved = file.move_aside()
        where = f"was moved to `{moved}`" if moved else "can't be moved aside"
        return _off(f"`{path}` is damaged and {where}")
    why = _REASONS.get(_code(error)) or getattr(error, "strerror", None) or str(error)
    return _off(f"`{path}` can't be written ({why})")


def complaint(file: JournalFile, error: Exception) -> str:
    """Why a command can't change the journal. A damaged file is moved aside, as above."""
    path = file.path
    if not is_damage(error):
        return f"The journal `{path}` can't be written: {error}."
    if logs_do_not_fit(path):
        return f"The journal can't be written: {unfit(path)}."
    if moved := file.move_aside():
        return (
            f"The journal `{path}` is damaged and was moved to `{moved}`, which keeps what it holds"
            " until you delete it. Run the command again: it finds a new journal."
        )
    return (
        f"The journal `{path}` is damaged and can't be moved aside. End the editors that use it,"
        " and run the command again."
    )


def unreadable(path: Path, error: Exception) -> str:
    """Why the journal can't be read, and what to do about it."""
    told = f"The journal `{path}` can't be read: {error}."
    if is_damage(error) and logs_do_not_fit(path):
        return f"The journal can't be read: {unfit(path)}."
    if is_damage(error):
        told += " It is damaged: `understudy stats reset` moves it aside, and a new one begins."
    return told


def _off(why: str) -> str:
    return f"Runs are not recorded, because {why}. Everything else works as usual."


def _code(error: BaseException) -> int:
    """SQLite's primary result code; 0 for other errors."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0
