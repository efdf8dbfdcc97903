"""Programs that are kept running between checks, so that a check pays for no start.

One is started when it is first needed and again when it died, ended when nobody has needed it for
a while, and never used by two checks at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict, deque
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from understudy.core.failures import UnavailableError
from understudy.workspace.tools import ToolTimeoutError

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task, TimerHandle
    from collections.abc import AsyncIterator, Awaitable, Callable, Hashable

IDLE_S = 300.0
"""After this long without a check a program is ended."""
_HUNG_S = 60.0
"""A program that answered nobody for so long, though it was asked, is started anew."""
_MAX_DEATHS = 3
_DEATHS_WITHIN_S = 60.0


class Child(Protocol):
    """A running program."""

    @property
    def alive(self) -> bool:
        """Whether it still answers."""

    async def close(self) -> None:
        """End it with all that it started."""


C = TypeVar("C", bound=Child)


@dataclass(frozen=True, slots=True)
class Plan(Generic[C]):
    """How a program is started.

    Attributes:
        name: what people call it.
        start: starts it and waits until it can be asked; raises `UnavailableError`.
    """

    name: str
    start: Callable[[], Awaitable[C]]


class Warm(Generic[C]):
    """One program, or none while nobody needs it."""

    def __init__(self, plan: Plan[C]) -> None:
        self._plan = plan
        self._turn = asyncio.Lock()
        self._start_task: Task[C] | None = None
        self._deaths: deque[float] = deque(maxlen=_MAX_DEATHS)
        self._silent_since: float | None = None
        self._idle: TimerHandle | None = None
        self._retiring: Task[None] | None = None

    @asynccontextmanager
    async def turn(self, timeout_s: float) -> AsyncIterator[C]:
        """The running program, for one check alone.

        Raises:
            ToolTimeoutError: when the check, with the wait for others' checks and for the start,
                took longer than `timeout_s`.
            UnavailableError: when the program can't be started, or died too often of late.
        """
        try:
            async with asyncio.timeout(timeout_s), self._turn:
                self._rest(None)
                try:
                    child = await self.ready()
                    yield child
                    self._silent_since = None
                except asyncio.CancelledError:
                    self._silent_since = self._silent_since or time.monotonic()
                    raise
                finally:
                    self._rest(asyncio.get_running_loop())
        except TimeoutError as error:
            text = f"`{self._plan.name}` did not answer within {timeout_s:g} s."
            raise ToolTimeoutError(text) from error

    async def ready(self) -> C:
        """The running program. A check that gives up does not stop the start for the next one."""
        if self._start_task is not None and self._is_lost(self._start_task):
            await self.close()
        if self._start_task is None:
            self._start_task = asyncio.ensure_future(self._plan.start())
        return await asyncio.shield(self._start_task)

    async def close(self) -> None:
        """End the program, whatever it is doing."""
        self._rest(None)
        self._silent_since = None
        start, self._start_task = self._start_task, None
        if start is None:
            return
        start.cancel()
        with contextlib.suppress(asyncio.CancelledError, UnavailableError):
            await (await start).close()

    def _is_lost(self, start: Task[C]) -> bool:
        """Whether another one must be started.

        Raises:
            UnavailableError: when that happened too often.
        """
        if not start.done():
            return False
        now = time.monotonic()
        if _is_alive(start):
            return self._silent_since is not None and now - self._silent_since > _HUNG_S
        if len(self._deaths) == _MAX_DEATHS and now - self._deaths[0] < _DEATHS_WITHIN_S:
            raise UnavailableError(
                f"`{self._plan.name}` ended {_MAX_DEATHS} times within a minute, so it is left"
                " alone for a while."
            )
        self._deaths.append(now)
        return True

    def _rest(self, loop: AbstractEventLoop | None) -> None:
        """Stop the idle clock; with a loop, start it anew."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = None if loop is None else loop.call_later(IDLE_S, self._retire)

    def _retire(self) -> None:
        self._retiring = asyncio.create_task(self._close_in_turn())

    async def _close_in_turn(self) -> None:
        async with self._turn:
            await self.close()


class WarmPool(Generic[C]):
    """The programs of one checker by what they were started for, a bounded number of them.

    Each belongs to the event loop that it was started in.
    """

    def __init__(self, limit: int = 4) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[AbstractEventLoop, Hashable], Warm[C]] = OrderedDict()

    async def get(self, key: Hashable, plan: Plan[C]) -> Warm[C]:
        """The program for `key`; of too many, the one that was longest not asked for is ended."""
        full_key = (asyncio.get_running_loop(), key)
        warm = self._kept.get(full_key)
        if warm is None:
            warm = self._kept[full_key] = Warm(plan)
        self._kept.move_to_end(full_key)
        own = [one for one in self._kept if one[0] is full_key[0]]
        for old in own[: -self._limit]:
            await self._kept.pop(old).close()
        return warm

    def kept(self) -> list[Warm[C]]:
        """What is kept for this event loop, the longest unused first."""
        loop = asyncio.get_running_loop()
        return [warm for key, warm in self._kept.items() if key[0] is loop]

    async def close(self) -> None:
        """End the programs of this event loop; others went with theirs."""
        kept = self.kept()
        self._kept.clear()
        async with asyncio.TaskGroup() as group:
            for warm in kept:
                group.create_task(warm.close())


def _is_alive(start: Task[C]) -> bool:
    return not start.cancelled() and start.exception() is None and start.result().alive
