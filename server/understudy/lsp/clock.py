"""The time as the server has it, so that a test can have another one."""

from __future__ import annotations

import asyncio

from understudy.core.clock import SECOND_US, now_us


class Clock:
    """The time of the machine."""

    def now_us(self) -> int:
        """Microseconds since 1970 in UTC."""
        return now_us()

    def now_s(self) -> float:
        """The same in seconds."""
        return self.now_us() / SECOND_US

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
