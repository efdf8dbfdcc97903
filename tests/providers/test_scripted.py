"""The scripted server answers."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import httpx
import pytest

from tests.providers.answers import ODD_TEXT, USAGE, Hangs, OneWrite, Says, SplitEveryByte, Status
from tests.providers.raw import ask, events, heard
from tests.providers.refusals import ROWS
from tests.providers.requests import FAMILIES, good
from tests.providers.scripted import ScriptedServer, ServerInThread
from understudy.wire import Usage


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_an_answer_is_the_same_in_every_family(
    client: httpx.AsyncClient, family: str, end: str
) -> None:
    async with ScriptedServer({"m": [Says(ODD_TEXT, "hm", chunks=7, end=end)]}) as server:
        reply = await ask(client, server, family)
        assert reply.status_code == 200
        assert heard(reply, family) == ODD_TEXT
        assert ODD_TEXT[:3].encode() in reply.content, "Nothing is escaped that need not be."
        [asked] = server.asked
        assert (asked.family, asked.model, asked.refused) == (family, "m", None)
        assert asked.finished_at is not None
        assert asked.hung_up_at is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("wrapped", [SplitEveryByte, OneWrite])
async def test_the_same_bytes_come_however_they_are_cut(
    client: httpx.AsyncClient, family: str, wrapped: type[SplitEveryByte | OneWrite]
) -> None:
    says = Says(ODD_TEXT, "hm")
    async with ScriptedServer({"m": [says, wrapped(says)]}) as server:
        whole = await ask(client, server, family)
        pieces = await ask(client, server, family)
        assert whole.content == pieces.content


@pytest.mark.parametrize("family", FAMILIES)
async def test_an_answer_that_is_not_streamed_is_one_json_value(
    client: httpx.AsyncClient, family: str
) -> None:
    async with ScriptedServer({"m": [Says("hello", "hm")]}) as server:
        options = {"stream_options": None} if family == "openai" else {}
        reply = await ask(client, server, family, stream=False, **options)
        assert reply.headers["content-type"] == "application/json"
        assert "hello" in json.dumps(reply.json())


async def test_usage_comes_only_to_those_who_ask_for_it(client: httpx.AsyncClient) -> None:
    async with ScriptedServer({"m": [Says("a")]}) as server:
        asked = await ask(client, server, "openai")
        plain = await ask(client, server, "openai", stream_options=None)
    assert events(asked)[-1]["choices"] == []
    assert events(asked)[-1]["usage"]["prompt_tokens"] == USAGE.input
    assert not any(event.get("usage") for event in events(plain))


async def test_a_family_without_cached_input_counts_it_apart(client: httpx.AsyncClient) -> None:
    usage = Usage(input=1000, cached=600, cache_written=100, output=50, reasoning=20)
    async with ScriptedServer({"m": [Says("a", usage=usage)]}) as server:
        start = events(await ask(client, server, "anthropic"))[0]["message"]["usage"]
        last = events(await ask(client, server, "gemini"))[-1]["usageMetadata"]
    assert start["input_tokens"] == 300
    assert (last["candidatesTokenCount"], last["thoughtsTokenCount"]) == (30, 20)


async def test_a_script_goes_on_and_its_last_answer_stays(client: httpx.AsyncClient) -> None:
    async with ScriptedServer({"m": [Status(500), Says("a"), Says("b")]}) as server:
        replies = [await ask(client, server, "ollama") for _ in range(4)]
        assert [reply.status_code for reply in replies] == [500, 200, 200, 200]
        assert [heard(reply, "ollama") for reply in replies[1:]] == ["a", "b", "b"]
        assert server.open_connections == 1, "One connection serves one request after the other."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.provider}: {row.name}")
async def test_a_refusal_comes_as_it_was_written(client: httpx.AsyncClient, row: Any) -> None:
    async with ScriptedServer({"m": [row.status]}) as server:
        reply = await ask(client, server, row.family)
    assert reply.status_code == row.status.code
    if isinstance(row.status.body, dict):
        assert reply.json() == row.status.body
    assert row.status.headers.items() <= dict(reply.headers).items()


async def test_a_server_that_stopped_refuses_and_leaves_nothing(client: httpx.AsyncClient) -> None:
    before = threading.active_count()
    async with ScriptedServer({"m": [Hangs()]}) as server:
        asking = asyncio.create_task(ask(client, server, "openai"))
        await server.until(lambda: server.asked)
        await server.stop()
        with pytest.raises(httpx.TransportError):
            await asking
        with pytest.raises(httpx.ConnectError):
            await ask(client, server, "openai")
    assert threading.active_count() == before
    assert server.open_connections == 0


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/v1/models", "max_model_len"),
        ("/openai/v1/models", "max_model_len"),
        ("/api/tags", "parameter_size"),
        ("/api/version", "0.24"),
        ("/api/v1/models", "max_context_length"),
        ("/v1beta/models", "inputTokenLimit"),
        ("/props", "n_ctx"),
        ("/health", "ok"),
    ],
)
async def test_facts_are_told_where_servers_tell_them(
    client: httpx.AsyncClient, path: str, found: str
) -> None:
    async with ScriptedServer({"m": [Says("a")]}) as server:
        reply = await client.get(server.url + path)
        assert reply.status_code == 200
        assert found in reply.text
        assert (await client.get(server.url + "/nowhere")).status_code == 404
        server.extra[path] = Status(503, {"error": {"message": "Loading model"}})
        assert (await client.get(server.url + path)).status_code == 503


async def test_ollama_shows_the_models_that_are_there(client: httpx.AsyncClient) -> None:
    async with ScriptedServer({"m": [Says("a")]}) as server:
        there = await client.post(server.url + "/api/show", json={"model": "m"})
        missing = await client.post(server.url + "/api/show", json={"model": "x"})
    assert there.json()["model_info"]["qwen3.context_length"] == 32768
    assert missing.status_code == 404


def test_a_server_in_a_thread_serves_tests_without_a_loop() -> None:
    with ServerInThread({"m": [Says("hello")]}) as running:
        path, headers, body = good("openai")
        reply = httpx.post(running.server.url + path, headers=headers, json=body, trust_env=False)
        assert heard(reply, "openai") == "hello"
        running.until(lambda: running.server.asked[0].finished_at)
        running.until(lambda: not running.server.open_connections)
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.server.url, trust_env=False)
