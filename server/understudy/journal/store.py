"""The journal as the rest of Understudy sees it: rows go in, nobody waits, nothing fails."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from understudy.core.failures import UnavailableError
from understudy.journal.chores import Chores
from understudy.journal.contents import Content
from understudy.journal.database import NewerJournalError
from understudy.journal.history import History
from understudy.journal.journal_file import JournalFile
from understudy.journal.labels import labels, labels_in
from understudy.journal.patience import patiently
from understudy.journal.records import Checks, Event, Gate, Row
from understudy.journal.route_records import Routed
from understudy.journal.trace_records import Traced, Unkept
from understudy.journal.trouble import notice
from understudy.journal.writing import write

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from understudy.config.settings import JournalSettings, Settings
    from understudy.journal.former_file import Opened

T = TypeVar("T")

QUEUE_ROWS = 10_000
"""Above this many waiting rows events are dropped; above twice as many, details of attempts too."""
QUEUE_TEXTS = 1_000
"""Above this many waiting rows texts are dropped."""
_BATCH_ROWS = 500
_LINGER_S = 0.05
_LOOK_S = 2.0
"""How often an idle journal looks whether another file was put in its place."""


@dataclass(slots=True)
class _Marker:
    """Stands in the queue behind the rows that someone waits for."""

    reached: threading.Event = field(default_factory=threading.Event)
    stored: bool = False


class Beside(Protocol):
    """Hears every row, whether it is stored or not. Never waits and never raises."""

    def observe(self, row: object) -> None:
        """Take a row."""

    def follow(self, settings: Settings) -> None:
        """Do as settings say from now on."""

    def close(self, timeout_s: float) -> bool:
        """Finish what is under way; whether that was done in time."""


class Journal:
    """Stores rows from a thread of its own, which starts with the first row.

    Attributes:
        notice: why nothing is recorded, or what became of what was, as a sentence, once there is
            something to tell; else empty.
        history: how often edits were kept; counts in memory even when nothing is recorded.
        beside: hears every row, too, and ends with the journal.
    """

    def __init__(self, path: Path, settings: JournalSettings) -> None:
        self.notice = ""
        self.history = History()
        self.beside: Beside | None = None
        self._file = JournalFile(path, self._keep_former)
        self._enabled = settings.enabled
        self._chores = Chores(settings)
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
        return cls(path, settings.journal)

    @property
    def dropped(self) -> int:
        """How many rows were lost to a full queue, or could not be stored."""
        return self._overflowed + self._refused

    def record(self, row: object) -> None:
        """Take one row of `understudy.journal.records`. Never waits and never raises."""
        wanted = not isinstance(row, Unkept)
        if isinstance(row, Unkept):
            row = row.row
        self.history.observe(row)
        if self.beside is not None:
            self.beside.observe(row)
        if isinstance(row, Traced) or not wanted:
            return
        if not self._enabled or self._off or self._closing.is_set():
            return
        if isinstance(row, Content) and self._chores.kept.content == "metrics":
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

    def follow(self, settings: Settings) -> bool:
        """Do as settings say from now on.

        When recording is switched off, rows that still wait are forgotten. What is too old now goes
        at once.

        Returns:
            Whether texts may be there that are not to be kept: for the first time, and when the
            settings have less kept than before.
        """
        lowered = self._chores.keeps_less(settings.journal)
        self._enabled = settings.journal.enabled
        if self.beside is not None:
            self.beside.follow(settings)
        if self._chores.keep(settings.journal) and self._thread is not None:
            self._queue.put(_Marker())
        return lowered

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
        if self.beside is not None:
            # It has something to record at its end, and leaves half of the time.
            self.beside.close(timeout_s / 2)
            timeout_s = max(0.0, deadline - time.monotonic())
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
                self._turn_off(notice(self._file, error))
            else:
                self._thread = thread

    def _run(self) -> None:
        try:
            self._work()
        except NewerJournalError as newer:
            self._turn_off(str(newer))
        except Exception as error:  # noqa: BLE001 - the door of the thread: off with a notice, whatever it was
            self._turn_off(notice(self._file, error))

    def _work(self) -> None:
        with closing(self._file):
            try:
                stored = self._patiently(labels_in)
            except NewerJournalError:
                with suppress(UnavailableError):
                    self.history.load(labels(self._file.path))
                raise
            self.history.load(stored)
            self._patiently(self._chores.prune_if_due)
            while self._step():
                self._count_if_idle()
            self._use_successor()

    def _count_if_idle(self) -> None:
        if not self._enabled:
            self._chores.put_off_counting()
        elif self._queue.empty() and not self._closing.is_set() and not self._chores.wait_s():
            self._patiently(self._chores.count_if_due)

    def _use_successor(self) -> None:
        """Open another file that was put in the place of the one that is open, which is kept."""
        if self._file.has_successor:
            self._patiently(lambda _: None)

    def _step(self) -> bool:
        """Store one batch; False when there will be no other."""
        self._in_hand = self._next_batch()
        self._use_successor()
        if self._in_hand or not self._chores.wait_s():
            self._patiently(self._chores.prune_if_due)
        rows = [row for row in self._in_hand if not isinstance(row, _Marker)]
        if rows:
            self._store(rows)
        _tell(self._in_hand, stored=True)
        self._in_hand = []
        return not (self._closing.is_set() and self._queue.empty())

    def _store(self, rows: list[Row]) -> None:
        """Store rows in a file that is still in its place afterwards."""
        refused = self._patiently(partial(self._write, rows=rows))
        while self._file.is_replaced:
            refused = self._patiently(partial(self._write, rows=rows))
        self._refused += refused

    def _write(self, connection: sqlite3.Connection, rows: list[Row]) -> int:
        """How many rows could not be stored."""
        return write(connection, rows, self._chores.kept.content) if self._enabled else 0

    def _next_batch(self) -> list[Row | _Marker]:
        """What came, after a short wait; nothing when something else is due before anything comes."""
        try:
            batch = [self._queue.get(timeout=min(self._chores.wait_s(), _LOOK_S))]
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

    def _patiently(self, step: Callable[[sqlite3.Connection], T]) -> T:
        return patiently(self._file, step, self._closing.is_set)

    def _keep_former(self, former: Opened, found: sqlite3.Connection | None) -> None:
        """Keep a file in whose place another one was put, and say so."""
        self.notice = former.keep(found) or self.notice

    def _turn_off(self, why: str) -> None:
        self.notice = f"{self.notice} {why}" if self.notice else why
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
    if isinstance(row, Content):
        return QUEUE_TEXTS
    if isinstance(row, Event):
        return QUEUE_ROWS
    return 2 * QUEUE_ROWS if isinstance(row, (Checks, Gate, Routed)) else float("inf")
