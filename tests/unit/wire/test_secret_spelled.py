"""A key that a server repeats is not repeated, however the server spells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wire.asking import failed
from tests.unit.wire.raw_server import RawServer, delta, stream, whole
from understudy.core.failures import CallError
from understudy.wire import Endpoint
from understudy.wire.get import get_json
from understudy.wire.redacting import without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.failures import Failure

KEY = 'pk/9f"x\\y+planted-0123456789'
PIECES = ("planted", "0123456789")


def as_codes(key: str) -> str:
    return "".join(f"\\u{ord(one):04X}" for one in key)


def as_escapes(key: str) -> str:
    return json.dumps(key)[1:-1].replace("/", "\\/")


def as_twice(key: str) -> str:
    return json.dumps(as_codes(key))[1:-1]


def as_capitals(key: str) -> str:
    return as_escapes(key.upper())


SPELLINGS = (as_codes, as_escapes, as_twice, as_capitals, quote)
BODIES = (
    '{"error":{"message":"Unsupported","type":"invalid_request_error",'
    '"code":"unsupported_parameter","param":"KEY"}}',
    '{"error":{"message":"Bad key KEY","type":"authentication_error"}}',
    '{"error":{"message":"no","type":"KEY","code":"KEY"}}',
    '{"detail":[{"loc":["body","KEY"],"msg":"Extra inputs are not permitted KEY",'
    '"type":"extra_forbidden"}]}',
    '{"error":{"message":"{\\"error\\":{\\"message\\":\\"KEY\\",\\"param\\":\\"KEY\\"}}"}}',
    '{"odd":"KEY"}',
    "<html><title>KEY</title></html>",
)


def said(failure: Failure) -> str:
    return f"{failure}".lower()


def assert_clean(failure: Failure) -> None:
    for piece in PIECES:
        assert piece not in said(failure)
    # Nor may a reader of the record find it by decoding.
    assert as_codes(KEY).lower() not in said(failure)


@pytest.mark.parametrize("spelled", SPELLINGS)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("status", [400, 401])
async def test_in_any_field_of_an_error(
    status: int, body: str, spelled: Callable[[str], str]
) -> None:
    answer = whole(body.replace("KEY", spelled(KEY)).encode(), status)
    assert_clean(await failed(answer, answer, key=KEY))
    assert_clean(await failed(answer, answer, headers={"x-own": KEY}))


@pytest.mark.parametrize("spelled", [as_codes, as_escapes])
async def test_in_an_error_of_a_stream_and_in_its_last_word(spelled: Callable[[str], str]) -> None:
    echo = spelled(KEY)
    event = f'data: {{"error":{{"message":"no","code":"{echo}","param":"{echo}"}}}}\n\n'
    assert_clean(await failed(stream(event.encode()), key=KEY))
    last = f'{{"choices":[{{"index":0,"delta":{{}},"finish_reason":"{echo}"}}]}}'
    ended = stream(delta("half"), f"data: {last}\n\ndata: [DONE]\n\n".encode())
    assert_clean(await failed(ended, key=KEY))


async def test_as_a_page_writes_it() -> None:
    coded = "".join(f"&#{ord(one)};" for one in KEY)
    for echo in (coded, "".join(f"&#x{ord(one):x};" for one in KEY), KEY.replace('"', "&quot;")):
        page = f"<!doctype html><title>Wrong: {echo}</title>".encode()
        assert_clean(await failed(whole(page, 502), key=KEY))


@pytest.mark.parametrize("spelled", SPELLINGS)
async def test_when_a_provider_is_asked_about_itself(spelled: Callable[[str], str]) -> None:
    body = BODIES[0].replace("KEY", spelled(KEY)).encode()
    async with RawServer(whole(body, 400)) as server:
        with pytest.raises(CallError) as caught:
            await get_json(server.endpoint(key=KEY), "/models", timeout_s=5)
    assert_clean(caught.value.failure)


async def test_as_the_name_of_the_host_that_it_points_to() -> None:
    key = "planted-0123456789-9f"
    answer = whole(b"", 302, location=f"https://{key}.example/")
    assert_clean(await failed(answer, key=key))


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=60))
def test_any_key_is_found_in_json(key: str) -> None:
    endpoint = Endpoint("acme", "openai", "http://127.0.0.1:1", key)
    for text in (key, json.dumps(key), as_codes(key), json.dumps(json.dumps(key))):
        assert key.lower() not in without_secrets(f'{{"a": "{text}"}}', endpoint).lower()
        assert as_codes(key) not in without_secrets(f'{{"a": "{text}"}}', endpoint)


@given(st.text())
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    endpoint = Endpoint("acme", "openai", "http://127.0.0.1:1", "planted-key-0123456789")
    assert without_secrets(text, endpoint) == text
