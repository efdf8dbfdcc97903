"""An answer counts only when its end came, and ended because the model was done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.unit.wire.asking import asked, failed
from tests.unit.wire.raw_server import (
    DONE,
    FINISH,
    USAGE,
    Connection,
    RawServer,
    ask,
    data,
    delta,
    head,
    piece,
    stream,
    within,
)
from understudy.core.failures import CallError, FailureCategory
from understudy.wire.call import call

if TYPE_CHECKING:
    from tests.unit.wire.raw_server import Answer


async def test_an_answer_without_its_end_is_no_answer() -> None:
    failure = await failed(stream(delta("half an ans")))
    assert (failure.category, failure.code) == (FailureCategory.INCOMPLETE_OUTPUT, "cut_off")


async def test_an_empty_body_is_no_answer() -> None:
    assert (await failed(stream())).category is FailureCategory.INCOMPLETE_OUTPUT


async def test_an_event_without_its_blank_line_counts() -> None:
    assert (await asked(stream(delta("x"), FINISH, b"data: [DONE]"))).text == "x"


async def test_a_reason_is_enough_where_done_is_missing() -> None:
    assert (await asked(stream(delta("x"), FINISH))).text == "x"


async def test_done_is_enough_where_the_reason_is_missing() -> None:
    assert (await asked(stream(delta("x"), DONE))).text == "x"


async def test_a_server_that_keeps_the_body_open_is_not_waited_for() -> None:
    async def stays(connection: Connection) -> None:
        await connection.send(head() + piece(delta("x") + FINISH + USAGE + DONE))
        await connection.until_hung_up()

    assert (await asked(stays)).text == "x"


@pytest.mark.parametrize("word", ["length", "content_filter"])
async def test_an_answer_that_ended_for_another_reason_is_no_answer(word: str) -> None:
    last = data({"choices": [{"delta": {}, "finish_reason": word}]})
    categories = {
        "length": FailureCategory.INCOMPLETE_OUTPUT,
        "content_filter": FailureCategory.CONTENT_FILTERED,
    }
    assert (await failed(stream(delta("x"), last, DONE))).category is categories[word]


async def test_a_refusal_is_no_answer() -> None:
    refusal = data({"choices": [{"delta": {"refusal": "I can't."}, "finish_reason": "stop"}]})
    assert (await failed(stream(refusal, DONE))).category is FailureCategory.REFUSAL


async def test_an_empty_answer_is_no_answer() -> None:
    assert (await failed(stream(FINISH, USAGE, DONE))).category is FailureCategory.EMPTY_OUTPUT


async def test_an_empty_answer_to_a_prompt_that_fills_the_window_has_overflowed() -> None:
    used = data({"choices": [], "usage": {"prompt_tokens": 2040, "completion_tokens": 0}})
    async with RawServer(stream(FINISH, used, DONE)) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(window=2048), server.endpoint(), within())
    assert caught.value.failure.category is FailureCategory.CONTEXT_OVERFLOW
    assert caught.value.failure.limit == 2048


async def test_a_prompt_that_nobody_counted_is_estimated() -> None:
    async with RawServer(stream(FINISH, DONE)) as server:
        for text, category in (
            ("x" * 8192, FailureCategory.CONTEXT_OVERFLOW),
            ("x" * 1000, FailureCategory.EMPTY_OUTPUT),
        ):
            with pytest.raises(CallError) as caught:
                await call(ask(text, window=2048), server.endpoint(), within())
            assert caught.value.failure.category is category


async def test_an_answer_as_long_as_it_may_be_was_cut() -> None:
    used = data({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 64}})
    failure = await failed(stream(delta("x"), FINISH, used, DONE))
    assert failure.category is FailureCategory.INCOMPLETE_OUTPUT


@pytest.mark.parametrize(
    ("output", "reasoning", "total", "is_cut"),
    [
        (64, 0, 73, True),
        (65, 0, 74, False),
        (3000, 0, 3009, False),
        (3000, 2900, 3009, False),
        (100, 64, 109, False),
        # xAI counts thinking beside the answer, and limits the answer alone.
        (20, 3000, 3029, False),
        (64, 3000, 3073, True),
    ],
)
async def test_an_answer_that_is_longer_than_it_may_be_was_not_cut_there(
    output: int, reasoning: int, total: int, *, is_cut: bool
) -> None:
    usage = {
        "prompt_tokens": 9,
        "completion_tokens": output,
        "total_tokens": total,
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }
    answer = stream(delta("x"), FINISH, data({"choices": [], "usage": usage}), DONE)
    if is_cut:
        assert (await failed(answer)).category is FailureCategory.INCOMPLETE_OUTPUT
    else:
        assert (await asked(answer)).text == "x"


def partial(text: str, finish: str | None = None) -> bytes:
    """An event of Gemini."""
    candidate = {"content": {"parts": [{"text": text}]}, "finishReason": finish}
    return data({"candidates": [candidate]})


def open_after(*events: bytes) -> Answer:
    """A server that never ends the body after these events."""

    async def stays(connection: Connection) -> None:
        await connection.send(head())
        for event in events:
            await connection.send(piece(event))
        await connection.until_hung_up()

    return stays


@pytest.mark.parametrize(
    ("family", "events"),
    [
        ("openai", [delta("x"), delta("y"), FINISH]),
        ("openai", [delta("x"), delta("y"), FINISH, USAGE]),
        ("gemini", [partial("x"), partial("y", "STOP")]),
    ],
)
async def test_an_answer_that_bears_its_mark_is_used_though_the_body_stays_open(
    family: str, events: list[bytes]
) -> None:
    # Nobody waits here for as long as the model may be silent.
    async with asyncio.timeout(8):
        reply = await asked(open_after(*events), limits=within(60.0, idle_s=30.0), family=family)
    assert reply.text == "xy"
    assert reply.seconds > 0


async def test_a_reason_with_every_piece_proves_nothing() -> None:
    answer = open_after(partial("x", "STOP"), partial("y", "STOP"))
    failure = await failed(answer, limits=within(idle_s=0.2), family="gemini")
    assert failure.code == "timeout_idle"


async def test_an_answer_goes_on_after_a_reason_that_came_too_early() -> None:
    async def goes_on(connection: Connection) -> None:
        await connection.send(head() + piece(partial("x")) + piece(partial("y", "STOP")))
        await connection.send(piece(partial("z")))
        await connection.until_hung_up()

    failure = await failed(goes_on, limits=within(idle_s=0.2), family="gemini")
    assert failure.code == "timeout_idle"


async def test_an_answer_that_was_cut_at_its_limit_stays_cut_though_the_body_stays_open() -> None:
    answer = open_after(partial("x"), partial("y", "MAX_TOKENS"))
    failure = await failed(answer, limits=within(idle_s=0.2), family="gemini")
    assert failure.category is FailureCategory.INCOMPLETE_OUTPUT
