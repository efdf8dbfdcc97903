"""The journal as the rest of Understudy sees it: rows go in, nobody waits, nothing fails."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from understudy.core.failures import UnavailableError
from understudy.journal.database import NewerJournalError, open_for_writing, prune, write
from understudy.journal.history import History
from understudy.journal.labels import labels, labels_in
from understudy.journal.records import Check, Event, Gate, Row
from understudy.journal.trouble import is_busy, notice

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from understudy.config.settings import Settings

T = TypeVar("T")

QUEUE_ROWS = 10_000
"""Above this many waiting rows events are dropped; above twice as many, details of attempts too."""
_BATCH_ROWS = 500
_LINGER_S = 0.05
_RETRY_S = 0.05
_DAY_S = 86_400.0
_PRUNE_EVERY_S = _DAY_S
_PRUNE_ON_S = 60.0
"""When to go on, where one pruning did not take all that is old."""


@dataclass(slots=True)
class _Marker:
    """Stands in the queue behind the rows that someone waits for."""

    reached: threading.Event = field(default_factory=threading.Event)
    stored: bool = False


class Journal:
    """Stores rows from a thread of its own, which starts with the first row.

    Attributes:
        notice: why nothing is recorded, as a sentence, once that is known; else empty.
        history: how often edits were kept; counts in memory even when nothing is recorded.
    """

    def __init__(self, path: Path, *, enabled: bool, keep_days: int) -> None:
        self.notice = ""
        self.history = History()
        self._path = path
        self._enabled = enabled
        self._keep_days = keep_days
        self._prune_at = 0.0
        self._off = False
        self._closing = threading.Event()
        self._hurry = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._queue: queue.SimpleQueue[Row | _Marker] = queue.SimpleQueue()
        self._in_hand: list[Row | _Marker] = []
        self._overflowed = 0
        self._refused = 0

    @classmethod
    def open(cls, path: Path, settings: Settings) -> Journal:
        """A journal in the file `path`, which is not touched before there is something to do."""
        journal = settings.journal
        return cls(path, enabled=journal.enabled, keep_days=journal.keep_days)

    @property
    def dropped(self) -> int:
        """How many rows were lost to a full queue, or could not be stored."""
        return self._overflowed + self._refused

    def record(self, row: object) -> None:
        """Take one row of `understudy.journal.records`. Never waits and never raises."""
        self.history.observe(row)
        if not self._enabled or self._off or self._closing.is_set():
            return
        if not isinstance(row, Row) or self._queue.qsize() >= _room_for(row):
            self._overflowed += 1
            return
        self._queue.put(row)
        self.start()

    def start(self) -> None:
        """Open the file in the background, so that `history` knows what it holds."""
        if self._thread is None and self._enabled:
            self._begin()

    def set_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - a switch is what it sets
        """Record from now on, or stop at once; rows that still wait are then forgotten."""
        self._enabled = enabled

    def set_keep_days(self, days: int) -> None:
        """Keep rows for so long from now on; older ones go at once."""
        if days == self._keep_days:
            return
        self._keep_days = days
        self._prune_at = 0.0
        if self._thread is not None:
            self._queue.put(_Marker())

    def flush(self, timeout_s: float) -> bool:
        """Wait until every row so far is stored and `history` is loaded; whether that is so."""
        if self._thread is None or not self._thread.is_alive():
            return self._queue.empty() and not self._off
        marker = _Marker()
        self._queue.put(marker)
        self._hurry.set()
        if not self._off:
            marker.reached.wait(timeout_s)
        return marker.stored

    def close(self, timeout_s: float) -> bool:
        """Store what waits and let go of the file; whether that was done in time."""
        deadline = time.monotonic() + timeout_s
        with self._starting:
            self._closing.set()
        stored = self.flush(timeout_s)
        if self._thread is not None:
            self._thread.join(max(0.0, deadline - time.monotonic()))
        return stored

    def _begin(self) -> None:
        with self._starting:
            if self._thread is not None or self._closing.is_set():
                return
            thread = threading.Thread(target=self._run, name="journal", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                self._turn_off(notice(self._path, error))
            else:
                self._thread = thread

    def _run(self) -> None:
        try:
            self._work()
        except NewerJournalError as newer:
            self._turn_off(str(newer))
        except Exception as error:  # noqa: BLE001 - the door of the thread: off with a notice, whatever it was
            self._turn_off(notice(self._path, error))

    def _work(self) -> None:
        try:
            opened = self._patiently(partial(open_for_writing, self._path))
        except NewerJournalError:
            with suppress(UnavailableError):
                self.history.load(labels(self._path))
            raise
        with closing(opened) as connection:
            self.history.load(labels_in(connection))
            self._prune_if_due(connection)
            while self._step(connection):
                pass

    def _prune_if_due(self, connection: sqlite3.Connection) -> None:
        if time.monotonic() < self._prune_at:
            return
        # Before the days are read: a change that comes in between makes it due again.
        self._prune_at = time.monotonic() + _PRUNE_EVERY_S
        before_us = time.time_ns() // 1000 - int(self._keep_days * _DAY_S * 1_000_000)
        if self._patiently(partial(prune, connection, before_us)):
            self._prune_at = time.monotonic() + _PRUNE_ON_S

    def _step(self, connection: sqlite3.Connection) -> bool:
        """Store one batch; False when there will be no other."""
        self._in_hand = self._next_batch()
        self._prune_if_due(connection)
        rows = [row for row in self._in_hand if not isinstance(row, _Marker)]
        if rows:
            self._patiently(partial(self._write, connection, rows))
        _tell(self._in_hand, stored=True)
        self._in_hand = []
        return not (self._closing.is_set() and self._queue.empty())

    def _write(self, connection: sqlite3.Connection, rows: list[Row]) -> None:
        if self._enabled:
            self._refused += write(connection, rows)

    def _next_batch(self) -> list[Row | _Marker]:
        """What came, after a short wait; nothing when it is time to prune before anything comes."""
        try:
            batch = [self._queue.get(timeout=max(self._prune_at - time.monotonic(), 0.0))]
        except queue.Empty:
            return []
        # Rows come in bursts: after a short wait one transaction takes them all.
        self._hurry.wait(_LINGER_S)
        self._hurry.clear()
        while len(batch) < _BATCH_ROWS:
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return batch

    def _patiently(self, step: Callable[[], T]) -> T:
        """Repeat `step` for as long as another program holds the file."""
        while True:
            try:
                return step()
            except Exception as error:
                if not is_busy(error) or self._closing.is_set():
                    raise
            time.sleep(_RETRY_S)

    def _turn_off(self, why: str) -> None:
        self.notice = why
        self._off = True
        _tell(self._in_hand, stored=False)
        while not self._queue.empty():
            _tell([self._queue.get()], stored=False)


def _tell(batch: list[Row | _Marker], *, stored: bool) -> None:
    """Wake those who wait for a batch."""
    for row in batch:
        if isinstance(row, _Marker):
            row.stored = stored
            row.reached.set()


def _room_for(row: object) -> float:
    if isinstance(row, Event):
        return QUEUE_ROWS
    return 2 * QUEUE_ROWS if isinstance(row, (Check, Gate)) else float("inf")
