"""An answer may be packed, and neither packed nor plain may it be larger than allowed."""

from __future__ import annotations

import gzip
import zlib

from tests.unit.wire.asking import ODD, asked, failed, one_by_one
from tests.unit.wire.raw_server import (
    DONE,
    FINISH,
    Connection,
    delta,
    head,
    piece,
    stream,
    within,
)


async def test_a_compressed_answer_is_read() -> None:
    content = delta(ODD) + FINISH + DONE
    packed = gzip.compress(content)
    for body, name in (
        (packed, "gzip"),
        (zlib.compress(content), "deflate"),
        (gzip.compress(content[:20]) + gzip.compress(content[20:]), "x-gzip"),
    ):
        reply = await asked(stream(*one_by_one(body), content_encoding=name))
        assert reply.text == ODD


async def test_a_compressed_body_that_is_none_is_no_answer() -> None:
    for name in ("gzip", "br", "gzip, gzip"):
        assert (await failed(stream(delta("x"), content_encoding=name))).code == "malformed"


async def test_a_small_body_does_not_become_a_large_one() -> None:
    bomb = gzip.compress(b"data: " + b"x" * 64 * 1024 * 1024)
    limits = within(max_reply_bytes=1024 * 1024)
    failure = await failed(stream(bomb, content_encoding="gzip"), limits=limits)
    assert failure.code == "too_large"


async def test_an_endless_answer_is_stopped() -> None:
    async def endless(connection: Connection) -> None:
        await connection.send(head())
        while True:
            await connection.send(piece(delta("and on " * 200) * 20))

    failure = await failed(endless, limits=within(max_reply_bytes=300_000))
    assert failure.code == "too_large"
