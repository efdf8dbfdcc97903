"""A lock that one process holds, and that the system takes back when the process ends."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_PAUSE_S = 0.01
_LONGEST_S = 10.0


def take(lock: BinaryIO) -> bool:
    """Lock an open file for as long as it is open; False when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def holding(path: Path, longest_s: float = _LONGEST_S) -> Iterator[None]:
    """Hold a lock, for which other processes and threads wait as this one does. Blocks.

    Args:
        path: of the lock's own file, which stays; its folder is made.
        longest_s: how long to wait.

    Raises:
        TimeoutError: another one held it all the time.
        OSError: there can't be such a file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + longest_s
    with path.open("ab") as lock:
        while not take(lock):
            if time.monotonic() > deadline:
                raise TimeoutError(f"Another process holds `{path}`.")
            time.sleep(_PAUSE_S)
        yield
