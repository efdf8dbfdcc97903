"""Decompress the body of a reply piece by piece, so that a small body never becomes a large one.

Compression is never asked for; some gateways compress all the same.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from understudy.wire.trouble import TroubleError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PIECE_BYTES = 64 * 1024
"""The most that is decompressed at once."""

_ZLIB_OR_GZIP = zlib.MAX_WBITS | 32


async def inflated(chunks: AsyncIterator[bytes], encoding: str) -> AsyncIterator[bytes]:
    """The decompressed body, in pieces of at most `PIECE_BYTES`.

    Raises:
        TroubleError: the encoding is none that is understood, or the bytes are not encoded so.
    """
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise TroubleError("malformed", "a compression that was not asked for")
    inflater = zlib.decompressobj(_ZLIB_OR_GZIP)
    async for chunk in chunks:
        rest = chunk
        while rest:
            if inflater.eof:
                # A gzip file may be several, one behind the other.
                inflater = zlib.decompressobj(_ZLIB_OR_GZIP)
            yield _piece(inflater, rest)
            rest = inflater.unconsumed_tail or inflater.unused_data
    yield inflater.flush()


def _piece(inflater: zlib._Decompress, compressed: bytes) -> bytes:
    try:
        return inflater.decompress(compressed, PIECE_BYTES)
    except zlib.error:
        raise TroubleError("malformed", "a compressed body that can't be read") from None
