"""Tells ended runs to a collector, from a thread of its own. Nobody waits for it, and nothing fails.

The thread starts with the first run that ends while a collector is configured.
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from understudy.telemetry.collecting import Collecting
from understudy.telemetry.shipping import Batch, Shipping
from understudy.telemetry.target import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import Settings
    from understudy.telemetry.collecting import Item

log = logging.getLogger("understudy.telemetry")

MOST_WAITING = 1_000
"""Runs and outcomes that may wait; further ones are dropped and counted."""
MOST_AT_ONCE = 50
_LINGER_S = 1.0
"""How long a batch waits for more."""


class Exporter:
    """Listens to the journal's rows.

    Attributes:
        dropped: how many runs and outcomes were dropped because too many waited.
    """

    def __init__(self, settings: Settings, note: Callable[[object], None]) -> None:
        """Follow `settings`; `note` gets rows for the journal about what was delivered."""
        self.dropped = 0
        self._settings = settings
        self._followed = 0
        """How often settings changed: what was under way before is told to nobody."""
        self._following = threading.Lock()
        self._on = bool(address(settings.telemetry))
        self._collecting = Collecting()
        self._waiting: deque[Item] = deque()
        self._shipping = Shipping(note)
        self._starting = threading.Lock()
        self._closing = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()

    def observe(self, row: object) -> None:
        """Take a row of the journal. Never waits and never raises."""
        if not self._on or self._closing:
            return
        item = self._collecting.take(row)
        if item is None:
            return
        if len(self._waiting) >= MOST_WAITING:
            self.dropped += 1
            self._shipping.counts.drop(1)
            return
        self._waiting.append(item)
        self._call(self._wake.set)

    def follow(self, settings: Settings) -> None:
        """Do as settings say from now on. What waits for another collector is forgotten at once."""
        with self._following:
            before, self._settings = self._settings, settings
            self._on = bool(address(settings.telemetry))
            if settings.telemetry == before.telemetry and self._on:
                return
            self._followed += 1
            self._collecting.clear()
            self._waiting.clear()
        if self._thread is not None:
            self._call(self._shipping.abandon, self._followed)

    def close(self, timeout_s: float) -> bool:
        """Send what waits; whether that was done in time."""
        with self._starting:
            self._closing = True
        thread = self._thread
        if thread is None:
            return True
        deadline = time.monotonic() + timeout_s
        self._call(self._shipping.hurry, deadline)
        self._call(self._wake.set)
        thread.join(timeout_s)
        if not thread.is_alive():
            return True
        self._shipping.counts.drop(len(self._waiting))
        self._waiting.clear()
        self._call(self._shipping.abandon, math.inf)
        thread.join(timeout_s)
        return False

    def _call(self, what: Callable[..., None], *arguments: object) -> None:
        """Have the thread do something, which is started for it."""
        with self._starting:
            if self._thread is None and not self._start():
                return
            if self._loop is not None:
                with suppress(RuntimeError):
                    # The loop has ended, and with it whatever there was to do.
                    self._loop.call_soon_threadsafe(what, *arguments)

    def _start(self) -> bool:
        if self._closing:
            return False
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._run, args=(self._loop,), name="otlp", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            self._loop.close()
            self._on = False
            return False
        self._thread = thread
        return True

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            loop.run_until_complete(self._work())
        except Exception:  # the door of the thread: nobody else hears of it
            log.exception("Runs are told to no collector any more.")
        finally:
            self._on = False
            loop.close()

    async def _work(self) -> None:
        try:
            while not (self._closing and not self._waiting):
                await self._wake.wait()
                self._wake.clear()
                await self._shipping.linger(_LINGER_S)
                while batch := self._batch():
                    await self._shipping.ship(batch)
        finally:
            from understudy.wire import transport

            await transport.close()

    def _batch(self) -> Batch | None:
        """What waits, with the settings that it waits under; None when nothing does."""
        with self._following:
            number = min(len(self._waiting), MOST_AT_ONCE)
            items = tuple(self._waiting.popleft() for _ in range(number))
            return Batch(items, self._settings, self._followed) if items else None
