"""A call sends one request, reads the answer to its end and tells what was in it."""

from __future__ import annotations

import json

import pytest

from tests.unit.wire.asking import ODD, asked, failed, one_by_one
from tests.unit.wire.raw_server import (
    DONE,
    FINISH,
    USAGE,
    RawServer,
    ask,
    chat,
    data,
    delta,
    stream,
    whole,
    within,
)
from understudy.core.failures import BadRequestError, FailureCategory
from understudy.wire import Finish, Usage
from understudy.wire.call import call


async def test_a_streamed_answer_is_read_to_its_end() -> None:
    pieces: list[tuple[str, str]] = []
    thinking = data({"choices": [{"delta": {"reasoning": "hm"}}]})
    answer = stream(thinking, delta("one "), delta("two"), FINISH, USAGE, DONE, x_request_id="r-9")
    async with RawServer(answer) as server:
        reply = await call(
            ask(), server.endpoint(), within(), heard=lambda kind, text: pieces.append((kind, text))
        )
    assert (reply.text, reply.thinking, reply.finish) == ("one two", "hm", Finish.STOP)
    assert reply.usage == Usage(input=9, output=4)
    assert (reply.model, reply.request_id, reply.dropped) == ("m-1", "r-9", frozenset())
    assert 0 < reply.first_token_s <= reply.seconds
    assert pieces == [("thinking", "hm"), ("text", "one "), ("text", "two")]


async def test_the_key_goes_into_a_header_and_nowhere_else() -> None:
    async with RawServer(chat("x")) as server:
        place = server.endpoint(key="planted-key", headers={"X-Extra": "1"})
        await call(ask(), place, within())
        (sent,) = server.asked
    assert sent.line == "POST /chat/completions HTTP/1.1"
    assert sent.headers["authorization"] == "Bearer planted-key"
    assert sent.headers["x-extra"] == "1"
    assert sent.headers["accept-encoding"] == "identity"
    assert b"planted-key" not in sent.content
    assert sent.body["messages"] == [{"role": "user", "content": "hello"}]


@pytest.mark.parametrize("key", ["two\nlines", "Schlüssel", "end ", "a\rb", "nul\0"])
async def test_a_key_that_no_header_can_hold_is_a_sentence_without_it(key: str) -> None:
    failure = await failed(chat("x"), key=key)
    assert failure.category is FailureCategory.AUTH_ERROR
    assert key not in f"{failure}"


async def test_half_a_character_in_the_prompt_is_sent_as_a_question_mark() -> None:
    async with RawServer(chat("x")) as server:
        await call(ask("a\ud83d"), server.endpoint(), within())
        assert server.asked[0].body["messages"][0]["content"] == "a?"


async def test_a_connection_is_used_again() -> None:
    async with RawServer(chat("x")) as server:
        for _ in range(3):
            await call(ask(), server.endpoint(), within())
        assert server.connections == 1


async def test_a_cookie_is_never_sent_back() -> None:
    async with RawServer(stream(delta("x"), FINISH, DONE, set_cookie="who=you")) as server:
        for _ in range(2):
            await call(ask(), server.endpoint(), within())
        assert "cookie" not in server.asked[1].headers


async def test_an_answer_whose_every_byte_is_a_chunk_is_the_same_answer() -> None:
    content = delta(ODD) + FINISH + USAGE + DONE
    reply = await asked(stream(*one_by_one(content)))
    assert reply.text == ODD
    assert reply.usage == Usage(input=9, output=4)


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
async def test_all_line_ends_are_read(end: bytes) -> None:
    reply = await asked(stream((delta(ODD) + FINISH + DONE).replace(b"\n", end)))
    assert reply.text == ODD


async def test_an_answer_that_came_as_one_value_is_an_answer() -> None:
    value = {"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]}
    assert (await asked(whole(json.dumps(value, indent=1).encode()))).text == "x"


async def test_thinking_between_tags_is_kept_out_of_the_text() -> None:
    reply = await asked(chat("<think>hm</think>\nx = 1"))
    assert (reply.text, reply.thinking) == ("x = 1", "hm")


async def test_two_halves_of_a_character_are_put_together() -> None:
    halves = [json.dumps({"choices": [{"delta": {"content": half}}]}) for half in "\ud83d\ude00"]
    events = [f"data: {half}\n\n".encode() for half in halves]
    assert (await asked(stream(*events, FINISH, DONE))).text == "😀"


async def test_a_listener_that_fails_is_not_blamed_on_the_model() -> None:
    def breaks(kind: str, piece: str) -> None:
        raise ValueError("mine")

    async with RawServer(chat("x")) as server:
        with pytest.raises(ValueError, match="mine"):
            await call(ask(), server.endpoint(), within(), heard=breaks)


async def test_a_family_that_nobody_knows_is_a_wrong_setting() -> None:
    with pytest.raises(BadRequestError, match="telnet"):
        await asked(chat("x"), family="telnet")
