"""A way to end computing in a thread that nobody waits for any more.

A thread can't be cancelled from outside. So what may take long asks now and then whether anybody
still waits for it, and ends itself if not.
"""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

SUPERSEDED = "superseded"
"""What a task is cancelled with when the user typed on: `task.cancel(SUPERSEDED)`."""

_stop: ContextVar[threading.Event | None] = ContextVar("stop", default=None)


class StoppedError(Exception):
    """Nobody waits for this work any more. It passes through every door."""


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `asyncio.to_thread`, for work that calls `go_on`: when the caller is cancelled, it ends."""
    stop = threading.Event()
    token = _stop.set(stop)
    try:
        # The thread gets a copy of the context, and with it this event.
        return await asyncio.to_thread(work, *args, **kwargs)
    finally:
        stop.set()
        _stop.reset(token)


def go_on() -> None:
    """Return if the result is still wanted; where nobody can take that back, it always is.

    Raises:
        StoppedError: when it is not.
    """
    stop = _stop.get()
    if stop is not None and stop.is_set():
        raise StoppedError
