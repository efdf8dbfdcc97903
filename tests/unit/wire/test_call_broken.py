"""An answer that breaks off, or whose bytes mean nothing, is no answer."""

from __future__ import annotations

import asyncio

import pytest

from tests.unit.wire.asking import asked, failed
from tests.unit.wire.raw_server import (
    DONE,
    FINISH,
    USAGE,
    Connection,
    RawServer,
    ask,
    delta,
    head,
    piece,
    stream,
    within,
)
from understudy.core.failures import CallError, FailureCategory
from understudy.wire.call import call


async def test_half_a_character_is_no_answer() -> None:
    event = b'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n'
    failure = await failed(stream(event, FINISH, DONE))
    assert failure.code == "malformed"


@pytest.mark.parametrize(
    "event",
    [
        b'data: {"choices":[{"delta":{"content":"caf\xe9"}}]}\n\n',
        b'data: {"choices":[{"delta":\n\n',
        b"data: Internal Server Error\n\n",
        b"data: 7\n\n",
        b"data: " + b"[" * 100_000 + b"\n\n",
        b'data: {"choices":{"a":1}}\n\n',
    ],
)
async def test_an_event_that_can_not_be_read_is_no_answer(event: bytes) -> None:
    failure = await failed(stream(delta("x"), event, FINISH, DONE))
    assert failure.code == "malformed"


async def test_a_body_that_breaks_off_is_no_answer() -> None:
    async def breaks_off(connection: Connection) -> None:
        await connection.send(head() + piece(delta("half")))

    failure = await failed(breaks_off)
    assert (failure.category, failure.code) == (FailureCategory.PROVIDER_UNAVAILABLE, "reset")


async def test_a_reset_in_the_middle_is_no_answer() -> None:
    async def resets(connection: Connection) -> None:
        await connection.send(head() + piece(delta("half")))
        await asyncio.sleep(0.05)
        connection.reset()

    assert (await failed(resets)).code == "reset"


async def test_a_reset_behind_the_end_does_no_harm() -> None:
    async def resets(connection: Connection) -> None:
        await connection.send(head() + piece(delta("x") + FINISH + USAGE + DONE))
        connection.writer.close()

    assert (await asked(resets)).text == "x"


async def test_a_connection_that_closes_without_a_reply_is_not_tried_again() -> None:
    async def closes(connection: Connection) -> None:
        connection.writer.close()

    async with RawServer(closes) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(), server.endpoint(), within())
        assert len(server.asked) == 1
    assert caught.value.failure.code == "reset"


async def test_bytes_that_are_no_http_are_no_answer() -> None:
    async def babbles(connection: Connection) -> None:
        await connection.send(b"\x16\x03\x01 what\r\n\r\n")

    assert (await failed(babbles)).category is FailureCategory.PROVIDER_UNAVAILABLE
