"""What a server says instead of an answer is understood, and never repeats the key."""

from __future__ import annotations

import json

import pytest

from tests.unit.wire.asking import failed
from tests.unit.wire.raw_server import (
    Connection,
    RawServer,
    chat,
    data,
    delta,
    head,
    piece,
    stream,
    whole,
)
from understudy.core.failures import FailureCategory
from understudy.wire import exchange


async def test_an_error_inside_a_stream_is_what_it_says() -> None:
    event = data({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}})
    failure = await failed(stream(delta("half"), event))
    assert (failure.category, failure.phase) == (FailureCategory.RATE_LIMIT, "stream")


async def test_an_error_with_a_status_is_what_it_says() -> None:
    body = json.dumps(
        {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}
    ).encode()
    assert (await failed(whole(body, 401))).category is FailureCategory.AUTH_ERROR


async def test_a_wait_in_the_headers_is_heard() -> None:
    failure = await failed(whole(b"{}", 429, retry_after="7"))
    assert (failure.category, failure.after_s) == (FailureCategory.RATE_LIMIT, 7.0)


async def test_an_error_whose_body_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_ERROR_BODY_S", 0.05)

    async def endless(connection: Connection) -> None:
        await connection.send(head(401) + piece(b"x" * 100_000))
        await connection.until_hung_up()

    async def silent(connection: Connection) -> None:
        await connection.send(head(401) + piece(b'{"error":{"code":"invalid_api_key"}}'))
        await connection.until_hung_up()

    for answer in (endless, silent):
        assert (await failed(answer)).category is FailureCategory.AUTH_ERROR


@pytest.mark.parametrize("page", [b"<html>Log in</html>", b"\n <!DOCTYPE html>"])
@pytest.mark.parametrize("family", ["openai", "ollama"])
async def test_a_web_page_is_no_answer(page: bytes, family: str) -> None:
    failure = await failed(whole(page, content_type="text/html"), family=family)
    assert (failure.category, failure.code) == (FailureCategory.PROVIDER_UNAVAILABLE, "web_page")
    assert "base_url" in failure.message


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with RawServer(chat("x")) as other:
        answer = whole(b"", status, location=f"{other.url}/chat/completions")
        failure = await failed(answer, key="planted-key")
        assert other.asked == []
    assert failure.code == "redirect"
    assert "redirect" in failure.message
    assert "127.0.0.1" in failure.message


async def test_a_redirect_to_nowhere_is_a_sentence_too() -> None:
    for where in ("http://[", ""):
        assert (await failed(whole(b"", 302, location=where))).code == "redirect"


@pytest.mark.parametrize("status", [401, 500])
async def test_a_key_that_the_server_repeats_is_not_repeated(status: int) -> None:
    said = json.dumps({"error": {"message": "Wrong: planted-key-1234"}}).encode()
    failure = await failed(whole(said, status), key="planted-key-1234")
    assert "planted-key" not in f"{failure}"
    failure = await failed(
        stream(b"data: " + said + b"\n\n"), headers={"x-own": "planted-key-1234"}
    )
    assert "planted-key" not in f"{failure}"


WRONG = json.dumps({"error": {"message": "No key", "code": "invalid_api_key"}}).encode()


async def test_a_server_that_wants_a_key_says_so_where_none_is_set() -> None:
    failure = await failed(whole(WRONG, 401))
    assert failure.category is FailureCategory.AUTH_ERROR
    assert (
        failure.message == "`acme` wants a key, and none is set; name it in `providers.acme.key`."
    )
    for sent in ({"key": "planted-key-1234"}, {"headers": {"x-own": "planted-key-1234"}}):
        assert "wants a key" not in (await failed(whole(WRONG, 401), **sent)).message
    assert "wants a key" not in (await failed(whole(WRONG, 403))).message
