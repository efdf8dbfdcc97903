"""The scripted server is as strict as the real APIs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.providers.answers import Says
from tests.providers.asked import Traits
from tests.providers.raw import ask
from tests.providers.requests import FAMILIES, good
from tests.providers.scripted import ScriptedServer

if TYPE_CHECKING:
    import httpx

WRONG: list[tuple[str, dict[str, Any], Traits, str]] = [
    ("openai", {"foo": 1}, Traits(), "Unrecognized request argument supplied: foo"),
    ("openai", {"messages": []}, Traits(), "'messages'"),
    ("openai", {"stream": False}, Traits(), "'stream_options'"),
    ("openai", {"max_tokens": 5}, Traits(reasoning=True), "'max_completion_tokens' instead"),
    ("openai", {"temperature": 0.2}, Traits(reasoning=True), "does not support 0.2"),
    ("openai", {"reasoning_effort": "low"}, Traits(), "'reasoning_effort' is not supported"),
    ("openai", {"seed": 1}, Traits(refuses=frozenset({"seed"})), "'seed' is not supported"),
    (
        "openai",
        {"messages": [{"role": "developer", "content": "x"}]},
        Traits(dialect="compatible"),
        "'developer'",
    ),
    ("openai", {"seed": 1}, Traits(dialect="mistral"), "Extra inputs are not permitted"),
    ("openai", {"verbosity": 1}, Traits(dialect="groq"), "property 'verbosity' is unsupported"),
    (
        "openai",
        {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "x", "strict": True, "schema": {"type": "object"}},
            }
        },
        Traits(),
        "'additionalProperties' is required",
    ),
    ("openai-responses", {"messages": []}, Traits(), "Unknown parameter: 'messages'."),
    ("openai-responses", {"text": {"foo": 1}}, Traits(), "Unknown parameter: 'text.foo'."),
    ("openai-responses", {"max_output_tokens": 1}, Traits(), "Expected a value >= 16"),
    ("openai-responses", {"reasoning": {"effort": "low"}}, Traits(), "'reasoning.effort'"),
    (
        "openai-responses",
        {"input": [{"role": "assistant", "content": [{"type": "input_text", "text": "x"}]}]},
        Traits(),
        "Supported values are: 'output_text', 'refusal'",
    ),
    ("anthropic", {"foo": 1}, Traits(), "foo: Extra inputs are not permitted"),
    ("anthropic", {"max_tokens": None}, Traits(), "max_tokens: Field required"),
    ("anthropic", {"temperature": 1}, Traits(reasoning=True), "`temperature` is deprecated"),
    ("anthropic", {"messages": [{"role": "system", "content": "x"}]}, Traits(), '"system"'),
    ("anthropic", {"messages": [{"role": "assistant", "content": "x"}]}, Traits(), "prefill"),
    (
        "anthropic",
        {"system": [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}] * 5},
        Traits(),
        "A maximum of 4 blocks",
    ),
    ("gemini", {"messages": []}, Traits(), 'Unknown name "messages": Cannot find field.'),
    ("gemini", {"generationConfig": {"x": 1}}, Traits(), "at 'generation_config'"),
    ("gemini", {"contents": [{"role": "assistant", "parts": [{}]}]}, Traits(), "valid role"),
    (
        "gemini",
        {"generationConfig": {"responseJsonSchema": {}}},
        Traits(),
        "mime type 'application/json'",
    ),
    ("ollama", {"messages": [{"role": "user", "content": []}]}, Traits(), "of type string"),
    ("ollama", {"think": True}, Traits(), '"m" does not support thinking'),
]


@pytest.mark.parametrize(("family", "changes", "traits", "says"), WRONG)
async def test_a_wrong_request_is_refused_in_the_words_of_its_api(
    client: httpx.AsyncClient, family: str, changes: dict[str, Any], traits: Traits, says: str
) -> None:
    async with ScriptedServer({"m": [Says("a")]}, traits={"m": traits}) as server:
        reply = await ask(client, server, family, **changes)
        assert says in json.dumps(reply.json()).replace('\\"', '"')
        assert reply.status_code in {400, 422}
        assert server.asked[0].refused == reply.status_code
        assert server.scripts["m"] == [Says("a")], "A request that is refused takes no answer."


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "ollama"])
async def test_a_key_is_asked_for_and_compared(client: httpx.AsyncClient, family: str) -> None:
    path, headers, body = good(family)
    open_to_all = Traits(key=None)
    async with ScriptedServer({"m": [Says("a")]}, traits={"m": Traits(key="right")}) as server:
        wrong = await client.post(server.url + path, headers=headers, json=body)
        bare = {name: value for name, value in headers.items() if "version" in name}
        missing = await client.post(server.url + path, headers=bare, json=body)
        server.traits["m"] = open_to_all
        free = await client.post(server.url + path, headers=bare, json=body)
    assert wrong.status_code == (400 if family == "gemini" else 401)
    assert missing.status_code == (403 if family == "gemini" else 401)
    assert free.status_code == 200


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_model_without_a_script_does_not_exist(
    client: httpx.AsyncClient, family: str
) -> None:
    async with ScriptedServer() as server:
        reply = await ask(client, server, family)
    assert reply.status_code == (400 if family == "openai-responses" else 404)
