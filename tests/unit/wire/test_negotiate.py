from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.wire.raw_server import DONE, FINISH, RawServer, ask, chat, stream, whole, within
from tests.unit.wire.remembering import Remembered, bad, refusal
from understudy.core.failures import CallError, FailureCategory
from understudy.failures.reply import classify_reply
from understudy.wire import Endpoint, Message
from understudy.wire.call import call
from understudy.wire.families import all_families
from understudy.wire.negotiate import refused_parts

if TYPE_CHECKING:
    from understudy.wire import Request


def overflow(window: int) -> bytes:
    message = f"This model's maximum context length is {window} tokens. However, you sent 9000."
    error = {"message": message, "code": "context_length_exceeded"}
    return whole(json.dumps({"error": error}).encode(), 400)


async def test_a_refused_parameter_is_left_out_and_remembered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="understudy.wire")
    memory = Remembered()
    request = ask(temperature=0.2)
    async with RawServer(refusal("temperature"), chat("x")) as server:
        reply = await call(request, server.endpoint(), within(), memory=memory)
        assert reply.dropped == {"temperature"}
        assert memory.refused("acme", "m") == {"temperature"}
        again = await call(request, server.endpoint(), within(), memory=memory)
        assert again.dropped == {"temperature"}
        bodies = [one.body for one in server.asked]
    assert ["temperature" in body for body in bodies] == [True, False, False]
    lines = [one.getMessage() for one in caplog.records if one.name == "understudy.wire"]
    assert lines == ["acme/m refuses `temperature`."]


async def test_the_other_name_of_the_limit_is_used() -> None:
    async with RawServer(refusal("max_completion_tokens"), chat("x")) as server:
        await call(ask(), server.endpoint(), within())
        first, second = (one.body for one in server.asked)
    assert first["max_completion_tokens"] == second["max_tokens"] == 64
    assert "max_completion_tokens" not in second


async def test_a_part_that_was_not_sent_is_not_tried_without() -> None:
    async with RawServer(refusal("temperature")) as server:
        with pytest.raises(CallError):
            await call(ask(), server.endpoint(), within())
        assert len(server.asked) == 1


async def test_a_part_that_is_refused_again_is_not_tried_again() -> None:
    async with RawServer(refusal("temperature")) as server:
        with pytest.raises(CallError):
            await call(ask(temperature=1), server.endpoint(), within())
        assert len(server.asked) == 2


async def test_what_was_known_before_counts_only_where_it_makes_a_difference() -> None:
    memory = Remembered()
    memory.refuse("acme", "m", "temperature")
    memory.refuse("acme", "m", "effort")
    async with RawServer(chat("x")) as server:
        reply = await call(ask(temperature=1), server.endpoint(), within(), memory=memory)
    assert reply.dropped == {"temperature"}


async def test_a_window_that_a_failure_tells_is_learnt() -> None:
    memory = Remembered()
    async with RawServer(overflow(4096)) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(), server.endpoint(), within(), memory=memory)
        assert len(server.asked) == 1
    assert caught.value.failure.category is FailureCategory.CONTEXT_OVERFLOW
    assert memory.limits == {("acme", "m"): 4096}


async def test_a_window_in_which_nothing_fits_is_not_learnt() -> None:
    memory = Remembered()
    async with RawServer(overflow(12)) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(), server.endpoint(), within(), memory=memory)
    assert caught.value.failure.limit == 12
    assert memory.limits == {}


async def test_an_answer_is_never_left_without_a_limit() -> None:
    memory = Remembered()
    answers = [refusal("max_completion_tokens"), refusal("max_tokens")]
    async with RawServer(*answers, *answers) as server:
        for _ in range(2):
            with pytest.raises(CallError):
                await call(ask(), server.endpoint(), within(), memory=memory)
        bodies = [one.body for one in server.asked]
    assert all({"max_tokens", "max_completion_tokens"} & set(body) for body in bodies)
    assert memory.refused("acme", "m") < {"max_tokens", "max_completion_tokens"}


async def test_an_answer_that_does_not_fit_beside_its_prompt_is_no_refused_part() -> None:
    message = (
        "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context"
        " length is 4096 tokens and your request has 1200 input tokens"
    )
    memory = Remembered()
    async with RawServer(bad(message, param="max_tokens")) as server:
        with pytest.raises(CallError) as caught:
            await call(ask(), server.endpoint(provider="vllm"), within(), memory=memory)
        assert len(server.asked) == 1
    assert caught.value.failure.category is FailureCategory.CONTEXT_OVERFLOW
    assert memory.parts == {}


