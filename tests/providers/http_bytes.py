"""HTTP/1.1 by hand, so that a test decides about every byte that goes out."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from http import HTTPStatus
from typing import TYPE_CHECKING

from tests.providers.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_HEADER_BYTES = 64 * 1024
MOST_BODY_BYTES = 32 * 1024 * 1024


class GoneError(Exception):
    """The client has hung up."""


class Connection:
    """One client. While a reply is on its way, its hanging up is noticed at once."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._buffer = bytearray()
        self.gone = asyncio.Event()

    async def read_request(self) -> Asked | None:
        """The next request; None when the client is done."""
        try:
            head = await self._until(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            headers = {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition(":") for line in lines if line)
            }
            return Asked(method, target, headers, await self._body(headers))
        except (GoneError, ValueError):
            return None

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = b""
            while size := int((await self._until(b"\r\n")).partition(b";")[0], 16):
                body += await self._exactly(size)
                await self._exactly(2)
            await self._until(b"\r\n")
            return body
        return await self._exactly(int(headers.get("content-length", "0")))

    async def _until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            if len(self._buffer) > MOST_HEADER_BYTES:
                raise ValueError("The header is too long.")
            await self._fill()
        end = self._buffer.index(mark)
        found = bytes(self._buffer[:end])
        del self._buffer[: end + len(mark)]
        return found

    async def _exactly(self, size: int) -> bytes:
        if size > MOST_BODY_BYTES:
            raise ValueError("The body is too long.")
        while len(self._buffer) < size:
            await self._fill()
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    async def _fill(self) -> None:
        try:
            data = await self._reader.read(64 * 1024)
        except OSError:
            data = b""
        if not data:
            self.gone.set()
            raise GoneError
        self._buffer += data

    async def watch(self) -> None:
        """Read ahead until the client hangs up; to be cancelled when the reply is out."""
        with contextlib.suppress(GoneError):
            while len(self._buffer) < MOST_BODY_BYTES:
                await self._fill()

    async def send(self, data: bytes) -> None:
        """Send bytes, as fast as the client takes them."""
        if self.gone.is_set() or self._writer.is_closing():
            raise GoneError
        self._writer.write(data)
        try:
            await self._writer.drain()
        except OSError:
            self.gone.set()
            raise GoneError from None

    async def pause(self, seconds: float) -> None:
        """Wait; ends at once, with `GoneError`, when the client hangs up."""
        if seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.gone.wait(), seconds)
        if self.gone.is_set():
            raise GoneError

    def reset(self) -> None:
        """End the connection with a reset instead of a farewell."""
        # With this option and no time to linger, closing sends RST: SO_LINGER in socket(7).
        linger = struct.pack("ii", 1, 0)
        with contextlib.suppress(OSError):
            self._writer.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger
            )
        self._writer.transport.abort()

    async def close(self) -> None:
        """End the connection after everything was sent."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


def head(code: int, headers: Mapping[str, str]) -> bytes:
    """Status line and headers."""
    try:
        phrase = HTTPStatus(code).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {code} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def chunk(data: bytes) -> bytes:
    """One piece of a body that is sent in pieces; no data is its end."""
    return b"%x\r\n%s\r\n" % (len(data), data)
