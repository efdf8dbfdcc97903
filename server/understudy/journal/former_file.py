"""A journal that is still open while another file was put in its place, such as a backup."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.clock import now_us
from understudy.journal.log_owner import BESIDE, beside, held, kept_as, was_made_since

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

Identity = tuple[int, ...]


def identity_of(path: Path) -> Identity:
    """The same for the same file, wherever it is moved to; another one where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_dev, found.st_ino)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened.

    Attributes:
        path: where it lay then.
        identity: of the file, and of those that SQLite keeps beside it, by their endings.
        since_us: when it was opened.
    """

    path: Path
    identity: Identity
    connection: sqlite3.Connection
    beside: Mapping[str, Identity] = field(default_factory=dict)
    since_us: int = 0

    @classmethod
    def now(cls, path: Path, identity: Identity, connection: sqlite3.Connection) -> Opened:
        """The file that was opened just now."""
        logs = {suffix: identity_of(beside(path, suffix)) for suffix in BESIDE}
        return cls(path, identity, connection, logs, now_us())

    def clear_the_way(self) -> None:
        """Move what belongs to this file from beside the other one, which would be damaged by it.

        Raises:
            OSError: it can't be moved.
        """
        if not any(map(self._lies_there, self.beside)):
            return
        with held(self.path):
            for suffix in filter(self._lies_there, self.beside):
                beside(self.path, suffix).rename(beside(self._target, suffix))

    def keep(self, other: sqlite3.Connection | None) -> str:
        """Write what this file holds beside the other one; a sentence for the user.

        Nothing is kept, and the sentence is empty, when the other file holds every run of this one, and
        when this one was deleted and the other one made since.

        Args:
            other: to the file that is at the path now; None where that can't be read.
        """
        try:
            if other is not None and not self._holds_more_than(other):
                self._drop_logs()
                return ""
            self._copy()
        except Exception as error:  # noqa: BLE001 - the new file is used in any case, and the reason told
            return f"{_PUT} What was recorded until then is lost: {error}."
        self._drop_logs()
        return (
            f"{_PUT} What was recorded until then is kept in `{self._target.name}` beside it, until you"
            " delete it."
        )

    @property
    def _target(self) -> Path:
        return kept_as(self.path, self.identity[-1])

    def _lies_there(self, suffix: str) -> bool:
        own = self.beside[suffix]
        return bool(own) and identity_of(beside(self.path, suffix)) == own

    def _copy(self) -> None:
        """Copy without the lock, for it may take long, and put the copy in its place under it."""
        if self._is_kept():
            return
        copy = self._target.with_name(f"{self._target.name}.part-{os.getpid()}")
        copy.unlink(missing_ok=True)
        try:
            self.connection.execute("VACUUM INTO ?", (str(copy),))
            copy.chmod(0o600)
            with held(self.path):
                if not self._is_kept():
                    self._make_room()
                    copy.rename(self._target)
        finally:
            copy.unlink(missing_ok=True)

    def _is_kept(self) -> bool:
        """Whether another one kept it already; an older file of this name is another journal."""
        try:
            return self._target.stat().st_mtime * 1_000_000 >= self.since_us
        except FileNotFoundError:
            return False

    def _make_room(self) -> None:
        with suppress(FileNotFoundError):
            stamp = time.strftime("%Y%m%dT%H%M%S")
            self._target.rename(self._target.with_name(f"{self._target.name}-{stamp}"))

    def _drop_logs(self) -> None:
        for suffix in BESIDE:
            with suppress(OSError):
                beside(self._target, suffix).unlink(missing_ok=True)

    def _holds_more_than(self, other: sqlite3.Connection) -> bool:
        """Whether it holds a run that the other one lacks, and the user did not delete it."""
        if was_made_since(self.path, self.since_us):
            return False
        mine = self.connection.execute("SELECT id FROM runs ORDER BY started_us DESC")
        return any(
            other.execute("SELECT 1 FROM runs WHERE id = ?", run).fetchone() is None for run in mine
        )


_PUT = "Another file was put in the place of the journal, and is used from now on."
