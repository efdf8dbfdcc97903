"""No call takes longer than it may, and one that is given up hangs up."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from tests.unit.wire.asking import asked, failed
from tests.unit.wire.raw_server import (
    END,
    Connection,
    RawServer,
    ask,
    data,
    delta,
    head,
    piece,
    whole,
    within,
)
from understudy.core.failures import CallError, FailureCategory
from understudy.wire.call import call


async def hangs(connection: Connection) -> None:
    await connection.until_hung_up()


async def drips(connection: Connection) -> None:
    await connection.send(head())
    while True:
        await connection.send(piece(delta("word ")))
        await asyncio.sleep(0.02)


async def test_a_server_that_says_nothing_ends_with_the_first_token_limit() -> None:
    async with RawServer(hangs) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(), server.endpoint(), within(first_token_s=0.1))
        await asyncio.wait_for(server.hung_up.wait(), 5)
    failure = caught.value.failure
    assert (failure.category, failure.code) == (FailureCategory.TIMEOUT, "timeout_first_token")


async def test_signs_of_life_are_no_token() -> None:
    async def lives(connection: Connection) -> None:
        await connection.send(head())
        while True:
            await connection.send(piece(b": still here\n\n"))
            await asyncio.sleep(0.02)

    failure = await failed(lives, limits=within(first_token_s=0.15))
    assert failure.code == "timeout_first_token"


async def test_a_server_that_falls_silent_ends_with_the_idle_limit() -> None:
    async def falls_silent(connection: Connection) -> None:
        await connection.send(head() + piece(delta("half")))
        await connection.until_hung_up()

    failure = await failed(falls_silent, limits=within(idle_s=0.1))
    assert failure.code == "timeout_idle"


async def test_a_slow_answer_outlives_every_limit_but_the_deadline() -> None:
    limits = within(1.5, first_token_s=1.0, idle_s=1.0)
    assert (await failed(drips, limits=limits)).code == "timeout_total"


async def test_a_deadline_that_is_over_sends_the_call_back_at_once() -> None:
    assert (await failed(hangs, limits=within(-1.0))).code == "timeout_total"


async def test_the_deadline_covers_all_repetitions() -> None:
    refusal = json.dumps({"error": {"code": "unsupported_parameter", "param": "max_completion_tokens",
                                    "message": "Unsupported parameter"}}).encode()  # fmt: skip
    started = time.monotonic()
    failure = await failed(whole(refusal, 400), hangs, limits=within(0.3))
    assert failure.code == "timeout_total"
    assert time.monotonic() - started < 5


async def test_loading_a_model_is_no_part_of_its_first_token() -> None:
    def line(**fields: Any) -> bytes:
        return json.dumps({"model": "m", **fields}).encode() + b"\n"

    async def loads(connection: Connection) -> None:
        await asyncio.sleep(0.3)
        first = line(message={"content": "x"}, done=False)
        last = line(done=True, done_reason="stop", load_duration=290_000_000)
        await connection.send(head() + piece(first) + piece(last) + END)

    reply = await asked(loads, family="ollama")
    assert reply.text == "x"
    assert reply.first_token_s < 0.2 < reply.seconds


async def test_a_cancelled_call_hangs_up_at_once() -> None:
    begun = asyncio.Event()
    async with RawServer(drips) as server:
        running = asyncio.ensure_future(
            call(ask(), server.endpoint(), within(), heard=lambda _kind, _text: begun.set())
        )
        await asyncio.wait_for(begun.wait(), 5)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await asyncio.wait_for(server.hung_up.wait(), 5)


async def test_the_time_between_the_parts_of_an_answer_is_noted() -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def one_after_the_other(connection: Connection) -> None:
        await connection.send(head() + piece(delta("a")) + piece(b": still here\n\n"))
        for text in ("b", "c"):
            await heard.get()
            await connection.send(piece(b": still here\n\n") + piece(delta(text)))
        await heard.get()
        await connection.send(piece(stop()) + END)

    async with RawServer(one_after_the_other) as server:
        reply = await call(
            ask(), server.endpoint(), within(), heard=lambda _kind, text: heard.put_nowait(text)
        )
    assert reply.text == "abc"
    assert len(reply.chunks_s) == 2
    assert all(0 <= one <= reply.seconds for one in reply.chunks_s)


async def test_an_answer_in_one_piece_has_no_time_between_parts() -> None:
    reply = await asked(whole(json.dumps(ANSWER).encode()))
    assert reply.chunks_s == ()


def stop() -> bytes:
    """The end of an answer in the chat API."""
    return data({"choices": [{"delta": {}, "finish_reason": "stop"}]})


ANSWER = {"choices": [{"message": {"content": "abc"}, "finish_reason": "stop"}], "model": "m"}
