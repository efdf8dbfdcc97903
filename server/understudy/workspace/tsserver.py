"""TypeScript's own server (`lib/tsserver.js` of the package `typescript`, up to version 6).

Its protocol is described by `lib/typescript.d.ts` of that package (namespace `ts.server.protocol`):
requests are JSON, one a line; answers come with the headers of the language server protocol.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any, Self

from understudy.core.failures import UnavailableError
from understudy.workspace.lsp_child import NOT_THE_PROTOCOL, read_message
from understudy.workspace.node_tools import NODE_ENVIRONMENT
from understudy.workspace.paths import path_of
from understudy.workspace.processes import end, spawn_for_long

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from understudy.workspace.mirror import Shown

_ARGUMENTS = (
    "--disableAutomaticTypingAcquisition",
    "--suppressDiagnosticEvents",
    "--noGetErrOnBackgroundUpdate",
    "--useInferredProjectPerProjectRoot",
    *("--locale", "en"),
)
"""It downloads no types, tells nothing unasked, and speaks English."""
_KINDS = {
    "typescript": "TS",
    "typescriptreact": "TSX",
    "javascript": "JS",
    "javascriptreact": "JSX",
}


class TsServer:
    """One running server and what it sees. One check at a time may use it."""

    def __init__(self, process: Process, root: Path) -> None:
        self._process = process
        self._root = root
        self._last = 0
        self._open: dict[str, Shown] = {}
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, command: Sequence[str], root: Path) -> Self:
        """Start a server.

        Raises:
            UnavailableError: when it can't be started or ends at once.
        """
        process = await spawn_for_long((*command, *_ARGUMENTS), cwd=root, extra=NODE_ENVIRONMENT)
        server = cls(process, root)
        try:
            await server.ask("configure", {"hostInfo": "understudy"})
        except BaseException:
            await server.close()
            raise
        return server

    @property
    def alive(self) -> bool:
        """Whether the server still runs and is listened to."""
        return self._process.returncode is None and not self._reader.done()

    async def close(self) -> None:
        """End the server with all that it started."""
        self._reader.cancel()
        await end(self._process)

    async def show(self, documents: Iterable[Shown]) -> None:
        """Make these the open documents, and no others.

        Raises:
            UnavailableError: when the server has ended.
        """
        wanted = {one.uri: one for one in documents}
        opened = [self._opened(one) for one in wanted.values() if self._open.get(one.uri) != one]
        closed = [file_of(uri) for uri in self._open if uri not in wanted]
        if opened or closed:
            self._open = wanted
            await self.ask("updateOpen", {"openFiles": opened, "closedFiles": closed})

    def _opened(self, one: Shown) -> dict[str, str]:
        return {
            "file": file_of(one.uri),
            "fileContent": one.text,
            "scriptKindName": _KINDS.get(one.language, "TS"),
            "projectRootPath": str(self._root),
        }

    async def ask(self, command: str, arguments: dict[str, Any]) -> Any:
        """Send a request and wait for the body of its answer.

        Raises:
            UnavailableError: when the server says that it failed, or ends.
        """
        if not self.alive or self._process.stdin is None:
            raise self._gone()
        self._last += 1
        number = self._last
        message = {"seq": number, "type": "request", "command": command, "arguments": arguments}
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            with contextlib.suppress(ConnectionError):
                await self._process.stdin.drain()
            return await future
        finally:
            self._waiting.pop(number, None)

    async def _read(self) -> None:
        """Hand out answers until the server ends; then nobody waits any longer."""
        stdout = self._process.stdout
        try:
            while stdout is not None:
                self._take(await read_message(stdout))
        except NOT_THE_PROTOCOL:
            pass
        finally:
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(self._gone())

    def _take(self, message: dict[str, Any]) -> None:
        future = self._waiting.get(message.get("request_seq", 0))
        if message.get("type") != "response" or future is None or future.done():
            return
        if message.get("success"):
            future.set_result(message.get("body"))
        else:
            said = str(message.get("message", "no reason given")).partition("\n")[0]
            future.set_exception(UnavailableError(f"TypeScript answered: {said}"))

    @staticmethod
    def _gone() -> UnavailableError:
        return UnavailableError("TypeScript's server has ended.")


def file_of(uri: str) -> str:
    """A document's path as TypeScript writes it, with slashes everywhere."""
    path = path_of(uri)
    return uri if path is None else path.as_posix()
