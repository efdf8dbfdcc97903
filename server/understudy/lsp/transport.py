"""Bytes in and out: stdio, TCP and WebSocket, one client for each process.

pygls' own loops are not used: they match the `Content-Length` header by case, read standard input
on the pool that handlers run on, and outlive a client whose connection was reset.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from understudy.core.failures import UnavailableError
from understudy.lsp.frames import MAX_MESSAGE_BYTES, Frames
from understudy.lsp.writers import GOODBYE_S, PipeWriter, Room, SocketWriter, StreamWriter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.lsp.protocol import Protocol

T = TypeVar("T")
S = TypeVar("S", bytes, str)

_CHUNK = 1 << 16


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
    writer, coming = PipeWriter(writing), Room()
    protocol.set_writer(writer)
    gone = asyncio.Event()

    def hand_over(take: Callable[[S], None], found: S) -> None:
        coming.take(len(found))
        loop.call_soon_threadsafe(arrive, take, found)

    def arrive(take: Callable[[S], None], found: S) -> None:
        coming.give(len(found))
        take(found)

    def pump() -> None:
        frames = Frames(partial(hand_over, protocol.receive), partial(hand_over, protocol.complain))
        with contextlib.suppress(OSError, RuntimeError):
            while data := os.read(reading, _CHUNK):
                frames.feed(data)
                coming.wait()
                writer.room.wait()
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(gone.set)

    # A daemon that reads the bare descriptor: the process can end while it still waits.
    threading.Thread(target=pump, name="stdin", daemon=True).start()
    await _until(gone, protocol)
    writer.finish()


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
        answers = StreamWriter(writer)
        protocol.set_writer(answers)
        frames = Frames(protocol.receive, partial(_hang_up, protocol))
        try:
            while data := await reader.read(_CHUNK):
                frames.feed(data)
                await answers.room()
        except OSError:
            pass
        finally:
            gone.set()
            writer.close()

    server = await _listen(asyncio.start_server(client, host, port), host, port)
    ready(_address(server.sockets[0].getsockname()))
    await _until(gone, protocol)
    # Not `async with server`: that would wait until the client hangs up as well.
    server.close()
    if isinstance(protocol.writer, StreamWriter):
        await protocol.writer.finish()


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
        writer = SocketWriter(connection)
        protocol.set_writer(writer, include_headers=False)
        try:
            async for message in connection:
                protocol.receive(message.encode() if isinstance(message, str) else message)
                await writer.room()
        except ConnectionClosed:
            pass
        finally:
            writer.close()
            gone.set()

    # Browsers always name an origin, and let any page connect; editors name none.
    serving = serve(
        client,
        host,
        port,
        origins=[None],
        max_size=MAX_MESSAGE_BYTES,
        close_timeout=GOODBYE_S,
    )
    async with await _listen(serving, host, port) as server:
        ready(_address(next(iter(server.sockets)).getsockname()))
        await _until(gone, protocol)
        if isinstance(protocol.writer, SocketWriter):
            await protocol.writer.finish()


async def _listen(listening: Awaitable[T], host: str, port: int) -> T:
    """What `listening` gives.

    Raises:
        UnavailableError: when nobody can listen there.
    """
    try:
        return await listening
    except OSError as failure:
        reason = failure.strerror or str(failure)
        raise UnavailableError(f"Nobody can listen on `{host}:{port}`: {reason}.") from None


def _hang_up(protocol: Protocol, complaint: str) -> None:
    """End a connection that speaks something else: a web page can make a browser send HTTP."""
    protocol.complain(complaint)
    raise ConnectionAbortedError(complaint)


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
