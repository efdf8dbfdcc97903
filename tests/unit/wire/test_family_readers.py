"""The events of the other families become text, thinking, usage and an end."""

from __future__ import annotations

from typing import Any

from tests.unit.wire.speaking import heard, read
from understudy.wire import Usage


def response(status: str, **fields: Any) -> Any:
    usage = {
        "input_tokens": 900,
        "input_tokens_details": {"cached_tokens": 512, "cache_write_tokens": 0},
        "output_tokens": 100,
        "output_tokens_details": {"reasoning_tokens": 40},
    }
    return {
        "object": "response",
        "id": "r1",
        "model": "m-2",
        "status": status,
        "usage": usage,
        **fields,
    }


def test_a_response_is_read() -> None:
    reader = read(
        "openai-responses",
        {"type": "response.created", "response": response("in_progress", usage=None)},
        {"type": "response.output_item.added", "item": {"type": "reasoning"}},
    )
    assert reader.begun
    for event in (
        {"type": "response.reasoning_summary_text.delta", "delta": "hm"},
        {"type": "response.content_part.added", "part": {"type": "output_text", "text": ""}},
        {"type": "response.output_text.delta", "delta": "x"},
        {"type": "response.output_text.done", "text": "x"},
    ):
        reader.read(event)
    assert not reader.whole
    content = [{"type": "output_text", "text": "x"}]
    done = response("completed", output=[{"type": "message", "content": content}])
    reader.read({"type": "response.completed", "response": done})
    assert heard(reader) == ("x", "hm", "stop")
    assert reader.usage() == Usage(900, 512, 0, 100, 40)
    assert (reader.whole, reader.over, reader.reply_id) == (True, True, "r1")


def test_a_response_that_came_whole_is_read_too() -> None:
    content = [{"type": "output_text", "text": "x"}, {"type": "refusal", "refusal": "no"}]
    output = [
        {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "hm"}]},
        {"type": "message", "content": content},
    ]
    reader = read("openai-responses", response("completed", output=output))
    assert heard(reader) == ("x", "hm", "stop")
    assert reader.refusals == ["no"]


def test_an_incomplete_response_says_why() -> None:
    cut = response("incomplete", incomplete_details={"reason": "max_output_tokens"})
    reader = read("openai-responses", {"type": "response.incomplete", "response": cut})
    assert (reader.finish, reader.whole) == ("max_output_tokens", True)


def test_a_message_is_read() -> None:
    start = {"input_tokens": 10, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 900}
    last = {"output_tokens": 100, "output_tokens_details": {"thinking_tokens": 40}}
    reader = read(
        "anthropic",
        {
            "type": "message_start",
            "message": {"id": "msg", "model": "m-2", "usage": {**start, "output_tokens": 1}},
        },
        {"type": "ping"},
        {
            "type": "content_block_start",
            "index": 0,
            "content_block": {"type": "thinking", "thinking": ""},
        },
    )
    assert reader.begun
    for delta in (
        {"type": "thinking_delta", "thinking": "hm"},
        {"type": "signature_delta", "signature": "s"},
        {"type": "text_delta", "text": "x"},
    ):
        reader.read({"type": "content_block_delta", "index": 0, "delta": delta})
    reader.read({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": last})
    assert not reader.whole
    reader.read({"type": "message_stop"})
    assert heard(reader) == ("x", "hm", "end_turn")
    assert reader.usage() == Usage(915, 900, 5, 100, 40)
    assert (reader.reply_id, reader.whole) == ("msg", True)


def test_a_message_that_came_whole_is_read_too() -> None:
    blocks = [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "x"}]
    reader = read(
        "anthropic",
        {
            "type": "message",
            "content": blocks,
            "stop_reason": "end_turn",
            "usage": {"input_tokens": 3},
        },
    )
    assert heard(reader) == ("x", "hm", "end_turn")
    assert reader.whole


def test_gemini_is_read() -> None:
    def part(finish: str | None = None, **fields: Any) -> Any:
        candidate = {"content": {"role": "model", "parts": [fields]}}
        return {"candidates": [candidate | ({"finishReason": finish} if finish else {})]}

    usage = {
        "promptTokenCount": 900,
        "cachedContentTokenCount": 512,
        "candidatesTokenCount": 60,
        "thoughtsTokenCount": 40,
    }
    reader = read(
        "gemini",
        {**part(text="hm", thought=True), "modelVersion": "m-2", "responseId": "g1"},
        part("STOP", text="x"),
        {**part("STOP", text="y"), "usageMetadata": usage},
    )
    assert heard(reader) == ("xy", "hm", "STOP")
    assert reader.usage() == Usage(900, 512, None, 100, 40)
    assert not reader.whole, "A reason with every piece proves nothing before the end."
    reader.end()
    assert reader.whole


def test_ollama_is_read() -> None:
    reader = read(
        "ollama",
        {"model": "m-2", "message": {"content": "", "thinking": "hm"}, "done": False},
        {"model": "m-2", "message": {"content": "x"}, "done": False},
    )
    assert not reader.whole
    reader.read(
        {
            "message": {"content": ""},
            "done": True,
            "done_reason": "length",
            "load_duration": 2_500_000_000,
            "prompt_eval_count": 9,
            "eval_count": 4,
        }
    )
    assert heard(reader) == ("x", "hm", "length")
    assert reader.usage() == Usage(input=9, output=4)
    assert reader.loading_s == 2.5
    assert read("ollama", {"done": True, "load_duration": 10**400}).loading_s == 0.0


def test_of_several_candidates_of_gemini_the_first_alone_is_read() -> None:
    def event(text: str, finish: str = "", **index: int) -> dict[str, Any]:
        candidate = {"content": {"parts": [{"text": text}]}, "finishReason": finish, **index}
        return {"candidates": [candidate]}

    reader = read(
        "gemini",
        event("XXX", "MAX_TOKENS", index=1),
        event("a"),
        event("b", index=0),
        event("", "STOP"),
    )
    assert heard(reader) == ("ab", "", "STOP")
