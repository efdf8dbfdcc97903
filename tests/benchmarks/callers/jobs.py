"""A program that does jobs: one JSON value a line comes in, one goes out.

Standard library only, because the peer runs it in an environment of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Job = dict[str, Any]


def do_jobs(do: Callable[[Job], Awaitable[Any]]) -> None:
    """Do what comes in, one after the other, until nothing comes any more."""
    asyncio.run(_do_jobs(do))


async def _do_jobs(do: Callable[[Job], Awaitable[Any]]) -> None:
    # Libraries print; what they print must not stand between the results.
    with os.fdopen(os.dup(1), "w") as out:
        os.dup2(2, 1)
        while line := await asyncio.to_thread(sys.stdin.readline):
            result = await do(json.loads(line))
            out.write(json.dumps(result) + "\n")
            out.flush()


class Connects:
    """When this process set out to connect to which port.

    The loopback device refuses within the same call of the system, so that this is also when a
    refused connection was refused, to some hundredths of a millisecond.
    """

    def __init__(self) -> None:
        self._times: dict[int, float] = {}
        sys.addaudithook(self._hear)

    def clear(self) -> None:
        """Forget them."""
        self._times = {}

    def first(self, url: str) -> float | None:
        """The first time for the port of an address; None when nobody tried."""
        port = urlsplit(url).port
        return None if port is None else self._times.get(port)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            self._times.setdefault(arguments[1][1], time.monotonic())


async def spent(ask: Callable[[Job], Awaitable[str]], job: Job) -> dict[str, Any]:
    """Ask `job["calls"]` times; what that took this process in seconds, and the last answer."""
    text = ""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    for _ in range(job["calls"]):
        text = await ask(job)
    return {
        "cpu_s": time.process_time() - cpu_s,
        "wall_s": time.perf_counter() - wall_s,
        "text": text,
    }
