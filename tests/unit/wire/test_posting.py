"""Posting bytes to a server that is no model's never raises."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.unit.telemetry.receiver import Answer, Receiver
from understudy.wire import transport
from understudy.wire.posting import post_bytes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HEADERS = {"content-type": "application/x-protobuf", "content-encoding": "gzip"}


@pytest.fixture(autouse=True)
async def closed() -> AsyncIterator[None]:
    yield
    await transport.close()


async def test_an_answer_is_read_with_its_headers() -> None:
    with Receiver(Answer(429, {"Retry-After": "7"}, b"slow down")) as receiver:
        url = f"{receiver.url}/v1/traces"
        posted = await post_bytes(url, gzip.compress(b""), HEADERS, proxy="", timeout_s=20)
    assert (posted.status, posted.content, posted.trouble) == (429, b"slow down", "")
    assert posted.headers["retry-after"] == "7"
    assert receiver.got[0].path == "/v1/traces"


async def test_of_a_long_answer_only_the_beginning_is_read() -> None:
    with Receiver(Answer(200, {}, b"x" * 1_000_000)) as receiver:
        body = gzip.compress(b"")
        posted = await post_bytes(receiver.url, body, HEADERS, proxy="", timeout_s=20)
    assert len(posted.content) == 64 * 1024


async def test_a_server_that_does_not_answer_has_only_so_long() -> None:
    with Receiver() as receiver:
        receiver.held.clear()
        body = gzip.compress(b"")
        posted = await post_bytes(receiver.url, body, HEADERS, proxy="", timeout_s=0.2)
        assert not receiver.held.is_set()
    assert (posted.status, posted.trouble) == (0, "timeout_total")


@pytest.mark.parametrize(
    ("url", "headers", "trouble"),
    [
        ("http://127.0.0.1:1", {}, "connect"),
        ("http://127.0.0.1:1", {"x-key": "two\nlines"}, "header"),
        ("no-url", {}, "connect"),
    ],
)
async def test_trouble_is_told_in_a_word(url: str, headers: dict[str, str], trouble: str) -> None:
    posted = await post_bytes(url, b"", headers, proxy="", timeout_s=20)
    assert (posted.status, posted.trouble) == (0, trouble)
