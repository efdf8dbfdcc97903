"""Writing protobuf messages, as far as OTLP needs it.

The encoding: https://protobuf.dev/programming-guides/encoding. A field with its default value may
be left out, and is, where the field has no presence of its own.
"""

from __future__ import annotations

import struct

_VARINT, _FIXED64, _LENGTH = 0, 1, 2
_SIGNED = 1 << 64


def varint(value: int) -> bytes:
    """A number in base 128, least significant first; a negative one as 64 bits."""
    if value < 0:
        value += _SIGNED
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def integer(number: int, value: int) -> bytes:
    """A field of the types int32, int64, uint32, bool or enum."""
    return varint(number << 3 | _VARINT) + varint(value)


def fixed64(number: int, value: int) -> bytes:
    """A field of the type fixed64."""
    return varint(number << 3 | _FIXED64) + struct.pack("<Q", value)


def double(number: int, value: float) -> bytes:
    """A field of the type double."""
    return varint(number << 3 | _FIXED64) + struct.pack("<d", value)


def chunk(number: int, value: bytes) -> bytes:
    """A field of the type bytes, or a message inside another."""
    return varint(number << 3 | _LENGTH) + varint(len(value)) + value


def text(number: int, value: str) -> bytes:
    """A field of the type string. A lone surrogate becomes a question mark."""
    return chunk(number, value.encode("utf-8", "replace"))


def packed_fixed64(number: int, values: tuple[int, ...]) -> bytes:
    """A repeated field of the type fixed64."""
    return chunk(number, struct.pack(f"<{len(values)}Q", *values))


def packed_double(number: int, values: tuple[float, ...]) -> bytes:
    """A repeated field of the type double."""
    return chunk(number, struct.pack(f"<{len(values)}d", *values))


def fields(content: bytes) -> dict[int, int | bytes]:
    """The fields of a message by their numbers, the last of each; numbers and bytes as they stand.

    Raises:
        ValueError: it is none.
    """
    found: dict[int, int | bytes] = {}
    at = 0
    while at < len(content):
        tag, at = _read_varint(content, at)
        kind = tag & 7
        if kind == _VARINT:
            found[tag >> 3], at = _read_varint(content, at)
            continue
        size, at = (
            (8, at) if kind == _FIXED64 else (4, at) if kind == 5 else _sized(content, at, kind)
        )
        if at + size > len(content):
            raise ValueError("the message ends within a field")
        found[tag >> 3] = content[at : at + size]
        at += size
    return found


def _sized(content: bytes, at: int, kind: int) -> tuple[int, int]:
    if kind != _LENGTH:
        raise ValueError("a kind of field that is not known")
    return _read_varint(content, at)


def _read_varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(content):
            break
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("a number that does not end")
