"""A key on the edge of what is shown leaves no part of itself behind."""

from __future__ import annotations

import pytest

from tests.unit.wire.asking import failed
from tests.unit.wire.raw_server import stream, whole
from understudy.core.failures import CallError
from understudy.wire import Endpoint, exchange
from understudy.wire.get import get_json

KEY = "planted-key-0123456789-abcdef"
PIECE = KEY[:6]


@pytest.mark.parametrize("before", range(40, 90, 5))
async def test_of_an_event_that_can_not_be_read(before: int) -> None:
    event = b"data: {" + b"x" * before + KEY.encode() + b" and more\n\n"
    assert PIECE not in f"{await failed(stream(event), key=KEY)}"


@pytest.mark.parametrize("before", [150, 170, 180, 190, 199])
async def test_of_what_is_no_http(before: int) -> None:
    line = b"HTTP/1.1 " + b"y" * before + KEY.encode() + b"\r\n\r\n"

    assert PIECE not in f"{await failed(line, key=KEY)}"
    for proxy_words in (before, before + 20):
        answer = b"z" * proxy_words + KEY.encode() + b"\r\n\r\n"
        assert PIECE not in f"{await failed(answer, headers={'x-own': KEY})}"


@pytest.mark.parametrize("cut", range(1, len(KEY), 7))
async def test_of_an_error_that_is_read_in_part(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MAX_ERROR_BYTES", 100)
    body = b"w" * (100 - cut) + KEY.encode() + b" and more"
    assert PIECE not in f"{await failed(whole(body, 401), key=KEY)}"


async def test_of_an_address_that_can_not_be_reached() -> None:
    host = "http://127.0.0.1:9/" + KEY
    with pytest.raises(CallError) as caught:
        await get_json(Endpoint("acme", "openai", host, KEY), "/models", timeout_s=5)
    assert PIECE not in f"{caught.value.failure}"
