"""The journal's file while it is open: others may delete it, or move it aside, meanwhile."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from understudy.journal.database import BESIDE, held, make, open_for_writing

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_Identity = tuple[int, ...]


class JournalFile:
    """A database that is opened when it is first used, and anew once another file is at its path.

    On Windows nobody can delete or move a file that is open, so there it stays the same one.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._identity: _Identity | None = None

    def connection(self, wait_s: float | None = None) -> sqlite3.Connection:
        """A connection to the file that is at the path now, which is made if there is none.

        Args:
            wait_s: how long to wait for another program that holds it; None for the usual time.

        Raises:
            NewerJournalError: when its version is above ours; nothing was written then.
            OSError, sqlite3.Error: when the file can't be made, read or written.
        """
        if self._connection is not None and not self.is_replaced:
            return self._connection
        self.close()
        self._identity = None
        make(self.path)
        # Looked at before it is opened: if it is moved in between, that is noticed the next time.
        self._identity = _identity(self.path)
        self._connection = open_for_writing(self.path, wait_s)
        return self._connection

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, be it to a file that is gone."""
        return self._connection is not None

    @property
    def is_replaced(self) -> bool:
        """Whether the file that was opened last, with success or not, is no longer at the path."""
        return self._identity is not None and self._identity != _identity(self.path)

    def move_aside(self) -> str:
        """Close and rename the file; its new name. Empty when that can't be done.

        Nothing is done, either, when another file is at the path.
        """
        self.close()
        target = self.path.with_name(f"{self.path.name}.corrupt-{time.strftime('%Y%m%dT%H%M%S')}")
        try:
            with held(self.path):
                if self._identity is None or self.is_replaced:
                    return ""
                self.path.rename(target)
                for suffix in BESIDE:
                    # They belong to the damaged file; a new database must not find them.
                    with suppress(OSError):
                        beside = self.path.with_name(self.path.name + suffix)
                        beside.rename(target.with_name(target.name + suffix))
        except OSError:
            return ""
        return target.name

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _identity(path: Path) -> _Identity:
    """The same for the same file, wherever it is moved to; another one where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_dev, found.st_ino)
