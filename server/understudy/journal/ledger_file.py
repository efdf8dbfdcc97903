"""Where the ledger lies: in the journal's file, else in memory."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, TypeVar

from understudy.core.clock import DAY_US, SECOND_US
from understudy.core.failures import UnavailableError
from understudy.journal import breaker_rows, failure_counts, spending
from understudy.journal.database import open_in_memory, transaction
from understudy.journal.journal_file import JournalFile
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
        self._wanted = path
        self._clock = clock
        self._lock = threading.Lock()
        self._file = None if path is None else JournalFile(path)
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
            self._wanted = path
            if self._file is not None:
                self._file.close()
            self._file = None if path is None else JournalFile(path)

    def close(self) -> None:
        """Let go of the file. What comes later is remembered in memory."""
        with self._lock:
            for opened in (self._file, self._memory):
                if opened is not None:
                    opened.close()
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
            if self._file is not None and not (held and or_memory):
                try:
                    return self._on_file(self._file, step, _NEXT_WAIT_S if held else _WAIT_S)
                except (sqlite3.Error, OSError, UnavailableError) as error:
                    self._give_up(self._file, error)
                    if _is_held(error) and not or_memory:
                        raise HeldError from error
            if self._memory is None:
                self._memory = open_in_memory()
            return self._step(self._memory, step)

    def _on_file(
        self, file: JournalFile, step: Callable[[sqlite3.Connection], T], wait_s: float
    ) -> T:
        fresh = not file.is_open
        db = file.connection(wait_s)
        if fresh:
            self._tidy(file, db)
        db.execute(f"PRAGMA busy_timeout = {int(wait_s * 1_000)}")
        found = self._step(db, step)
        self._held_us = _NEVER_US
        return found

    def _step(self, db: sqlite3.Connection, step: Callable[[sqlite3.Connection], T]) -> T:
        """Carry out a step, and before it what could not be written earlier."""
        owed = dict(self._owed)
        with transaction(db):
            for booking, cost_usd in owed.items():
                spending.settle(db, booking, cost_usd)
            found = step(db)
        if db is not self._memory or self._file is None:
            self._owed.clear()
        return found

    def _tidy(self, file: JournalFile, db: sqlite3.Connection) -> None:
        """Rid a file that was just opened of what nobody looks at any more."""
        now_us = self._now_us()
        try:
            with transaction(db):
                spending.forget(db, now_us - _KEEP_US)
                failure_counts.forget(db, now_us - _KEEP_US)
                breaker_rows.forget(db, now_us - DAY_US)
        except BaseException:
            file.close()
            raise

    def _give_up(self, file: JournalFile, error: Exception) -> None:
        """Go on in memory: for a while when another program holds the file, else for good.

        For this step alone when another file has taken its place.
        """
        if _is_held(error):
            self._held_us = self._now_us()
            return
        file.close()
        if not file.is_replaced:
            log.warning("What models did is remembered in memory alone: %s", error)
            self._file = None


def _is_held(error: Exception) -> bool:
    """Whether another program holds the file, or is about to rename it."""
    return is_busy(error) or isinstance(error, TimeoutError)
