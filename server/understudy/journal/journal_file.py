"""The journal's file while it is open: others may delete it, or move it aside, meanwhile."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from understudy.journal.database import make, open_for_writing
from understudy.journal.former_file import Opened, identity_of
from understudy.journal.log_fit import refuse_unfit_log
from understudy.journal.log_owner import BESIDE, beside, clear_foreign_log, held, note_log

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from understudy.journal.former_file import Identity

    Replaced = Callable[[Opened, sqlite3.Connection | None], object]


DAMAGED = ".corrupt-"
"""Stands behind the journal's name where a damaged file was moved to."""


def _let_go(_: Opened, __: sqlite3.Connection | None) -> None:
    """What becomes of a file in whose place another one was put, unless somebody keeps it."""


class JournalFile:
    """A database that is opened when it is first used, and anew once another file is at its path.

    On Windows nobody can delete or move a file that is open, so there it stays the same one.
    """

    def __init__(self, path: Path, replaced: Replaced = _let_go) -> None:
        """Nothing is opened yet.

        Args:
            path: where it lies.
            replaced: is told of a file that is open while another one is at the path, before it is
                closed, and of that one; None where that can't be opened.
        """
        self.path = path
        self._replaced = replaced
        self._opened: Opened | None = None
        self._identity: Identity | None = None

    def connection(self, wait_s: float | None = None) -> sqlite3.Connection:
        """A connection to the file that is at the path now, which is made if there is none.

        Args:
            wait_s: how long to wait for another program that holds it; None for the usual time.

        Raises:
            NewerJournalError: when its version is above ours; nothing was written then.
            ForeignLogError: another file's log lies beside it and can't be moved; nothing was read.
            OSError, sqlite3.Error: when the file can't be made, read or written.
        """
        former = self._opened
        if former is not None and not self.is_replaced:
            return former.connection
        if former is None or not self.path.exists():
            self.close()
            return self._open(wait_s)
        former.clear_the_way()
        self._opened, found = None, None
        with closing(former.connection):
            try:
                found = self._open(wait_s)
            finally:
                self._replaced(former, found)
        return found

    def _open(self, wait_s: float | None) -> sqlite3.Connection:
        self._identity = None
        make(self.path)
        clear_foreign_log(self.path)
        refuse_unfit_log(self.path)
        # Looked at before it is opened: if it is moved in between, that is noticed the next time.
        self._identity = identity_of(self.path)
        connection = open_for_writing(self.path, wait_s)
        self._opened = Opened.now(self.path, self._identity, connection)
        if self._identity:
            with suppress(OSError):
                note_log(self.path, self._identity[-1])
        return connection

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, be it to a file that is gone."""
        return self._opened is not None

    @property
    def is_replaced(self) -> bool:
        """Whether the file that was opened last, with success or not, is no longer at the path."""
        return self._identity is not None and self._identity != identity_of(self.path)

    @property
    def has_successor(self) -> bool:
        """Whether another file lies in the place of the one that is open."""
        return self.is_open and self.is_replaced and self.path.exists()

    def move_aside(self) -> str:
        """Close and rename the file; its new name. Empty when that can't be done.

        Nothing is done, either, when another file is at the path.
        """
        self.close()
        stamp = time.strftime("%Y%m%dT%H%M%S")
        target = self.path.with_name(f"{self.path.name}{DAMAGED}{stamp}")
        try:
            with held(self.path):
                if self._identity is None or self.is_replaced:
                    return ""
                self.path.rename(target)
                for suffix in BESIDE:
                    # They belong to the damaged file; a new database must not find them.
                    with suppress(OSError):
                        beside(self.path, suffix).rename(beside(target, suffix))
        except OSError:
            return ""
        return target.name

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened.connection.close()
            self._opened = None
