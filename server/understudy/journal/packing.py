"""Texts as the journal keeps them: compressed."""

from __future__ import annotations

import zlib


def packed(text: str) -> bytes:
    """The text in fewer bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpacked(body: bytes, most: int) -> str:
    """The text again, up to so many bytes of it; how many bytes there are where it is none of ours."""
    try:
        text = zlib.decompressobj().decompress(body, most)
    except zlib.error:
        return f"({len(body)} bytes)"
    return text.decode("utf-8", "replace")
