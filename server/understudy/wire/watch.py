"""The time limits of one call."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from understudy.wire.trouble import TroubleError

if TYPE_CHECKING:
    from types import TracebackType

    from understudy.failures.network import Trouble


class Watch:
    """One limit that moves on while a stream is alive, inside a deadline that never moves.

    A piece of the stream only sets `due`; the timer looks at it when it fires and sleeps again. So
    a piece costs an assignment, not a timer.

    Attributes:
        due: when the current limit ends, by `Watch.time`. Setting it may only put it off.
    """

    __slots__ = ("_deadline", "_kind", "_timeout", "_timer", "due", "time")

    def __init__(self, deadline: float) -> None:
        """Watch over a call that ends at `deadline`, by `time.monotonic`."""
        loop = asyncio.get_running_loop()
        self.time = loop.time
        # An event loop need not count from where `time.monotonic` does.
        self._deadline = deadline - time.monotonic() + self.time()
        self._kind: Trouble = "timeout_total"
        self._timeout = asyncio.timeout(None)
        self._timer: asyncio.TimerHandle | None = None
        self.due = self._deadline

    def expect(self, kind: Trouble, seconds: float) -> None:
        """From now on, end the call with trouble of this kind in so many seconds."""
        self._kind = kind
        self.due = self.time() + seconds
        self._arm()

    async def __aenter__(self) -> Watch:
        await self._timeout.__aenter__()
        self._arm()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            raise TroubleError(self._kind) from None

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        when = min(self.due, self._deadline)
        self._timer = asyncio.get_running_loop().call_at(when, self._look)

    def _look(self) -> None:
        now = self.time()
        if now < min(self.due, self._deadline):
            self._arm()
            return
        if self._deadline <= self.due:
            self._kind = "timeout_total"
        self._timeout.reschedule(now)
