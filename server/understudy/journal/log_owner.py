"""Whose log lies beside the journal: a backup put in its place must not be read with the old one's.

A small file beside the journal names the database that the write-ahead log was begun for, and the
database that Understudy made itself, by the numbers that the file system gives to files. A folder
that was copied has other numbers for both; then nobody knows better than SQLite, which is left alone.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.workspace.file_lock import holding

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

BESIDE = ("-journal", "-wal", "-shm")
"""Endings of the files that SQLite keeps beside a database."""
REPLACED = ".replaced-"
"""Stands behind the journal's name where a file is kept that another one took the place of."""
_LOG = "-wal"
_LOCKED_S = 1.0
_MOST_BYTES = 1_000


class ForeignLogError(UnavailableError):
    """Beside the journal lies the log of another one, and can't be moved away."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """Numbers of files; 0 where there is none.

    Attributes:
        database: which one the log belongs to.
        log: the log itself.
        made: the database that was made because there was none.
        made_us: when.
    """

    database: int = 0
    log: int = 0
    made: int = 0
    made_us: int = 0


def held(path: Path) -> AbstractContextManager[None]:
    """Whoever makes or renames a database, or its log, holds this lock.

    Raises (on entry):
        OSError: when it can't be had; TimeoutError while another one holds it.
    """
    return holding(path.with_name(f"{path.name}.lock"), _LOCKED_S)


def beside(path: Path, suffix: str) -> Path:
    """The file that SQLite keeps beside a database."""
    return path.with_name(path.name + suffix)


def kept_as(path: Path, number: int) -> Path:
    """Where the file of this number is kept; the same for all who have it open."""
    return path.with_name(f"{path.name}{REPLACED}{number:x}")


def note_made(path: Path, made: Path, now_us: int) -> None:
    """Write down that a file is made because there was none. The caller holds the lock.

    Args:
        path: where it will lie.
        made: where it lies until then.
        now_us: the time.

    Raises:
        OSError: it can't be written.
    """
    _write(path, _Owner(made=_number(made), made_us=now_us))


def was_made_since(path: Path, since_us: int) -> bool:
    """Whether Understudy made the file at the path since then, because there was none."""
    owner = _read(path)
    return 0 < owner.made == _number(path) and owner.made_us >= since_us


def note_log(path: Path, number: int) -> None:
    """Write down whose log lies there, once the database of this number is open for writing.

    Raises:
        OSError: it can't be written.
    """
    owner = _read(path)
    wanted = _Owner(number, _number(beside(path, _LOG)), owner.made, owner.made_us)
    if wanted == owner:
        return
    with held(path):
        # What was put there meanwhile is looked at by whoever opens it.
        if _number(path) == number:
            _write(path, wanted)


def is_known(path: Path) -> bool:
    """Whether there is no log with anything in it, or it is known to belong to the file."""
    owner, log = _read(path), beside(path, _LOG)
    try:
        if not log.stat().st_size:
            return True
    except OSError:
        return True
    return (owner.database, owner.log) == (_number(path), _number(log))


def clear_foreign_log(path: Path) -> None:
    """Move a log away that was begun for another database than the one at the path.

    Raises:
        ForeignLogError: it can't be moved.
    """
    owner = _read(path)
    if not owner.database or (not _is_foreign(path, owner) and _number(beside(path, _LOG))):
        return
    try:
        with held(path):
            owner = _read(path)
            if _is_foreign(path, owner):
                for suffix in BESIDE:
                    if beside(path, suffix).exists():
                        target = beside(kept_as(path, owner.database), suffix)
                        beside(path, suffix).replace(target)
            elif not _number(beside(path, _LOG)):
                # The number of a log that is gone may be given to another one.
                _write(path, _Owner(made=owner.made, made_us=owner.made_us))
    except OSError as error:
        if not _is_foreign(path, owner):
            return
        log = beside(path, _LOG).name
        raise ForeignLogError(
            f"Another file was put in the place of the journal `{path}`, and the old one's log `{log}`"
            f" lies beside it and can't be moved away ({error}). End the editors that use it, and move"
            f" `{log}` and `{beside(path, '-shm').name}` elsewhere. The journal was left as it is."
        ) from error


def _is_foreign(path: Path, owner: _Owner) -> bool:
    database, log = _number(path), _number(beside(path, _LOG))
    return 0 < owner.log == log and 0 < database != owner.database


def _number(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _read(path: Path) -> _Owner:
    try:
        return _Owner(**json.loads(read_plain(_file(path), _MOST_BYTES)))
    except (OSError, ValueError, TypeError):
        return _Owner()


def _write(path: Path, owner: _Owner) -> None:
    whole = path.with_name(f"{path.name}.owner-{os.getpid()}")
    whole.write_text(json.dumps(asdict(owner)), encoding="utf-8")
    whole.replace(_file(path))


def _file(path: Path) -> Path:
    return path.with_name(f"{path.name}.owner")
