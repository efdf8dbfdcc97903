"""A journal that is still open while another file was put in its place, such as a backup."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.clock import now_us
from understudy.journal.database import BESIDE, held

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

Identity = tuple[int, ...]
REPLACED = ".replaced-"
"""Stands behind the journal's name where the file is kept that another one took the place of."""


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
        beside = {suffix: identity_of(_beside(path, suffix)) for suffix in BESIDE}
        return cls(path, identity, connection, beside, now_us())

    def clear_the_way(self) -> None:
        """Move what belongs to this file from beside the other one, which would be damaged by it.

        Raises:
            OSError: it can't be moved.
        """
        with held(self.path):
            for suffix, own in self.beside.items():
                if own and identity_of(_beside(self.path, suffix)) == own:
                    _beside(self.path, suffix).rename(_beside(self._target, suffix))

    def keep(self, other: sqlite3.Connection | None) -> str:
        """Write what this file holds beside the other one; a sentence for the user.

        Of a file that was deleted nothing is kept: then the other one was made since, and is empty but
        for what was recorded in it. The sentence is empty then.

        Args:
            other: to the file that is at the path now; None where that can't be read.
        """
        if other is not None and not self._is_older(other):
            return ""
        try:
            with held(self.path):
                if not self._is_kept():
                    self.connection.execute("VACUUM INTO ?", (str(self._target),))
                    self._target.chmod(0o600)
        except Exception as error:  # noqa: BLE001 - the new file is used in any case, and the reason told
            return f"{_PUT} What was recorded until then is lost: {error}."
        for suffix in BESIDE:
            with suppress(OSError):
                _beside(self._target, suffix).unlink(missing_ok=True)
        return (
            f"{_PUT} What was recorded until then is kept in `{self._target.name}` beside it, until you"
            " delete it."
        )

    @property
    def _target(self) -> Path:
        # The same name for all who have this file open.
        return self.path.with_name(f"{self.path.name}{REPLACED}{self.identity[-1]:x}")

    def _is_kept(self) -> bool:
        """Whether another one kept it already; an older file of this name is another journal."""
        if not self._target.exists():
            return False
        if self._target.stat().st_mtime * 1_000_000 >= self.since_us:
            return True
        stamp = time.strftime("%Y%m%dT%H%M%S")
        self._target.rename(self._target.with_name(f"{self._target.name}-{stamp}"))
        return False

    def _is_older(self, other: sqlite3.Connection) -> bool:
        """Whether the other file holds runs from before this one was opened."""
        found = other.execute("SELECT MIN(started_us) FROM runs").fetchone()[0]
        return found is not None and int(found) < self.since_us


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


_PUT = "Another file was put in the place of the journal, and is used from now on."
