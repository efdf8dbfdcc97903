"""A server on loopback that sends exactly the bytes it is told, one answer per request."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.wire import Endpoint, Limits, Message, Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    Answer = bytes | Callable[["Connection"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came."""

    line: str
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True, slots=True)
class Connection:
    """The open end of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, sent: bytes) -> None:
        self.writer.write(sent)
        await self.writer.drain()

    def reset(self) -> None:
        """Drop the connection without a farewell."""
        transport: Any = self.writer.transport
        sock = transport.get_extra_info("socket")
        import socket
        import struct

        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()

    async def until_hung_up(self) -> None:
        try:
            while await self.reader.read(4096):
                pass
        except ConnectionError:
            pass


class RawServer:
    """Answers in turn; the last answer repeats. Bytes keep the connection open for the next one."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []
        self.connections = 0
        self.hung_up = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> RawServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        from understudy.wire import transport

        await transport.close()
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def endpoint(self, family: str = "openai", **fields: Any) -> Endpoint:
        return Endpoint(**{"provider": "acme", "family": family, "base_url": self.url, **fields})

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._connection(Connection(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connection(self, connection: Connection) -> None:
        try:
            while (asked := await _read_request(connection.reader)) is not None:
                self.asked.append(asked)
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if isinstance(answer, bytes):
                    await connection.send(answer)
                else:
                    await answer(connection)
                    return
        except ConnectionError:
            pass
        finally:
            self.hung_up.set()
            connection.writer.close()


async def _read_request(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    line, *fields = head.strip().split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (one.partition(":") for one in fields)
    }
    return Asked(line, headers, await reader.readexactly(int(headers.get("content-length", 0))))


def head(status: int = 200, **headers: str) -> bytes:
    """The beginning of a reply with a chunked body."""
    fields = {
        "transfer-encoding": "chunked",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    return (
        f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items()) + "\r\n"
    ).encode()


def piece(content: bytes) -> bytes:
    """One HTTP chunk."""
    return b"%x\r\n%s\r\n" % (len(content), content)


END = b"0\r\n\r\n"


def whole(content: bytes, status: int = 200, **headers: str) -> bytes:
    """A reply with a body of known length."""
    fields = {
        "content-length": str(len(content)),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    lines = "".join(f"{k}: {v}\r\n" for k, v in fields.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + content


def stream(*pieces: bytes, **headers: str) -> bytes:
    """A chunked reply, each piece a chunk."""
    fields = {"content_type": "text/event-stream", **headers}
    return head(200, **fields) + b"".join(map(piece, pieces)) + END


def data(value: Any) -> bytes:
    """A server-sent event; characters stand for themselves."""
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def delta(content: str) -> bytes:
    """A piece of a chat completion."""
    return data(
        {"id": "c1", "model": "m-1", "choices": [{"index": 0, "delta": {"content": content}}]}
    )


FINISH = data({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
USAGE = data({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 4}})
DONE = b"data: [DONE]\n\n"


def chat(text: str) -> bytes:
    """A whole streamed chat completion."""
    return stream(delta(text), FINISH, USAGE, DONE)


def ask(text: str = "hello", **fields: Any) -> Request:
    """A small request."""
    return Request(
        **{"model": "m", "messages": (Message("user", text),), "max_output": 64, **fields}
    )


def within(seconds: float = 10.0, **fields: float) -> Limits:
    """Limits from now on."""
    import time

    settings: dict[str, Any] = dict(fields)
    return Limits(deadline=time.monotonic() + seconds, **settings)
