"""Where the ledger lies: in the journal's file, else in memory."""

from __future__ import annotations

import logging
import threading
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from understudy.core.clock import DAY_US, SECOND_US
from understudy.core.failures import UnavailableError
from understudy.journal import breaker_rows, failure_counts, spending
from understudy.journal.database import open_for_writing, open_in_memory, transaction
from understudy.journal.trouble import is_busy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

log = logging.getLogger("understudy.journal")

_KEEP_US = 62 * DAY_US
_WAIT_S = 1.0
"""How long a step waits for another program that holds the file."""
_NEXT_WAIT_S = 0.2
"""How long what can't do without the file waits once a wait was in vain."""
_NEVER_US = -1 << 62
_IN_MEMORY_US = 5 * SECOND_US
"""How long all else goes on in memory then, without waiting."""


class HeldError(Exception):
    """Another program holds the file."""


class LedgerFile:
    """A database that any thread may use, and that is always there."""

    def __init__(self, path: Path | None, clock: Callable[[], float]) -> None:
        """Nothing is opened before it is needed.

        Args:
            path: the journal's file; None for memory alone.
            clock: seconds since 1970.
        """
        self._wanted = self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        self._memory: sqlite3.Connection | None = None
        self._held_us = _NEVER_US
        """When a wait was in vain, since the file could be used."""
        self._owed: dict[str, float | None] = {}
        """What calls cost whose amounts lie in the file, while another program holds it."""

    def use(self, path: Path | None) -> None:
        """Remember things in another file from now on; None for memory alone."""
        with self._lock:
            if path == self._wanted:
                return
            self._wanted = self._path = path
            if self._file is not None:
                self._file.close()
                self._file = None

    def close(self) -> None:
        """Let go of the file. What comes later is remembered in memory."""
        with self._lock:
            self._path = None
            for connection in (self._file, self._memory):
                if connection is not None:
                    connection.close()
            self._file = self._memory = None

    def _now_us(self) -> int:
        return int(self._clock() * SECOND_US)

    def _do(self, step: Callable[[sqlite3.Connection], T], *, or_memory: bool = True) -> T:
        """Carry out a step in one transaction: on the file, else in memory.

        Args:
            step: what to do.
            or_memory: whether memory will do while another program holds the file; else this
                raises `HeldError`.
        """
        import sqlite3

        with self._lock:
            held = 0 <= self._now_us() - self._held_us < _IN_MEMORY_US
            if self._path is not None and not (held and or_memory):
                try:
                    return self._on_file(self._path, step, _NEXT_WAIT_S if held else _WAIT_S)
                except (sqlite3.Error, OSError, UnavailableError) as error:
                    self._give_up(error)
                    if is_busy(error) and not or_memory:
                        raise HeldError from error
            if self._memory is None:
                self._memory = open_in_memory()
            return self._step(self._memory, step)

    def _on_file(self, path: Path, step: Callable[[sqlite3.Connection], T], wait_s: float) -> T:
        if self._file is None:
            self._file = self._opened(path, wait_s)
        self._file.execute(f"PRAGMA busy_timeout = {int(wait_s * 1_000)}")
        found = self._step(self._file, step)
        self._held_us = _NEVER_US
        return found

    def _step(self, db: sqlite3.Connection, step: Callable[[sqlite3.Connection], T]) -> T:
        """Carry out a step, and before it what could not be written earlier."""
        owed = dict(self._owed)
        with transaction(db):
            for booking, cost_usd in owed.items():
                spending.settle(db, booking, cost_usd)
            found = step(db)
        if db is self._file or self._path is None:
            self._owed.clear()
        return found

    def _opened(self, path: Path, wait_s: float) -> sqlite3.Connection:
        """The file, rid of what nobody looks at any more."""
        connection = open_for_writing(path, wait_s)
        now_us = self._now_us()
        try:
            with transaction(connection):
                spending.forget(connection, now_us - _KEEP_US)
                failure_counts.forget(connection, now_us - _KEEP_US)
                breaker_rows.forget(connection, now_us - DAY_US)
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_up(self, error: Exception) -> None:
        """Go on in memory: for a while when another program holds the file, else for good."""
        if is_busy(error):
            self._held_us = self._now_us()
            return
        log.warning("What models did is remembered in memory alone: %s", error)
        self._path = None
        if self._file is not None:
            with closing(self._file):
                self._file = None
