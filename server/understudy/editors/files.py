"""Change a user's file: by what it says now, all at once, and with the old text kept beside it."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.diff import unified
from understudy.core.failures import RefusedError
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

MAX_BYTES = 4 * 1024 * 1024
BACKUP = ".before-understudy"
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file says and what it will say.

    Attributes:
        path: links followed, so that a link stays one.
        old: None when there is no file.
        new: None when nothing would be left in it.
    """

    path: Path
    old: str | None
    new: str | None

    @property
    def changes(self) -> bool:
        """Whether carrying it out would change anything."""
        return self.old != self.new

    def diff(self) -> str:
        """The change as `patch` reads it."""
        return unified(self.old or "", self.new or "", self.path.as_posix().lstrip("/"))


def read_settings(path: Path) -> str | None:
    """What a file of the user's says; None when there is none.

    Raises:
        RefusedError: when it can't be read as text.
    """
    try:
        raw = read_plain(path, MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as failure:
        raise _refused(path, "can't be read", failure) from failure
    if len(raw) > MAX_BYTES:
        raise RefusedError(f"`{path}` is longer than {MAX_BYTES} bytes, so nothing changed.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as failure:
        raise RefusedError(f"`{path}` is not written in UTF-8, so nothing changed.") from failure


def plan(path: Path, change: Callable[[str], str]) -> Plan:
    """See what a change would do to a file. A byte order mark and CRLF line ends are kept.

    Raises:
        RefusedError: when the file can't be read, or the change refuses what it says.
    """
    real = path.resolve()
    old = read_settings(real)
    text = old or ""
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
    try:
        new = change(text.replace("\r\n", "\n") if crlf else text)
    except RefusedError as failure:
        raise RefusedError(f"`{path}` {failure}. Nothing changed.") from failure
    if new.strip() in ("", "{}") and text.strip() != new.strip():
        return Plan(real, old, None)
    new = new.replace("\n", "\r\n") if crlf else new
    return Plan(real, old, mark + new if old is not None or new else None)


def carry_out(made: Plan) -> Path | None:
    """Write the file, or delete it when nothing is left; where the old text is kept.

    Of a file that is new, and of one that held nothing but ours, nothing is kept.

    Raises:
        RefusedError: when it was changed in the meantime, or can't be written; nothing changed then.
    """
    if read_settings(made.path) != made.old:
        raise RefusedError(f"`{made.path}` was changed in the meantime, so nothing was written.")
    try:
        kept = _keep(made)
        if made.new is None:
            made.path.unlink()
        else:
            made.path.parent.mkdir(parents=True, exist_ok=True)
            _replace(made.path, made.new)
    except OSError as failure:
        raise _refused(made.path, "can't be written", failure) from failure
    return kept


def drop_backup(made: Plan, change: Callable[[str], str]) -> None:
    """Delete what is kept beside a file where that, too, is nothing but ours."""
    with contextlib.suppress(RefusedError, OSError):
        kept = plan(_backup(made.path), change)
        if kept.old is not None and kept.new is None:
            kept.path.unlink()


def drop_empty_folders(path: Path, kept: Collection[Path]) -> None:
    """Delete the folders around a file that is gone, as far as nothing else lies in them.

    Args:
        path: of the file.
        kept: folders that stay with all around them, such as the user's home.
    """
    for folder in path.parents:
        if any(one.is_relative_to(folder) for one in kept):
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _backup(path: Path) -> Path:
    return path.with_name(path.name + BACKUP)


def _keep(made: Plan) -> Path | None:
    if made.old is None or made.new is None:
        return None
    kept = _backup(made.path)
    _replace(kept, made.old)
    shutil.copystat(made.path, kept)
    return kept


def _replace(path: Path, text: str) -> None:
    """Whoever could read the old file can read the new one."""
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    replace_text(path, text, durable=True)
    if mode is not None:
        with contextlib.suppress(OSError):
            path.chmod(mode)


def _refused(path: Path, what: str, failure: Exception) -> RefusedError:
    reason = failure.strerror if isinstance(failure, OSError) else str(failure)
    return RefusedError(f"`{path}` {what} ({reason}), so nothing changed.")
