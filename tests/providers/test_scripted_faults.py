"""The scripted server fails as it was told to."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.providers.answers import (
    EMPTY,
    LENGTH,
    BadUtf8,
    Dropped,
    Endless,
    ErrorEvent,
    Filtered,
    GzipBomb,
    Hangs,
    HtmlPage,
    KeepAlives,
    NotHttp,
    Redirect,
    Refuses,
    Reset,
    Says,
    SlowDrip,
    Truncated,
    WrongKey,
)
from tests.providers.raw import HANG_UP_S, SHORT, ask, events, heard
from tests.providers.requests import FAMILIES, good
from tests.providers.scripted import ScriptedServer

if TYPE_CHECKING:
    from tests.providers.answers import Answer


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "answer",
    [
        Dropped(),
        Dropped(reset=False),
        NotHttp(),
        Reset(0),
        Reset(2),
        Truncated(clean=False),
        Truncated(clean=False, at=70),
    ],
    ids=str,
)
async def test_a_broken_connection_is_an_error_for_the_client(
    client: httpx.AsyncClient, family: str, answer: Answer
) -> None:
    async with ScriptedServer({"m": [answer]}) as server:
        with pytest.raises(httpx.TransportError):
            await ask(client, server, family)


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_cut_answer_lacks_its_end(client: httpx.AsyncClient, family: str) -> None:
    says = Says("half an answer")
    async with ScriptedServer({"m": [says, Truncated(says)]}) as server:
        whole = await ask(client, server, family)
        cut = await ask(client, server, family)
    assert whole.content.startswith(cut.content)
    assert heard(cut, family) == "half an answer"
    assert len(events(cut)) < len(events(whole))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (LENGTH, ("length", "max_output_tokens", "max_tokens", "MAX_TOKENS")),
        (Refuses(), ("refusal", "sorry")),
        (EMPTY, ("stop", "completed", "end_turn", "STOP")),
        (ErrorEvent(), ("overloaded", "busy")),
    ],
    ids=str,
)
async def test_an_answer_that_is_none_says_so_inside_a_200(
    client: httpx.AsyncClient, family: str, answer: Answer, words: tuple[str, ...]
) -> None:
    async with ScriptedServer({"m": [answer]}) as server:
        reply = await ask(client, server, family)
    assert reply.status_code == 200
    assert any(word in reply.text for word in words)


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "ollama"])
@pytest.mark.parametrize("answer", [Filtered(), Filtered("prompt")], ids=str)
async def test_a_filter_shows_itself(
    client: httpx.AsyncClient, family: str, answer: Filtered
) -> None:
    words = ("content_filter", "content filtering", "RECITATION", "PROHIBITED", "safety", "policy")
    async with ScriptedServer({"m": [answer]}) as server:
        reply = await ask(client, server, family)
    assert any(word in reply.text for word in words)


async def test_a_filter_that_ollama_has_not_is_a_mistake_in_the_test() -> None:
    from tests.providers.families.ollama import Ollama

    with pytest.raises(ValueError, match="no filter"):
        Ollama().filtered(None, Filtered())  # type: ignore[arg-type]  # Nothing is read of it.


async def test_plain_replies_need_no_family(client: httpx.AsyncClient) -> None:
    answers: list[Answer] = [
        HtmlPage(200),
        Redirect("http://127.0.0.1:9/else"),
        WrongKey(),
        BadUtf8(),
    ]
    async with ScriptedServer({"m": answers}) as server:
        page, redirect, key, bad = [await ask(client, server, "openai") for _ in answers]
    assert page.headers["content-type"] == "text/html"
    assert redirect.headers["location"] == "http://127.0.0.1:9/else"
    assert key.json()["error"]["code"] == "invalid_api_key"
    with pytest.raises(UnicodeDecodeError):
        bad.content.decode()


async def test_a_small_body_can_be_a_large_one(client: httpx.AsyncClient) -> None:
    path, headers, body = good("openai")
    async with (
        ScriptedServer({"m": [GzipBomb(2)]}) as server,
        client.stream("POST", server.url + path, headers=headers, json=body) as reply,
    ):
        assert int(reply.headers["content-length"]) < 10_000
        assert len(await reply.aread()) == 2 * 1024 * 1024


async def test_an_endless_answer_has_a_bound(client: httpx.AsyncClient) -> None:
    async with ScriptedServer({"m": [Endless("x" * 1000, most_bytes=100_000)]}) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            await ask(client, server, "ollama")
        [asked] = server.asked
        assert asked.hung_up_at is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "answer",
    [
        Hangs("headers"),
        Hangs("first token"),
        Hangs("middle"),
        Hangs("end"),
        Endless(),
        SlowDrip(),
        KeepAlives(),
        Says("a", first_delay_s=20),
        Says("ab", chunks=2, delay_s=20),
    ],
    ids=str,
)
async def test_a_client_that_hangs_up_is_noticed_at_once(
    client: httpx.AsyncClient, family: str, answer: Answer
) -> None:
    async with ScriptedServer({"m": [answer]}) as server:
        asking = asyncio.create_task(ask(client, server, family))
        await server.until(lambda: server.asked)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        left_at = time.monotonic()
        await server.until(lambda: server.asked[0].hung_up_at)
        assert (server.asked[0].hung_up_at or 0) - left_at < HANG_UP_S
        await server.until(lambda: not server.open_connections)


async def test_whoever_waits_too_long_gets_a_timeout(client: httpx.AsyncClient) -> None:
    path, headers, body = good("openai")
    async with ScriptedServer({"m": [Hangs("middle")]}) as server:
        with pytest.raises(httpx.ReadTimeout):
            await client.post(server.url + path, headers=headers, json=body, timeout=SHORT)
