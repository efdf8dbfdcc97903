"""The events of a chat completion become text, thinking, usage and an end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.wire.speaking import chunk, heard, read
from understudy.wire import Usage

CHAT_USAGE = {
    "prompt_tokens": 900,
    "completion_tokens": 100,
    "total_tokens": 1000,
    "prompt_tokens_details": {"cached_tokens": 512, "cache_write_tokens": 3},
    "completion_tokens_details": {"reasoning_tokens": 40},
}


def test_a_chat_is_read() -> None:
    reader = read(
        "openai",
        {"id": "c1", "model": "m-2", **chunk(role="assistant", content="")},
        chunk(content="a\u2028"),
        chunk(content="b"),
        chunk("stop"),
        {"choices": [], "usage": CHAT_USAGE},
    )
    assert heard(reader) == ("a\u2028b", "", "stop")
    assert reader.usage() == Usage(900, 512, 3, 100, 40)
    assert (reader.model, reader.reply_id, reader.whole, reader.over) == ("m-2", "c1", False, False)
    reader.done()
    assert (reader.whole, reader.over) == (True, True)


@pytest.mark.parametrize(
    "said",
    [
        {"reasoning": "hm"},
        {"reasoning_content": "hm"},
        {"reasoning": "hm", "reasoning_content": "hm"},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}]},
    ],
)
def test_thinking_never_enters_the_text(said: Any) -> None:
    assert heard(read("openai", chunk(**said), chunk(content="x"))) == ("x", "hm", "")


def test_usage_by_other_names() -> None:
    deepseek = {"prompt_tokens": 9, "completion_tokens": 2, "prompt_cache_hit_tokens": 5}
    assert read("openai", {"choices": [], "usage": deepseek}).usage() == Usage(9, 5, None, 2, None)
    groq = {"x_groq": {"usage": {"prompt_tokens": 9, "completion_tokens": 2}}, **chunk("stop")}
    assert read("openai", groq).usage() == Usage(9, None, None, 2, None)
    xai = {**CHAT_USAGE, "total_tokens": 1040}
    assert read("openai", {"choices": [], "usage": xai}).usage().output == 140


@pytest.mark.parametrize(
    "value", [-1, True, "9", 1.5, float("nan"), float("inf"), None, [1], 10**30, 1e308]
)
def test_what_is_no_count_is_unknown(value: object) -> None:
    assert read("openai", {"choices": [], "usage": {"prompt_tokens": value}}).usage().input is None


def test_a_whole_chat_completion_is_read_too() -> None:
    message = {"role": "assistant", "content": "x", "reasoning": "hm"}
    reader = read(
        "openai", {"choices": [{"message": message, "finish_reason": "stop"}], "usage": CHAT_USAGE}
    )
    assert heard(reader) == ("x", "hm", "stop")
    reader.end()
    assert reader.whole


def test_a_refusal_is_kept_apart() -> None:
    assert read("openai", chunk(refusal="I "), chunk("stop", refusal="can't")).refusals == [
        "I ",
        "can't",
    ]


def test_of_several_answers_the_first_alone_is_read() -> None:
    def other(finish: str | None, **delta: str) -> dict[str, Any]:
        return {"index": 1, "delta": delta, "finish_reason": finish}

    both = chunk(content="b")
    both["choices"].insert(0, other(None, content="YYY"))
    reader = read(
        "openai",
        {"choices": [other(None, content="XXX", reasoning="hm", refusal="no")]},
        chunk(content="a"),
        {"choices": [other("length", content="XXX")]},
        both,
        chunk("stop"),
        {"choices": [other(None, content="XXX")]},
    )
    assert heard(reader) == ("ab", "", "stop")
    assert reader.refusals == []
    reader.end()
    assert reader.whole


@pytest.mark.parametrize("index", [{}, {"index": None}, {"index": 0}, {"index": 0.0}])
def test_an_answer_without_a_number_is_the_first(index: dict[str, Any]) -> None:
    event = {"choices": [{**index, "delta": {"content": "x"}, "finish_reason": "stop"}]}
    assert heard(read("openai", event)) == ("x", "", "stop")
