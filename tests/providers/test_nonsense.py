"""Whatever a server sends, a call ends with a reply or with a failure that has a name."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.providers.answers import Says, Status
from tests.providers.requests import FAMILIES
from tests.providers.scripted import BASES, ServerInThread
from understudy.core.failures import CallError, Failure
from understudy.wire import Endpoint, Limits, Message, Reply, Request, transport
from understudy.wire.call import call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.providers.answers import Answer

WORDS = (
    *("candidates", "choices", "code", "content", "content_block", "content_blocks", "data"),
    *("delta", "details", "done", "done_reason", "error", "finishReason", "finish_reason"),
    *("incomplete_details", "index", "item", "message", "message_delta", "message_start"),
    *("model", "object", "output", "parts", "promptFeedback", "reason", "reasoning"),
    *("reasoning_content", "refusal", "response", "response.completed"),
    *("response.output_text.delta", "status", "stop", "stop_reason", "text", "text_delta"),
    *("thinking", "thought", "type", "usage", "usageMetadata"),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
FRAMES = st.sampled_from(
    [b"data: ", b"data:", b"", b"event: error\ndata: ", b": ", b"\xef\xbb\xbf"]
)
ENDS = st.sampled_from([b"\n", b"\n\n", b"\r\n\r\n", b"\r", b""])
EVENTS = st.builds(
    lambda frame, value, end: frame + json.dumps(value).encode() + end, FRAMES, VALUES, ENDS
)
BODIES = st.binary(max_size=200) | st.lists(EVENTS, max_size=6).map(b"".join)
KINDS = st.sampled_from(
    ["text/event-stream", "application/json", "application/x-ndjson", "text/html", "", "a/b; c=d"]
)
STATUSES = st.sampled_from([200, 201, 204, 206, 299, 301, 400, 401, 403, 404, 408, 413, 418, 422])
LATER = st.sampled_from([425, 429, 451, 498, 499, 500, 502, 503, 504, 520, 529, 599, 700, 999])
TIMES = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def running() -> Iterator[ServerInThread]:
    with ServerInThread() as server:
        yield server


def ask(running: ServerInThread, family: str, answer: Answer) -> Reply | Failure:
    async def asking() -> Reply | Failure:
        endpoint = Endpoint("custom", family, running.server.url + BASES[family], "sk-x")
        request = Request("m", (Message("user", "Mend it."),), 400)
        try:
            return await call(
                request, endpoint, Limits(time.monotonic() + 10), heard=lambda _kind, _piece: None
            )
        except CallError as error:
            return error.failure
        finally:
            await transport.close()

    running.server.scripts["m"] = [answer]
    return asyncio.run(asking())


def is_sound(found: Reply | Failure) -> bool:
    """Whether a reply says something, or a failure is a sentence."""
    if isinstance(found, Reply):
        return bool(found.text.strip()) or found.finish == "tool"
    return bool(found.message) and len(found.evidence.text) <= 500


@pytest.mark.parametrize("family", FAMILIES)
@TIMES
@given(body=BODIES, kind=KINDS)
def test_a_success_with_any_body_is_read_or_refused(
    running: ServerInThread, family: str, body: bytes, kind: str
) -> None:
    assert is_sound(ask(running, family, Status(200, body, {"content-type": kind})))


@pytest.mark.parametrize("family", FAMILIES)
@TIMES
@given(body=BODIES, status=STATUSES | LATER)
def test_any_status_with_any_body_has_a_name(
    running: ServerInThread, family: str, body: bytes, status: int
) -> None:
    found = ask(running, family, Status(status, b"" if status == 204 else body))
    assert is_sound(found)
    assert isinstance(found, Failure) or status < 300


@pytest.mark.parametrize("family", FAMILIES)
@TIMES
@given(text=st.text(min_size=1, max_size=60), chunks=st.integers(1, 8))
def test_any_text_arrives_as_it_was_sent(
    running: ServerInThread, family: str, text: str, chunks: int
) -> None:
    found: Any = ask(running, family, Says(f"x{text}x", chunks=chunks))
    assert found.text == f"x{text}x"
