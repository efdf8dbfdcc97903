"""Connections, hanging up, and where a key may show."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import (
    Dropped,
    Endless,
    ErrorEvent,
    Hangs,
    HtmlPage,
    KeepAlives,
    Redirect,
    Says,
    SlowDrip,
    Status,
    WrongKey,
)
from tests.providers.asked import Traits
from tests.providers.asking import HANG_UP_S, KEY, MESSAGES, ask, endpoint, failure, limits
from tests.providers.requests import FAMILIES
from tests.providers.scripted import ScriptedServer
from understudy.core.failures import CallError, FailureCategory
from understudy.wire import Request, transport
from understudy.wire.call import call

if TYPE_CHECKING:
    from tests.providers.answers import Answer

pytestmark = pytest.mark.usefixtures("closed")

DOWN = FailureCategory.PROVIDER_UNAVAILABLE


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "answer",
    [Hangs("headers"), Hangs("first token"), Hangs("middle"), Endless(), SlowDrip(), KeepAlives()],
    ids=str,
)
async def test_a_call_that_is_cancelled_hangs_up_at_once(answer: Answer, family: str) -> None:
    async with ScriptedServer({"m": [answer]}) as server:
        patient = limits(most=1 << 40)
        asking = asyncio.create_task(
            call(Request("m", MESSAGES, 400), endpoint(server, family), patient)
        )
        await server.until(lambda: server.asked)
        left_at = time.monotonic()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await server.until(lambda: server.asked[0].hung_up_at)
        assert (server.asked[0].hung_up_at or 0) - left_at < HANG_UP_S
        await server.until(lambda: not server.open_connections)


@pytest.mark.parametrize("family", FAMILIES)
async def test_many_calls_at_once_leave_nothing_open(family: str) -> None:
    texts = [f"answer {number}" for number in range(20)]
    async with ScriptedServer({"m": [Says(text) for text in texts]}) as server:
        replies = await asyncio.gather(*(ask(server, family) for _ in texts))
        assert sorted(reply.text for reply in replies) == sorted(texts)
        await transport.close()
        await server.until(lambda: not server.open_connections)


@pytest.mark.parametrize("family", FAMILIES)
async def test_connections_are_used_again_after_every_whole_reply(family: str) -> None:
    async with ScriptedServer({"m": [Says("a"), Says("b"), WrongKey(), Says("c")]}) as server:
        assert (await ask(server, family)).text == "a"
        assert (await ask(server, family)).text == "b"
        with pytest.raises(CallError):
            await ask(server, family)
        assert (await ask(server, family)).text == "c"
        assert server.accepted <= 2


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("code", [301, 302, 307, 308])
async def test_a_key_never_follows_a_redirect(family: str, code: int) -> None:
    async with ScriptedServer({"m": [Says("x")]}) as other:
        found = await failure(Redirect(f"{other.url}/v1/chat/completions", code), family)
        assert other.asked == []
    assert found.category is DOWN


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "answer",
    [
        Says("x"),
        Status(401, {"error": {"message": f"Incorrect API key provided: {KEY}."}}),
        Status(500, f"Traceback: Authorization: Bearer {KEY}, x-api-key={KEY}"),
        Status(429, {"error": f"too many requests for {KEY}"}, {"x-echo": KEY}),
        ErrorEvent({"error": {"message": f"bad key {KEY}", "code": 401}}),
        Redirect(f"http://127.0.0.1:9/?key={KEY}"),
        Dropped(),
        HtmlPage(),
    ],
    ids=lambda answer: type(answer).__name__,
)
async def test_the_key_is_in_no_text_but_the_request(
    answer: Answer, family: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with ScriptedServer({"m": [answer]}, traits={"m": Traits(key=KEY)}) as server:
        asked = endpoint(server, family)
        assert KEY not in repr(asked)
        try:
            found = repr(await call(Request("m", MESSAGES, 400), asked, limits()))
        except CallError as error:
            found = "".join(traceback.format_exception(error)) + repr(error.failure)
        [one] = server.asked
        assert KEY in "".join(one.headers.values())
        assert KEY not in one.target
        assert KEY.encode() not in one.raw
    assert KEY not in found
    assert KEY not in caplog.text
