"""A byte stream cut into messages, as LSP's base protocol writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_MESSAGE_BYTES = 256 * 1024 * 1024
"""A longer message is no document that anyone edits; it is passed over."""

_MAX_HEADER_BYTES = 1 << 16
_LONGEST_HEADER = 1024
"""Bytes of an endless header that are kept, because the next one may begin among them."""
_MAX_DIGITS = 18
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:.*")
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
            if len(self._buffer) > _MAX_HEADER_BYTES:
                self._lose("A message header does not end.")
                del self._buffer[:-_LONGEST_HEADER]
            return False
        header = bytes(self._buffer[:end])
        del self._buffer[: end + 4]
        length = _content_length(header)
        if length is None:
            self._lose("A message header is malformed, or has no Content-Length.")
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
    """The length that a header names; None when it is no header, or names none."""
    lines = header.split(b"\r\n")
    if not all(map(_FIELD.fullmatch, lines)):
        return None
    for line in lines:
        name, _, value = (part.strip() for part in line.partition(b":"))
        if name.lower() == b"content-length" and value.isdigit() and len(value) <= _MAX_DIGITS:
            return int(value)
    return None
