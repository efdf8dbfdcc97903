from __future__ import annotations

import pytest

from tests.unit.wire.raw_server import Connection, RawServer, whole
from understudy.core.failures import BadRequestError, CallError, FailureCategory
from understudy.wire import get
from understudy.wire.get import get_json


async def test_what_a_server_says_about_itself_is_read() -> None:
    async with RawServer(whole(b'{"data": [{"id": "m"}]}')) as server:
        place = server.endpoint(base_url=f"{server.url}/v1?x=1", key="k-1")
        assert await get_json(place, "/models", timeout_s=5) == {"data": [{"id": "m"}]}
        (sent,) = server.asked
    assert sent.line == "GET /v1/models?x=1 HTTP/1.1"
    assert sent.headers["authorization"] == "Bearer k-1"


async def test_a_question_can_be_posted() -> None:
    async with RawServer(whole(b"{}")) as server:
        await get_json(server.endpoint("ollama"), "/api/show", timeout_s=5, body={"model": "m"})
        (sent,) = server.asked
    assert sent.line.startswith("POST /api/show ")
    assert sent.body == {"model": "m"}


@pytest.mark.parametrize(
    ("answer", "category"),
    [
        (whole(b"{}", 401), FailureCategory.AUTH_ERROR),
        (whole(b"", 302, location="https://else.test"), FailureCategory.PROVIDER_UNAVAILABLE),
        (whole(b"<html>"), FailureCategory.PROVIDER_UNAVAILABLE),
        (whole(b"{"), FailureCategory.PROVIDER_UNAVAILABLE),
        (whole(b'"\xff"'), FailureCategory.PROVIDER_UNAVAILABLE),
    ],
)
async def test_what_is_no_json_is_a_failure(answer: bytes, category: FailureCategory) -> None:
    async with RawServer(answer) as server:
        with pytest.raises(CallError) as caught:
            await get_json(server.endpoint(), "/models", timeout_s=5)
    assert caught.value.failure.category is category


async def test_a_server_that_does_not_answer_is_not_waited_for() -> None:
    async def hangs(connection: Connection) -> None:
        await connection.until_hung_up()

    async with RawServer(hangs) as server:
        with pytest.raises(CallError) as caught:
            await get_json(server.endpoint(), "/models", timeout_s=0.1)
    assert caught.value.failure.category is FailureCategory.TIMEOUT


async def test_a_list_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get, "MAX_BYTES", 1000)
    async with RawServer(whole(b" " * 2000)) as server:
        with pytest.raises(CallError) as caught:
            await get_json(server.endpoint(), "/models", timeout_s=5)
    assert caught.value.failure.code == "too_large"


async def test_a_family_that_nobody_knows_is_a_wrong_setting() -> None:
    async with RawServer(whole(b"{}")) as server:
        with pytest.raises(BadRequestError):
            await get_json(server.endpoint("telnet"), "/models", timeout_s=5)


async def test_a_list_that_is_nowhere_is_no_missing_model() -> None:
    nowhere = whole(b'{"detail": "Not Found"}', 404)
    async with RawServer(nowhere) as server:
        with pytest.raises(CallError) as caught:
            await get_json(server.endpoint(), "/models", timeout_s=5)
        assert "mostly ends with `/v1`" in caught.value.failure.message
        assert "this model" not in caught.value.failure.message
        place = server.endpoint("ollama")
        with pytest.raises(CallError) as about:
            await get_json(place, "/api/show", timeout_s=5, body={"model": "m"})
    assert about.value.failure.code == "model_missing"
