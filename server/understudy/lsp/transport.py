"""Bytes in and out: stdio, TCP and WebSocket, one client for each process.

pygls' own loops are not used: they match the `Content-Length` header by case, read standard input
on the pool that handlers run on, and outlive a client whose connection was reset.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.lsp.protocol import Protocol

MAX_MESSAGE_BYTES = 256 * 1024 * 1024
"""A longer message is no document that anyone edits; the connection is closed."""

_CHUNK = 1 << 16


class Frames:
    """Cuts a byte stream into message bodies by their `Content-Length` header."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._length: int | None = None

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies that are complete now.

        Raises:
            ValueError: when a header holds no usable length, so that the stream is lost.
        """
        self._buffer += data
        bodies = []
        while (body := self._next()) is not None:
            bodies.append(body)
        return bodies

    def _next(self) -> bytes | None:
        if self._length is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > _CHUNK:
                    raise ValueError("The message header does not end.")
                return None
            self._length = _content_length(bytes(self._buffer[:end]))
            del self._buffer[: end + 4]
        if len(self._buffer) < self._length:
            return None
        body = bytes(self._buffer[: self._length])
        del self._buffer[: self._length]
        self._length = None
        return body


def _content_length(header: bytes) -> int:
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
            if length <= MAX_MESSAGE_BYTES:
                return length
            raise ValueError(f"A message of {length} bytes is too long.")
    raise ValueError("A message has no Content-Length.")


async def serve_stdio(protocol: Protocol) -> None:
    """Serve the client at standard input and output until it leaves.

    Standard output belongs to the protocol from here on: whatever else is printed goes to
    standard error.
    """
    sys.stdout.flush()
    reading, writing = os.dup(0), os.dup(1)
    sys.stdout = sys.stderr
    with contextlib.suppress(OSError):
        os.dup2(2, 1)
    loop = asyncio.get_running_loop()
    writer = _PipeWriter(writing)
    protocol.set_writer(writer)
    gone = asyncio.Event()

    def pump() -> None:
        frames = Frames()
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            while data := os.read(reading, _CHUNK):
                for body in frames.feed(data):
                    loop.call_soon_threadsafe(protocol.receive, body)
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(gone.set)

    # A daemon that reads the bare descriptor: the process can end while it still waits.
    threading.Thread(target=pump, name="stdin", daemon=True).start()
    await _until(gone, protocol)
    writer.finish(timeout_s=1.0)


class _PipeWriter:
    """Writes from a thread of its own, so that a client that does not read blocks nobody."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._pump, name="stdout", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        self._waiting.put(data)

    def close(self) -> None:
        self._waiting.put(None)

    def finish(self, timeout_s: float) -> None:
        """Wait until everything is written, at most `timeout_s`."""
        self.close()
        self._thread.join(timeout_s)

    def _pump(self) -> None:
        with contextlib.suppress(OSError):
            while (data := self._waiting.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._descriptor, view) :]


async def serve_tcp(protocol: Protocol, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve the first client that connects; a second one is turned away.

    Args:
        protocol: what the messages go to.
        host: the address to listen on.
        port: 0 for any free one.
        ready: told `host:port` once connections are taken.
    """
    gone = asyncio.Event()
    taken = False

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        if taken:
            writer.close()
            return
        taken = True
        protocol.set_writer(_StreamWriter(writer))
        frames = Frames()
        try:
            while data := await reader.read(_CHUNK):
                for body in frames.feed(data):
                    protocol.receive(body)
        except (OSError, ValueError):
            pass
        finally:
            gone.set()
            writer.close()

    server = await asyncio.start_server(client, host, port)
    async with server:
        ready(_address(server.sockets[0].getsockname()))
        await _until(gone, protocol)


class _StreamWriter:
    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    def close(self) -> None:
        self._writer.close()


async def serve_ws(protocol: Protocol, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve the first WebSocket client, one JSON message in each frame."""
    from websockets.asyncio.server import ServerConnection, serve
    from websockets.exceptions import ConnectionClosed

    gone = asyncio.Event()
    taken = False

    async def client(connection: ServerConnection) -> None:
        nonlocal taken
        if taken:
            await connection.close(1013, "Another client is connected.")
            return
        taken = True
        writer = _SocketWriter()
        protocol.set_writer(writer, include_headers=False)
        sending = asyncio.create_task(writer.pump(connection))
        try:
            async for message in connection:
                protocol.receive(message.encode() if isinstance(message, str) else message)
        except ConnectionClosed:
            pass
        finally:
            sending.cancel()
            gone.set()

    async with serve(client, host, port, max_size=MAX_MESSAGE_BYTES) as server:
        ready(_address(next(iter(server.sockets)).getsockname()))
        await _until(gone, protocol)


class _SocketWriter:
    """Sends in order: each frame waits for the one before it."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue()

    def write(self, data: bytes) -> None:
        self._waiting.put_nowait(data)

    def close(self) -> None:
        """Nothing to do: the connection closes with the server."""

    async def pump(self, connection: object) -> None:
        from websockets.asyncio.server import ServerConnection

        assert isinstance(connection, ServerConnection)  # noqa: S101 - typed so for a lazy import
        while True:
            data = await self._waiting.get()
            await connection.send(data.decode("utf-8"))


async def _until(gone: asyncio.Event, protocol: Protocol) -> None:
    """Until the client is gone or has asked us to exit."""
    waits = [asyncio.ensure_future(gone.wait()), asyncio.ensure_future(protocol.exited.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


def _address(name: tuple[object, ...]) -> str:
    host, port = name[0], name[1]
    return f"[{host}]:{port}" if ":" in str(host) else f"{host}:{port}"
