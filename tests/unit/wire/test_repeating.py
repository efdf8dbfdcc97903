"""A request of which something is refused is repeated without it, and what was learnt is remembered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.wire.raw_server import RawServer, ask, chat, whole, within
from tests.unit.wire.remembering import Remembered, bad, refusal
from understudy.core.failures import CallError, FailureCategory
from understudy.wire.call import call

FULL: dict[str, Any] = {"temperature": 0.2, "effort": "low", "cache_key": "ws"}


async def test_parts_that_are_refused_one_after_the_other_are_left_out_in_one_call() -> None:
    memory = Remembered()
    answers = [refusal("temperature"), refusal("reasoning_effort"), chat("x")]
    async with RawServer(*answers) as server:
        reply = await call(ask(**FULL), server.endpoint(), within(), memory=memory)
        bodies = [one.body for one in server.asked]
    assert reply.dropped == memory.refused("acme", "m") == {"temperature", "effort"}
    assert reply.requests == len(bodies) == 3
    assert not {"temperature", "reasoning_effort"} & bodies[2].keys()
    assert "prompt_cache_key" in bodies[2]


async def test_a_request_is_repeated_twice_and_no_more() -> None:
    memory = Remembered()
    names = ("temperature", "reasoning_effort", "prompt_cache_key")
    async with RawServer(*map(refusal, names), chat("x")) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(**FULL), server.endpoint(), within(), memory=memory)
        assert len(server.asked) == caught.value.requests == 3
        assert caught.value.failure.parameter == "prompt_cache_key"
        reply = await call(ask(**FULL), server.endpoint(), within(), memory=memory)
        bodies = [one.body for one in server.asked]
    assert reply.dropped == {"temperature", "effort", "cache_key"}
    assert len(bodies) == 4, "The next question begins without all of them."
    assert not set(names) & bodies[3].keys()


async def test_a_refusal_proves_what_was_left_out_before_it_and_another_failure_nothing() -> None:
    memory = Remembered()
    answers = [refusal("temperature"), refusal("reasoning_effort"), whole(b"{}", 500)]
    async with RawServer(*answers) as server:
        with pytest.raises(CallError):
            await call(ask(**FULL), server.endpoint(), within(), memory=memory)
    assert memory.refused("acme", "m") == {"temperature"}


async def test_a_reply_and_a_failure_tell_how_often_the_request_was_sent() -> None:
    async with RawServer(refusal("temperature"), chat("x"), chat("y")) as server:
        twice = await call(ask(**FULL), server.endpoint(), within())
        once = await call(ask(), server.endpoint(), within())
    assert (twice.requests, once.requests) == (2, 1)
    async with RawServer(refusal("temperature"), bad("The messages are not in order.")) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(**FULL), server.endpoint(), within())
    assert caught.value.requests == 2


async def test_nothing_is_remembered_of_a_repetition_that_fails_otherwise() -> None:
    memory = Remembered()
    async with RawServer(refusal("temperature"), bad("The messages are not in order.")) as server:
        with pytest.raises(CallError):
            await call(ask(**FULL), server.endpoint(), within(), memory=memory)
    assert memory.parts == {}, "Nothing was proved."


@pytest.mark.parametrize(
    "words",
    [
        "Unrecognized request arguments supplied: temperature, prompt_cache_key",
        "Unsupported parameters: 'prompt_cache_key' and 'temperature'",
        "parameters `prompt_cache_key`, `top_p`, and `temperature` are not supported",
    ],
)
async def test_all_parts_of_one_message_are_left_out_at_once(words: str) -> None:
    async with RawServer(bad(words), chat("x")) as server:
        reply = await call(ask(**FULL), server.endpoint(), within())
        assert len(server.asked) == 2
    assert reply.dropped == {"temperature", "cache_key"}


async def test_a_name_that_is_recommended_is_not_left_out() -> None:
    words = (
        "Unsupported parameter: 'max_completion_tokens' is not supported with this model. "
        "Use 'max_tokens' instead, which goes well with temperature."
    )
    async with RawServer(bad(words, param="max_completion_tokens"), chat("x")) as server:
        await call(ask(**FULL), server.endpoint(), within())
        body = server.asked[1].body
    assert (body["max_tokens"], body["temperature"]) == (64, 0.2)


TOO_MUCH = [
    ("openai", "max_tokens is too large: 9000. This model supports at most 4096 completion tokens"),
    ("openai", "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= 4096, but got 9000 instead."),
    ("groq", "`max_completion_tokens` must be less than or equal to `4096`, the maximum value"),
    ("anthropic", "max_tokens: 9000 > 4096, which is the maximum allowed number of output tokens"),
    ("deepseek", "Invalid max_tokens value, the valid range of max_tokens is [1, 4096]"),
    ("gemini", "Unable to submit request because it has a maxOutputTokens value of 9000 but the supported range is from 1 (inclusive) to 4097 (exclusive)."),
]  # fmt: skip


@pytest.mark.parametrize(("provider", "words"), TOO_MUCH)
async def test_an_answer_that_may_be_too_long_is_asked_for_shorter_and_remembered(
    provider: str, words: str
) -> None:
    memory = Remembered()
    async with RawServer(bad(words), chat("x")) as server:
        endpoint = server.endpoint(provider=provider)
        for _ in range(2):
            await call(ask(max_output=9000), endpoint, within(), memory=memory)
        most = [one.body["max_completion_tokens"] for one in server.asked]
        assert most == [9000, 4096, 4096], "The name stays, and the number is clamped."
        await call(ask(max_output=100), endpoint, within(), memory=memory)
        assert server.asked[-1].body["max_completion_tokens"] == 100
    assert memory.limits == {}, "It is no window."


async def test_an_answer_that_may_be_too_long_twice_is_a_failure() -> None:
    answer = bad("max_tokens is too large: 9000. This model supports at most 4096 tokens")
    async with RawServer(answer) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(max_output=9000), server.endpoint(), within())
        assert len(server.asked) == 2
    assert caught.value.failure.category is FailureCategory.CAPABILITY_MISMATCH


async def test_the_window_does_not_clamp_the_answer() -> None:
    words = "input length and `max_tokens` exceed context limit: 190000 + 9000 > 4096"
    async with RawServer(bad(words)) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(max_output=9000), server.endpoint(provider="anthropic"), within())
        assert len(server.asked) == 1
    assert caught.value.failure.category is FailureCategory.CONTEXT_OVERFLOW
