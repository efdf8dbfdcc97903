"""A server in this process: the same application, with a list in place of a pipe."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from tests.e2e.raw_client import LIMIT_S, hello
from understudy.lsp.app import App

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.e2e.raw_client import Message


class Inside:
    """Talks to an application without any bytes in between.

    Attributes:
        seen: what the server sent, oldest first.
        answers: method → what the client replies; null by default.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self.seen: list[Message] = []
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self._news = asyncio.Event()
        self._last_id = 0
        app.protocol.set_writer(self, include_headers=False)

    def write(self, data: bytes) -> None:
        """Take what the server sends; replies come in a later turn of the loop."""
        message = json.loads(data)
        self.seen.append(message)
        self._news.set()
        if "method" in message and "id" in message:
            answer = self.answers.get(message["method"])
            result = None if answer is None else answer(message["params"])
            reply = {"jsonrpc": "2.0", "id": message["id"], "result": result}
            asyncio.get_running_loop().call_soon(self.send, reply)

    def close(self) -> None:
        """Part of what a writer must have."""

    def send(self, message: Any) -> None:
        """Hand a message to the server."""
        self.app.protocol.receive(json.dumps(message).encode())

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any = None) -> Message:
        """Send a request; the reply is there at once, because handlers never wait."""
        self._last_id += 1
        self.send({"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params})
        return next(one for one in self.seen if one.get("id") == self._last_id)

    async def wait_for(self, method: str) -> Any:
        """The parameters of the first such message."""
        async with asyncio.timeout(LIMIT_S):
            while True:
                for message in self.seen:
                    if message.get("method") == method:
                        return message.get("params")
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def running(root: Path, capabilities: Message | None = None) -> AsyncIterator[Inside]:
    """An initialized application, closed at the end."""
    inside = Inside(App())
    try:
        inside.request("initialize", hello(root) | {"capabilities": capabilities or {}})
        inside.notify("initialized", {})
        yield inside
    finally:
        await inside.app.close()