async def test_an_empty_answer_is_held_against_the_window_that_was_learnt() -> None:
    memory = Remembered()
    memory.learn_limit("acme", "m", 2048)
    async with RawServer(stream(FINISH, DONE)) as server:
        with pytest.raises(CallError) as caught:
            await call(ask("x" * 8192), server.endpoint(), within(), memory=memory)
    assert caught.value.failure.category is FailureCategory.CONTEXT_OVERFLOW


async def test_what_may_be_sent_in_a_minute_is_no_window() -> None:
    message = (
        "Request too large for gpt-4o in organization org-x on tokens per min (TPM): "
        "Limit 30000, Requested 44000."
    )
    error = {"error": {"message": message, "type": "tokens", "code": "rate_limit_exceeded"}}
    memory = Remembered()
    async with RawServer(whole(json.dumps(error).encode(), 429)) as server:
        with pytest.raises(CallError):
            await call(ask(), server.endpoint(provider="openai"), within(), memory=memory)
    assert memory.limits == {}


FULL: dict[str, Any] = {
    "temperature": 0.2,
    "effort": "low",
    "schema": {"type": "object"},
    "cache_key": "ws",
    "messages": (
        Message("system", "rules", stable=True),
        Message("user", "task"),
        Message("assistant", "`"),
    ),
}


def full() -> Request:
    return ask(**FULL)


@pytest.mark.parametrize(
    ("family", "provider", "body", "part"),
    [
        (
            "openai",
            "acme",
            {"error": {"message": "messages[0].role: unknown variant `developer`, expected `system`"}},
            "developer",
        ),
        ("openai", "acme", {"error": {"message": "response_format is not supported by this model"}}, "schema"),
        ("openai", "groq", {"error": {"message": "property 'prompt_cache_key' is unsupported"}}, "cache_key"),
        (
            "openai",
            "mistral",
            {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"], "msg": "Extra inputs"}]},
            "stream_options",
        ),
        ("openai", "acme", {"error": {"message": "Unrecognized request argument: reasoning_effort"}}, "effort"),
        ("openai", "acme", {"error": {"message": "System role not supported"}}, "developer"),
        (
            "anthropic",
            "anthropic",
            {"error": {"type": "invalid_request_error", "message": "adaptive thinking is not supported on this model"}},
            "thinking",
        ),
        (
            "anthropic",
            "anthropic",
            {"error": {"type": "invalid_request_error", "message": "This model does not support the effort parameter."}},
            "effort",
        ),
        (
            "anthropic",
            "anthropic",
            {"error": {"type": "invalid_request_error", "message": "This model does not support assistant message prefill. The conversation must end with a user message."}},
            "prefill",
        ),
        (
            "anthropic",
            "anthropic",
            {"error": {"type": "invalid_request_error", "message": "output_config.format: Extra inputs are not permitted"}},
            "schema",
        ),
        (
            "gemini",
            "gemini",
            {"error": {"code": 400, "message": "Developer instruction is not enabled for models/gemma-3", "status": "INVALID_ARGUMENT"}},
            "system",
        ),
        (
            "gemini",
            "gemini",
            {"error": {"code": 400, "message": "Thinking level is not supported for this model.", "status": "INVALID_ARGUMENT"}},
            "effort",
        ),
        (
            "gemini",
            "gemini",
            {"error": {"code": 400, "message": "Unknown name \"responseJsonSchema\" at 'generation_config': Cannot find field.", "status": "INVALID_ARGUMENT"}},
            "schema",
        ),
        ("ollama", "ollama", {"error": '"gemma" does not support thinking'}, "effort"),
        ("ollama", "ollama", {"error": '"gemma" does not support tools'}, ""),
        ("openai", "acme", {"error": {"message": "The messages are not in order."}}, ""),
        ("openai", "acme", {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}, ""),
    ],
)  # fmt: skip
def test_the_words_of_a_refusal_name_its_part(
    family: str, provider: str, body: Any, part: str
) -> None:
    failure = classify_reply(provider, 400, {}, json.dumps(body))
    place = Endpoint(provider=provider, family=family, base_url="https://a.test")
    parts = refused_parts(failure, all_families()[family], full(), place)
    assert parts == ((part,) if part else ())
