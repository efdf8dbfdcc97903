"""What is reckoned from a journal's file, kept until somebody writes into it, and for a while then."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

YOUNG_S = 10.0
"""So long nobody looks again, however much is written meanwhile."""
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Read(Generic[T]):
    value: T
    stamp: tuple[tuple[int, int], ...]
    at: float


class Kept(Generic[T]):
    """One value for each file. Threads may share it."""

    def __init__(self, read: Callable[[Path], T]) -> None:
        """Nothing was read yet. `read` must not fail; it is called by one thread at a time."""
        self._read = read
        self._kept: dict[Path, _Read[T]] = {}
        self._reading = threading.Lock()

    def at(self, path: Path, young_s: float = YOUNG_S) -> T:
        """The value for a file. May block.

        As long as nobody writes into the file it is read once; while somebody does, every few seconds.
        """
        with self._reading:
            kept, stamp = self._kept.get(path), _stamp(path)
            if kept is not None and (kept.stamp == stamp or time.monotonic() - kept.at < young_s):
                return kept.value
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            fresh = _Read(self._read(path), stamp, time.monotonic())
            self._kept[path] = fresh
            return fresh.value

    def forget(self, path: Path) -> None:
        """Look again the next time."""
        with self._reading:
            self._kept.pop(path, None)


def _stamp(path: Path) -> tuple[tuple[int, int], ...]:
    """Differs once somebody has written. SQLite writes into the log beside the file first.

    Not the time of the last change of owner or mode, as `understudy.config.stamps` has it: for the
    system's administrator SQLite sets the owner of its log whenever it opens it.
    """
    found = []
    for name in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = name.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except OSError:
            found.append((0, 0))
    return tuple(found)
