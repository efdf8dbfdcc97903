"""What a server leaves in the operating system."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil

from tests.e2e.raw_client import LIMIT_S

if TYPE_CHECKING:
    from collections.abc import Iterable

GONE_S = 2.0
"""How long a server and its children may outlive their client."""
_REST_S = 3.0
"""The index and the warm linter begin within so long after the last request."""


def children(process_id: int) -> list[psutil.Process]:
    """The processes below a server, at any depth."""
    return psutil.Process(process_id).children(recursive=True)


def wait_until_gone(processes: Iterable[psutil.Process], limit_s: float = LIMIT_S) -> None:
    """Until none of the processes runs; one that only waits for its burial does not."""
    deadline = time.monotonic() + limit_s
    alive = list(processes)
    while alive := [process for process in alive if _runs(process)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.02)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def resources(process_id: int) -> tuple[int, int, int]:
    """Open files, threads and children of a server."""
    process = psutil.Process(process_id)
    return process.num_fds(), process.num_threads(), len(process.children(recursive=True))


def settled_resources(process_id: int) -> tuple[int, int, int]:
    """What a server holds once nothing has changed for a while: some of it begins only when it rests."""
    deadline = time.monotonic() + LIMIT_S
    held, since = resources(process_id), time.monotonic()
    while time.monotonic() - since < _REST_S:
        assert time.monotonic() < deadline, held
        time.sleep(0.05)
        now = resources(process_id)
        if now != held:
            held, since = now, time.monotonic()
    return held


def wait_for_resources(process_id: int, most: tuple[int, int, int]) -> None:
    """Until a server holds no more than `most`: a tool that ended is let go a moment later."""
    deadline = time.monotonic() + LIMIT_S
    while any(now > limit for now, limit in zip(resources(process_id), most, strict=True)):
        assert time.monotonic() < deadline, (resources(process_id), most)
        time.sleep(0.02)
