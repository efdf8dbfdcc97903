"""What is sent is what each API takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.providers.answers import Says
from tests.providers.asked import Traits
from tests.providers.asking import KEY, MESSAGES, Memory, ask, endpoint, limits
from tests.providers.requests import FAMILIES
from tests.providers.scripted import ScriptedServer
from understudy.wire import Endpoint, Request
from understudy.wire.call import call

pytestmark = pytest.mark.usefixtures("closed")

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("options", [{"schema": SCHEMA}, {"effort": "low"}, {"effort": "none"}])
async def test_the_real_shape_of_a_request_is_kept(family: str, options: dict[str, Any]) -> None:
    full = {"window": 8192, "cache_key": "workspace", **options}
    traits = {"m": Traits(reasoning=True, key=KEY)}
    async with ScriptedServer({"m": [Says("{}")]}, traits=traits) as server:
        reply = await ask(server, family, **full)
        [asked] = server.asked
        assert asked.refused is None
    assert reply.dropped == frozenset()


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ("openai", {"max_completion_tokens": 400, "model": "m"}),
        ("openai-responses", {"truncation": "disabled", "store": False, "max_output_tokens": 400}),
        ("anthropic", {"max_tokens": 400, "model": "m"}),
        ("ollama", {"truncate": False, "shift": False}),
    ],
)
async def test_nothing_is_kept_or_cut_unsaid(family: str, said: dict[str, Any]) -> None:
    async with ScriptedServer({"m": [Says("x")]}) as server:
        await ask(server, family, window=8192)
        [asked] = server.asked
    assert said.items() <= asked.body.items()
    if family == "ollama":
        assert asked.body["options"]["num_ctx"] == 8192


async def test_the_stable_beginning_is_marked_for_the_cache() -> None:
    async with ScriptedServer({"m": [Says("x")]}) as server:
        await ask(server, "anthropic")
        body = server.asked[0].body
    parts = [*body["system"], *body["messages"][0]["content"]]
    assert ["cache_control" in part for part in parts] == [True, True, False]


@pytest.mark.parametrize(
    ("family", "refused"),
    [
        ("openai", Traits(reasoning=True)),
        ("openai-responses", Traits(reasoning=True)),
        ("openai", Traits(refuses=frozenset({"temperature"}))),
    ],
)
async def test_a_part_that_is_refused_is_left_out_and_remembered(
    family: str, refused: Traits
) -> None:
    memory = Memory()
    async with ScriptedServer({"m": [Says("x")]}, traits={"m": refused}) as server:
        request = Request("m", MESSAGES, 400, temperature=0.2, cache_key="workspace")
        first = await call(request, endpoint(server, family), limits(), memory=memory)
        before = len(server.asked)
        second = await call(request, endpoint(server, family), limits(), memory=memory)
        assert len(server.asked) == before + 1, "What is known need not be learnt again."
    known = memory.refused("openai", "m")
    assert "temperature" in known
    assert first.dropped == second.dropped == known
    assert first.text == second.text == "x"


@pytest.mark.parametrize("other", ["prompt_cache_key", "max_completion_tokens"])
async def test_two_parts_that_are_refused_apart_are_left_out_and_known_from_then_on(
    other: str,
) -> None:
    memory, refused = Memory(), Traits(refuses=frozenset({"temperature", other}))
    async with ScriptedServer({"m": [Says("x")]}, traits={"m": refused}) as server:
        request = Request("m", MESSAGES, 400, temperature=0.2, cache_key="workspace")
        first = await call(request, endpoint(server, "openai"), limits(), memory=memory)
        assert len(server.asked) == 3, "A question is repeated for each of them."
        reply = await call(request, endpoint(server, "openai"), limits(), memory=memory)
        assert len(server.asked) == 4
    assert first.dropped == reply.dropped == memory.refused("openai", "m")
    assert len(reply.dropped) == 2


@pytest.mark.parametrize("dialect", ["compatible", "mistral", "groq"])
async def test_servers_that_take_less_are_asked_for_less(dialect: str) -> None:
    async with ScriptedServer({"m": [Says("x")]}, traits={"m": Traits(dialect=dialect)}) as server:
        quirks = frozenset({"system-role", "max_tokens", "no-stream-usage", "no-cache-key"})
        compatible = Endpoint("custom", "openai", f"{server.url}/v1", KEY, quirks=quirks)
        reply = await call(Request("m", MESSAGES, 400, temperature=0.2), compatible, limits())
        assert [asked.refused for asked in server.asked] == [None]
    assert reply.text == "x"
