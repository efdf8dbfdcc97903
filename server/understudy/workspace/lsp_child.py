"""A language server that Understudy runs for itself, spoken to over its standard streams."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from typing import TYPE_CHECKING, Any, Self

from understudy.core.failures import UnavailableError
from understudy.workspace.processes import end, spawn_for_long

if TYPE_CHECKING:
    from asyncio import StreamReader
    from asyncio.subprocess import Process
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Answerer = Callable[[str, Any], Any]

_MAX_MESSAGE_BYTES = 64 * 1024 * 1024
_END_TIMEOUT_S = 1.0
NOT_THE_PROTOCOL = (
    *(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, UnavailableError),
    *(ValueError, TypeError, KeyError, AttributeError, RecursionError),
)
"""How reading ends: the server went away, or it said something that is not the protocol."""


class LspChild:
    """One running server. It ends by itself when our end of its input closes.

    Attributes:
        capabilities: what the server said that it can do.
    """

    def __init__(self, process: Process, name: str, answer: Answerer) -> None:
        self.capabilities: dict[str, Any] = {}
        self._process = process
        self._name = name
        self._answer = answer
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._last_id = 0
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        root: Path,
        answer: Answerer,
        *,
        extra: Mapping[str, str] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Self:
        """Start a server and shake hands.

        Args:
            command: a full path and arguments.
            root: its only workspace folder, and where it runs.
            answer: gives the result for a request of the server, from its method and parameters;
                it must not raise.
            extra: environment variables in addition to the clean ones.
            options: entries of the `initialize` parameters beside the folder.

        Raises:
            UnavailableError: when it can't be started or ends at once.
        """
        process = await spawn_for_long(command, cwd=root, extra=extra)
        child = cls(process, command[0], answer)
        try:
            result = await child.request("initialize", _hello(root) | dict(options or {}))
            child.capabilities = result["capabilities"]
            await child.notify("initialized", {})
        except (KeyError, TypeError) as error:
            await child.close()
            raise UnavailableError(f"`{command[0]}` is no language server.") from error
        except BaseException:
            await child.close()
            raise
        return child

    @property
    def alive(self) -> bool:
        """Whether the server still runs and is listened to."""
        return self._process.returncode is None and not self._reader.done()

    async def request(self, method: str, params: Any) -> Any:
        """Send a request and wait for its result; cancelling the wait cancels the request.

        Raises:
            UnavailableError: when the server answers with an error or ends.
        """
        self._last_id += 1
        number = self._last_id
        future = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            await self._send({"id": number, "method": method, "params": params})
            return await future
        except asyncio.CancelledError:
            with contextlib.suppress(UnavailableError):
                self._write({"method": "$/cancelRequest", "params": {"id": number}})
            raise
        finally:
            self._waiting.pop(number, None)

    async def notify(self, method: str, params: Any) -> None:
        """Send a notification.

        Raises:
            UnavailableError: when the server has ended.
        """
        await self._send({"method": method, "params": params})

    async def close(self) -> None:
        """Ask the server to go, and end it with all that it started."""
        try:
            if self.alive:
                with contextlib.suppress(UnavailableError, TimeoutError):
                    async with asyncio.timeout(_END_TIMEOUT_S):
                        await self.request("shutdown", None)
                        await self.notify("exit", None)
                        await self._process.wait()
        finally:
            self._reader.cancel()
            if self._process.stdin is not None:
                self._process.stdin.close()
            await end(self._process)

    async def _send(self, message: dict[str, Any]) -> None:
        self._write(message)
        if self._process.stdin is not None:
            with contextlib.suppress(ConnectionError):
                await self._process.stdin.drain()

    def _write(self, message: dict[str, Any]) -> None:
        stdin = self._process.stdin
        if stdin is None or stdin.is_closing() or not self.alive:
            raise self._gone()
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def _read(self) -> None:
        """Hand out what the server says until it ends; then nobody waits any longer."""
        stdout = self._process.stdout
        try:
            while stdout is not None:
                await self._take(await read_message(stdout))
        except NOT_THE_PROTOCOL:
            pass
        finally:
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(self._gone())

    async def _take(self, message: dict[str, Any]) -> None:
        if "method" in message:
            if "id" in message:
                result = self._answer(message["method"], message.get("params"))
                await self._send({"id": message["id"], "result": result})
            return
        future = self._waiting.get(message.get("id", 0))
        if future is None or future.done():
            return
        if "error" in message:
            text = message["error"].get("message", "no reason given")
            future.set_exception(UnavailableError(f"`{self._name}` answered: {text}"))
        else:
            future.set_result(message.get("result"))

    def _gone(self) -> UnavailableError:
        return UnavailableError(f"`{self._name}` has ended.")


def _hello(root: Path) -> dict[str, Any]:
    uri = root.as_uri()
    return {
        "processId": os.getpid(),
        "rootUri": uri,
        "workspaceFolders": [{"uri": uri, "name": root.name}],
        "capabilities": {},
    }


async def read_message(stream: StreamReader) -> dict[str, Any]:
    """One message: headers, an empty line, JSON (the base protocol of the LSP specification)."""
    length = 0
    while (header := await stream.readuntil(b"\r\n")) != b"\r\n":
        name, _, value = header.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if not 0 < length <= _MAX_MESSAGE_BYTES:
        raise ValueError("a message of this length is not read")
    message = json.loads(await stream.readexactly(length))
    if not isinstance(message, dict):
        raise ValueError("a message must be an object")  # noqa: TRY004 - what was read is at fault
    return message
