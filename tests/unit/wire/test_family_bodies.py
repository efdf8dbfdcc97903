"""A request is written as its family wants it, down to the last field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.wire.speaking import endpoint
from understudy.wire import Message, Request
from understudy.wire.families import all_families

SCHEMA = {
    "type": "object",
    "properties": {"code": {"type": "string"}},
    "required": ["code"],
    "additionalProperties": False,
}
TALK = (
    Message("system", "rules", stable=True),
    Message("user", "files", stable=True),
    Message("user", "task"),
)
FULL: dict[str, Any] = {
    "temperature": 0.2,
    "effort": "low",
    "schema": SCHEMA,
    "window": 8192,
    "cache_key": "ws-1",
}


def body(family: str, *quirks: str, talk: tuple[Message, ...] = TALK, **fields: Any) -> Any:
    request = Request(model="m", messages=talk, max_output=64, **fields)
    return all_families()[family].body(request, endpoint(family, *quirks))


def test_chat_completions_as_openai_wants_them() -> None:
    assert body("openai", "obfuscates", **FULL) == {
        "model": "m",
        "messages": [
            {"role": "developer", "content": "rules"},
            {"role": "user", "content": "files"},
            {"role": "user", "content": "task"},
        ],
        "stream": True,
        "max_completion_tokens": 64,
        "temperature": 0.2,
        "reasoning_effort": "low",
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
        },
        "stream_options": {"include_usage": True, "include_obfuscation": False},
        "prompt_cache_key": "ws-1",
    }


def test_chat_completions_as_a_compatible_server_wants_them() -> None:
    quirks = ("system-role", "max_tokens", "no-stream-usage", "no-cache-key", "json-object")
    assert body("openai", *quirks, "no-effort", "no-temperature", **FULL) == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "rules"},
            {"role": "user", "content": "files"},
            {"role": "user", "content": "task"},
        ],
        "stream": True,
        "max_tokens": 64,
        "response_format": {"type": "json_object"},
    }


def test_cache_marks_for_a_gateway() -> None:
    rules = body("openai", "cache-marks")["messages"][0]["content"]
    assert rules == [{"type": "text", "text": "rules", "cache_control": {"type": "ephemeral"}}]


def test_a_schema_that_is_not_strict_is_not_called_so() -> None:
    loose = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {}}}}}
    nested = {**loose, "required": ["a"], "additionalProperties": False}
    for schema in (loose, nested):
        assert body("openai", schema=schema)["response_format"]["json_schema"]["strict"] is False


def test_responses_as_openai_wants_them() -> None:
    assert body("openai-responses", **FULL) == {
        "model": "m",
        "instructions": "rules",
        "input": [
            {
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "files"},
                    {"type": "input_text", "text": "task"},
                ],
            }
        ],
        "max_output_tokens": 64,
        "store": False,
        "stream": True,
        "truncation": "disabled",
        "stream_options": {"include_obfuscation": False},
        "temperature": 0.2,
        "reasoning": {"effort": "low"},
        "text": {
            "format": {"type": "json_schema", "name": "answer", "strict": True, "schema": SCHEMA}
        },
        "prompt_cache_key": "ws-1",
    }


def test_messages_as_anthropic_wants_them() -> None:
    mark = {"cache_control": {"type": "ephemeral"}}
    assert body("anthropic", **FULL) == {
        "model": "m",
        "max_tokens": 64,
        "system": [{"type": "text", "text": "rules", **mark}],
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "files", **mark},
                    {"type": "text", "text": "task"},
                ],
            }
        ],
        "stream": True,
        "thinking": {"type": "adaptive", "display": "omitted"},
        "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": SCHEMA}},
    }


def test_anthropic_gets_four_cache_marks_at_most() -> None:
    talk = tuple(Message("user", f"file {number}", stable=True) for number in range(9))
    marked = [
        "cache_control" in block for block in body("anthropic", talk=talk)["messages"][0]["content"]
    ]
    assert marked == [False] * 5 + [True] * 4


def test_thinking_can_be_switched_off() -> None:
    sent = body("anthropic", effort="none")
    assert sent["thinking"] == {"type": "disabled"}
    assert "output_config" not in sent
    assert body("ollama", effort="none")["think"] is False


def test_generate_content_as_gemini_wants_it() -> None:
    assert body("gemini", **FULL) == {
        "systemInstruction": {"parts": [{"text": "rules"}]},
        "contents": [{"role": "user", "parts": [{"text": "files"}, {"text": "task"}]}],
        "generationConfig": {
            "maxOutputTokens": 64,
            "temperature": 0.2,
            "responseMimeType": "application/json",
            "responseJsonSchema": SCHEMA,
            "thinkingConfig": {"thinkingLevel": "LOW", "includeThoughts": False},
        },
    }


def test_a_chat_as_ollama_wants_it() -> None:
    assert body("ollama", **FULL) == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "rules"},
            {"role": "user", "content": "files"},
            {"role": "user", "content": "task"},
        ],
        "stream": True,
        "truncate": False,
        "shift": False,
        "think": "low",
        "format": SCHEMA,
        "options": {"num_predict": 64, "num_ctx": 8192, "temperature": 0.2},
    }


@pytest.mark.parametrize("family", sorted(all_families()))
def test_a_conversation_without_its_last_words_and_without_a_system(family: str) -> None:
    talk = (*TALK, Message("assistant", "```py "))
    sent = str(body(family, talk=talk))
    assert "```py" in sent
    less = body(family, talk=talk, without=frozenset({"prefill", "system"}))
    assert "```py" not in str(less)
    assert "'system'" not in str(less)
    assert "developer" not in str(less)
    assert "rules\\n\\nfiles\\n\\ntask" in str(less)
