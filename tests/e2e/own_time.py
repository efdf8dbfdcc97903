"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.core.clock import SECOND_US
from understudy.lsp.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

_BEGAN_US = 1_800_000_000 * SECOND_US


class OwnTime(Clock):
    """The time of one server, or of several that follow each other.

    Whoever sleeps is woken by `advance` alone, in the order of time; what is woken has gone to sleep
    again, or is done, before `advance` returns.
    """

    def __init__(self, now_us: int = _BEGAN_US) -> None:
        self._now_us = now_us
        self._asleep: dict[asyncio.Task[Any], tuple[int, asyncio.Future[None]]] = {}
        self._stirred: asyncio.Future[None] | None = None

    def now_us(self) -> int:
        return self._now_us

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        task = asyncio.current_task()
        assert task is not None
        woken = asyncio.get_running_loop().create_future()
        self._asleep[task] = (self._now_us + round(seconds * SECOND_US), woken)
        self._stir()
        try:
            await woken
        finally:
            self._asleep.pop(task, None)

    def pass_by(self, seconds: float) -> None:
        """Nobody was there: no server runs meanwhile."""
        self._now_us += round(seconds * SECOND_US)

    def advance(
        self, loop: asyncio.AbstractEventLoop, seconds: float, *, asleep: int, limit_s: float
    ) -> None:
        """Let time pass in a server, once so many sleep."""
        asyncio.run_coroutine_threadsafe(self._advance(seconds, asleep), loop).result(limit_s)

    async def _advance(self, seconds: float, asleep: int) -> None:
        await self._until(lambda: len(self._asleep) >= asleep)
        until_us = self._now_us + round(seconds * SECOND_US)
        while due := [(when, task) for task, (when, _) in self._asleep.items() if when <= until_us]:
            when, task = min(due, key=lambda one: one[0])
            self._now_us = max(self._now_us, when)
            self._asleep.pop(task)[1].set_result(None)
            await self._rested(task)
        self._now_us = until_us

    async def _rested(self, task: asyncio.Task[Any]) -> None:
        task.add_done_callback(self._stir)
        await self._until(lambda: task.done() or task in self._asleep)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self._stirred = asyncio.get_running_loop().create_future()
            await self._stirred

    def _stir(self, _: object = None) -> None:
        if self._stirred is not None and not self._stirred.done():
            self._stirred.set_result(None)
