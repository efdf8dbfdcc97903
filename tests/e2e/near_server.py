"""A server in a thread of this process: everything but the pipes, and no time to start."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

from tests.e2e.raw_client import LIMIT_S, Wire, hello
from understudy.lsp.app import App

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.lsp.clock import Clock


class NearServer:
    """What `Server` is, for tests that need no process.

    Attributes:
        home: its `UNDERSTUDY_HOME`, which must be set for this whole process.
    """

    def __init__(self, home: Path, clock: Clock | None = None) -> None:
        self.home = home
        self._clock = clock
        self.wire: Wire = _Unframed(self._hand_over)
        self._exit_code = -1
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._started.wait(LIMIT_S)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop of its thread."""
        return self._loop

    def initialize(self, root: Path | None, **params: Any) -> Any:
        """Shake hands as a client that can do nothing, unless `params` say more."""
        result = self.wire.request("initialize", hello(root) | params)
        self.wire.notify("initialized", {})
        return result

    def leave(self) -> int:
        """Say goodbye as the specification demands; gives the exit code."""
        self.wire.request("shutdown")
        self.kill()
        return self._exit_code

    def kill(self) -> None:
        """End it, with or without a goodbye."""
        if self._thread.is_alive():
            self.wire.notify("exit", None)
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive()

    def write(self, data: bytes) -> None:
        """The server's end: the client takes each message in a thread of its own, in order."""
        self._sent.put_nowait(data)

    def close(self) -> None:
        """Part of what a writer must have."""

    def _hand_over(self, body: bytes) -> None:
        self._loop.call_soon_threadsafe(self._app.protocol.receive, body)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._sent: asyncio.Queue[bytes] = asyncio.Queue()
        self._app = App(self._clock)
        self._app.protocol.set_writer(self, include_headers=False)
        taking = asyncio.create_task(self._take())
        self._started.set()
        await self._app.protocol.exited.wait()
        await self._app.close()
        taking.cancel()
        self._exit_code = self._app.protocol.exit_code
        self.wire.end()

    async def _take(self) -> None:
        while True:
            await asyncio.to_thread(self.wire.take, json.loads(await self._sent.get()))


class _Unframed(Wire):
    def send_body(self, body: bytes) -> None:
        self.write(body)
