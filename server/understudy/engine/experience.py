"""What the journal has taught so far, read off the event loop and kept for a while."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.engine.learned import NOTHING, Experience, experience_of

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("understudy.engine")

_YOUNG_S = 10.0
"""So long nobody looks again, however much is written meanwhile."""
_MOST_CALLS = 2_000
"""What is older has faded: of several kinds of work, each has hundreds among these."""
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Kept:
    experience: Experience
    stamp: tuple[tuple[int, int], ...]
    read: float


_kept: dict[Path, _Kept] = {}
_reading = threading.Lock()


def experience_at(path: Path) -> Experience:
    """What the journal in a file teaches; nothing without one. May block, and never fails.

    As long as nobody writes into the file it is read once; while somebody does, every few seconds.
    """
    with _reading:
        kept, stamp = _kept.get(path), _stamp(path)
        if kept is not None and (kept.stamp == stamp or time.monotonic() - kept.read < _YOUNG_S):
            return kept.experience
        while len(_kept) >= _MOST_KEPT:
            del _kept[next(iter(_kept))]
        fresh = _Kept(_read(path), stamp, time.monotonic())
        _kept[path] = fresh
        return fresh.experience


def _read(path: Path) -> Experience:
    if not path.exists():
        return NOTHING
    from understudy.journal.trials import trials

    try:
        return experience_of(trials(path, most=_MOST_CALLS), time.time_ns() // 1_000)
    except UnavailableError as failure:
        log.warning("Nothing is learned from earlier runs: %s", failure)
        return NOTHING


def _stamp(path: Path) -> tuple[tuple[int, int], ...]:
    """Differs once somebody has written. SQLite writes into the log beside the file first."""
    found = []
    for name in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = name.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except OSError:
            found.append((0, 0))
    return tuple(found)
