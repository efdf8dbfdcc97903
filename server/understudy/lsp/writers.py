"""Bytes on their way to the client, and how many of them may wait.

A client that does not read lets our answers pile up. Nothing of them may be lost, so from a
certain amount on it is the client's own messages that are no longer read.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

MOST_BYTES = 8 * 1024 * 1024
"""What may wait in one direction. One message alone may be longer."""
GOODBYE_S = 1.0
"""How long a client that does not read any more is waited for at the end."""


class Room:
    """Counts what is under way between two threads; whoever brings more waits for room."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._used = 0
        self._closed = False
        self._changed = threading.Condition()

    def take(self, size: int) -> None:
        """Something of this size is under way now. Never waits."""
        with self._changed:
            self._used += size

    def give(self, size: int) -> None:
        """It has arrived."""
        with self._changed:
            self._used -= size
            self._changed.notify_all()

    def wait(self) -> None:
        """Until there is room, or nothing will be under way any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._used < self._most)

    def close(self) -> None:
        """Nobody has to wait from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class PipeWriter:
    """Writes from a thread of its own, so that a client that does not read blocks nobody.

    Attributes:
        room: for what waits to be written.
    """

    def __init__(self, descriptor: int) -> None:
        self.room = Room()
        self._descriptor = descriptor
        self._gone = False
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._pump, name="stdout", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Have it written after all before it; dropped once nobody can read it."""
        if not self._gone:
            self.room.take(len(data))
            self._waiting.put(data)

    def close(self) -> None:
        """Write what waits, and nothing after it."""
        self._waiting.put(None)

    def finish(self, timeout_s: float = GOODBYE_S) -> None:
        """Wait until everything is written, at most `timeout_s`."""
        self.close()
        self._thread.join(timeout_s)

    def _pump(self) -> None:
        try:
            while (data := self._waiting.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._descriptor, view) :]
                self.room.give(len(data))
        except OSError:
            self._gone = True
        finally:
            self.room.close()


class StreamWriter:
    """Writes to a TCP connection."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        writer.transport.set_write_buffer_limits(high=MOST_BYTES)

    def write(self, data: bytes) -> None:
        """Have it sent after all before it."""
        self._writer.write(data)

    def close(self) -> None:
        """Send what waits, and nothing after it."""
        self._writer.close()

    async def room(self) -> None:
        """Until there is room for more.

        Raises:
            OSError: when the connection is lost.
        """
        await self._writer.drain()

    async def finish(self) -> None:
        """Wait until everything is sent, at most `GOODBYE_S`."""
        self.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self._writer.wait_closed()


class SocketWriter:
    """Sends WebSocket frames in order: each waits for the one before it."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue()
        self._bytes = 0
        self._room = asyncio.Event()
        self._room.set()
        self._sending = asyncio.create_task(self._pump())

    def write(self, data: bytes) -> None:
        """Have it sent after all before it; dropped once nobody can read it."""
        if self._sending.done():
            return
        self._waiting.put_nowait(data)
        self._bytes += len(data)
        if self._bytes >= MOST_BYTES:
            self._room.clear()

    def close(self) -> None:
        """Send nothing any more; the connection closes with the server."""
        self._sending.cancel()
        self._room.set()

    async def room(self) -> None:
        """Until there is room for more, or nobody reads any more."""
        await self._room.wait()

    async def finish(self) -> None:
        """Wait until everything is sent, at most `GOODBYE_S`."""
        sent = asyncio.create_task(self._waiting.join())
        await asyncio.wait(
            (sent, self._sending), timeout=GOODBYE_S, return_when=asyncio.FIRST_COMPLETED
        )
        sent.cancel()
        self.close()

    async def _pump(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                data = await self._waiting.get()
                await self._connection.send(data.decode("utf-8"))
                self._waiting.task_done()
                self._bytes -= len(data)
                if self._bytes < MOST_BYTES:
                    self._room.set()
        except ConnectionClosed:
            pass
        finally:
            self._room.set()
