"""Bytes in and out: stdio, TCP and WebSocket, one client for each process.

pygls' own loops are not used: they match the `Content-Length` header by case, read standard input
on the pool that handlers run on, and outlive a client whose connection was reset.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import re
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.lsp.protocol import Protocol

MAX_MESSAGE_BYTES = 256 * 1024 * 1024
"""A longer message is no document that anyone edits; the connection is closed."""

_CHUNK = 1 << 16
_LONGEST_HEADER = 1024
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*(?:\r\n|\Z)", re.IGNORECASE)


class Frames:
    """Cuts a byte stream into message bodies by their `Content-Length` header.

    What is no message is passed over up to the next header, so one broken client-side write does
    not end the server.

    Args:
        receive: is given each body.
        complain: is given a sentence about bytes that were passed over.
    """

    def __init__(
        self, receive: Callable[[bytes], object], complain: Callable[[str], object]
    ) -> None:
        self._receive = receive
        self._complain = complain
        self._buffer = bytearray()
        self._length: int | None = None
        self._skip = 0
        self._lost = False

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream."""
        self._buffer += data
        while self._step():
            pass

    def _step(self) -> bool:
        """Go on by one header or one body; False when more bytes are needed for that."""
        if self._skip:
            gone = min(self._skip, len(self._buffer))
            del self._buffer[:gone]
            self._skip -= gone
            return bool(self._buffer)
        if self._length is None:
            return self._read_header()
        if len(self._buffer) < self._length:
            return False
        body = bytes(self._buffer[: self._length])
        del self._buffer[: self._length]
        self._length = None
        self._receive(body)
        return True

    def _read_header(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > _CHUNK:
                self._lose("A message header does not end.")
                # The next header may have begun already.
                del self._buffer[:-_LONGEST_HEADER]
            return False
        header = bytes(self._buffer[:end])
        del self._buffer[: end + 4]
        length = _content_length(header)
        if length is None:
            self._lose("A message header has no Content-Length.")
            # Behind the rest of something that was lost, the next header may have begun.
            lengths = _LENGTH.findall(header)
            if not lengths:
                return True
            length = int(lengths[-1])
        self._lost = False
        if length > MAX_MESSAGE_BYTES:
            self._complain(f"A message of {length} bytes is too long.")
            self._skip = length
        else:
            self._length = length
        return True

    def _lose(self, text: str) -> None:
        if not self._lost:
            self._lost = True
            self._complain(text)


def _content_length(header: bytes) -> int | None:
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return None


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
        frames = Frames(
            lambda body: loop.call_soon_threadsafe(protocol.receive, body),
            lambda text: loop.call_soon_threadsafe(protocol.complain, text),
        )
        with contextlib.suppress(OSError, RuntimeError):
            while data := os.read(reading, _CHUNK):
                frames.feed(data)
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
        frames = Frames(protocol.receive, protocol.complain)
        try:
            while data := await reader.read(_CHUNK):
                frames.feed(data)
        except OSError:
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
