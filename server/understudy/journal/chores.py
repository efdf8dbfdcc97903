"""What the journal's writer does when nothing else is to be done: it counts days and deletes old rows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.journal.contents import LEVELS
from understudy.journal.pruning import prune, prune_to_size
from understudy.journal.rolling import count_next
from understudy.journal.text_keeping import forget_texts

if TYPE_CHECKING:
    import sqlite3

    from understudy.config.journal_settings import JournalSettings

_DAY_S = 86_400.0
PRUNE_EVERY_S = _DAY_S
PRUNE_ON_S = 60.0
"""When to go on, where one pruning did not take all that is old."""
COUNT_EVERY_S = 900.0
_MB = 1_000_000


@dataclass(slots=True)
class Chores:
    """When what is due; times are those of `time.monotonic`.

    Attributes:
        kept: for how long, and how much.
    """

    kept: JournalSettings
    prune_at: float = 0.0
    count_at: float = 0.0
    _least: int = len(LEVELS)

    def keep(self, kept: JournalSettings) -> bool:
        """Follow other settings; whether there is something to do about it at once."""
        if kept == self.kept:
            return False
        self.kept = kept
        self.prune_at = 0.0
        return True

    def keeps_less(self, kept: JournalSettings) -> bool:
        """Whether other settings have less text kept than was kept until now.

        Nobody knows what was kept before this process, so the first ones always may.
        """
        before, self._least = self._least, LEVELS.index(kept.content)
        return self._least < before

    def wait_s(self) -> float:
        """How long there is nothing to do."""
        return max(min(self.prune_at, self.count_at) - time.monotonic(), 0.0)

    def prune_if_due(self, connection: sqlite3.Connection) -> None:
        """Delete what is too old or too much."""
        if time.monotonic() < self.prune_at:
            return
        # Before the settings are read: a change that comes in between makes it due again.
        self.prune_at = time.monotonic() + PRUNE_EVERY_S
        kept, now_us = self.kept, time.time_ns() // 1_000
        before_us = now_us - int(kept.keep_days * _DAY_S * SECOND_US)
        forget_texts(connection, "metrics", now_us - int(kept.content_days * _DAY_S * SECOND_US))
        more = prune(connection, before_us, now_us)
        if more or prune_to_size(connection, kept.max_mb * _MB, now_us):
            self.prune_at = min(self.prune_at, time.monotonic() + PRUNE_ON_S)

    def put_off_counting(self) -> None:
        """Count nothing for a while, though it be due."""
        self.count_at = max(self.count_at, time.monotonic() + COUNT_EVERY_S)

    def count_if_due(self, connection: sqlite3.Connection) -> None:
        """Count one day that is over, if there is one."""
        if time.monotonic() < self.count_at:
            return
        more = count_next(connection, time.time_ns() // 1_000)
        self.count_at = time.monotonic() + (0.0 if more else COUNT_EVERY_S)
