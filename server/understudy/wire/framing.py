"""Cut the bytes of a reply into events: server-sent events, JSON lines, or one whole JSON value.

Lines end with CRLF, LF or CR and with nothing else. They are cut as bytes and decoded afterwards:
U+2028, U+2029 and U+0085 may stand unescaped inside a JSON string, and readers that cut decoded
text take them for line ends. However the bytes are split into chunks, the events are the same.
"""

from __future__ import annotations

from typing import Literal, Protocol

from understudy.wire.trouble import TroubleError, WebPageError

MAX_EVENT_BYTES = 4 * 1024 * 1024
"""The largest single event that is read."""

Stream = Literal["sse", "ndjson"]

_BOM = b"\xef\xbb\xbf"
_LINE_ENDS = b"\r\n"


class Framing(Protocol):
    """Takes bytes as they come; gives the events that are complete."""

    def feed(self, chunk: bytes) -> list[bytes]:
        """The events that end in this chunk."""

    def end(self) -> list[bytes]:
        """The events that only the end of the body ended."""


def framing_for(start: bytes, stream: Stream) -> Framing:
    """How a body is to be read that begins with `start`, of which at least one byte is no space.

    What the server declares is not asked: gateways label streams as plain text, and answer a
    request for a stream with one JSON value. No event of a stream begins with a bracket.

    Raises:
        WebPageError: the body is a web page.
    """
    start = start.removeprefix(_BOM)
    if start.startswith(b"<"):
        raise WebPageError
    if stream == "ndjson":
        return JsonLines()
    return WholeJson() if start.startswith((b"{", b"[")) else ServerSentEvents()


class _Lines:
    """The lines of a stream without their ends. The last one may stay open until more comes."""

    __slots__ = ("_after_cr", "_begun", "_open", "_open_bytes")

    def __init__(self) -> None:
        self._open: list[bytes] = []
        self._open_bytes = 0
        self._after_cr = False
        self._begun = False

    def cut(self, chunk: bytes) -> list[bytes]:
        """The lines that end in this chunk."""
        if self._after_cr and chunk:
            # The CR has ended the line already; an LF behind it belongs to the same line end.
            self._after_cr = False
            if chunk[0] == 10:
                chunk = chunk[1:]
        if not chunk:
            return []
        # For bytes, `splitlines` cuts at CRLF, LF and CR only; for text it cuts at eight more.
        lines = chunk.splitlines()
        is_open = chunk[-1] not in _LINE_ENDS
        if is_open:
            rest = lines.pop()
        else:
            rest = b""
            self._after_cr = chunk[-1] == 13
        if lines:
            self._close(lines)
        if is_open:
            self._hold(rest)
        return lines

    def rest(self) -> list[bytes]:
        """The line that was open when the stream ended."""
        lines = [b""]
        self._close(lines)
        return lines if lines[0] else []

    def _hold(self, piece: bytes) -> None:
        self._open.append(piece)
        self._open_bytes += len(piece)
        if self._open_bytes > MAX_EVENT_BYTES:
            raise TroubleError("too_large", "one event of the stream")

    def _close(self, lines: list[bytes]) -> None:
        if self._open:
            lines[0] = b"".join((*self._open, lines[0]))
            self._open.clear()
            self._open_bytes = 0
        if not self._begun:
            self._begun = True
            lines[0] = lines[0].removeprefix(_BOM)


class ServerSentEvents:
    """The data of each event, as the HTML standard reads them (9.2.6), with two exceptions.

    An event that the end of the body cuts off before its blank line is given too, as all vendors'
    libraries do it. And the field `error` counts as data: older llama.cpp servers report with it.
    Names and ids of events are not needed: every API repeats in the data what matters.
    """

    __slots__ = ("_bytes", "_data", "_lines")

    def __init__(self) -> None:
        self._lines = _Lines()
        self._data: list[bytes] = []
        self._bytes = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """The events that end in this chunk."""
        events: list[bytes] = []
        data = self._data
        for line in self._lines.cut(chunk):
            if not line:
                if data:
                    self._finish(events)
            elif line.startswith((b"data:", b"error:")):
                self._add(line)
        return events

    def end(self) -> list[bytes]:
        """The event that the end of the body ended, if any."""
        events: list[bytes] = []
        for line in self._lines.rest():
            if line.startswith((b"data:", b"error:")):
                self._add(line)
        if self._data:
            self._finish(events)
        return events

    def _add(self, line: bytes) -> None:
        start = line.index(b":") + 1
        if line[start : start + 1] == b" ":
            start += 1
        self._data.append(line[start:])
        self._bytes += len(line)
        if self._bytes > MAX_EVENT_BYTES:
            raise TroubleError("too_large", "one event of the stream")

    def _finish(self, events: list[bytes]) -> None:
        event = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
        if event:
            events.append(event)
        self._data.clear()
        self._bytes = 0


class JsonLines:
    """One JSON value per line; empty lines say nothing."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines = _Lines()

    def feed(self, chunk: bytes) -> list[bytes]:
        """The values that end in this chunk."""
        return [line for line in self._lines.cut(chunk) if line.strip()]

    def end(self) -> list[bytes]:
        """The value that the end of the body ended, if any."""
        return [line for line in self._lines.rest() if line.strip()]


class WholeJson:
    """The whole body is one event. How long it may get, the reader of the body decides."""

    __slots__ = ("_chunks",)

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def feed(self, chunk: bytes) -> list[bytes]:
        """Nothing, before the end."""
        self._chunks.append(chunk)
        return []

    def end(self) -> list[bytes]:
        """The body."""
        return [b"".join(self._chunks).removeprefix(_BOM)]
