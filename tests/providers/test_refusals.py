"""How providers say no, and how long they ask to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import EMPTY, Status
from tests.providers.asking import MESSAGES, Memory, endpoint, failure, limits
from tests.providers.refusals import ROWS
from tests.providers.refused.midway import MIDWAY, Midway
from tests.providers.scripted import ScriptedServer
from understudy.core.failures import CallError, FailureCategory
from understudy.wire import Request
from understudy.wire.call import call

if TYPE_CHECKING:
    from tests.providers.refused.row import Row

pytestmark = pytest.mark.usefixtures("closed")


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.category is FailureCategory.CONTEXT_OVERFLOW],
    ids=lambda row: f"{row.provider}: {row.name}",
)
async def test_a_window_that_was_told_is_remembered(row: Row) -> None:
    memory = Memory()
    async with ScriptedServer({"m": [row.status]}) as server:
        with pytest.raises(CallError):
            await call(
                Request("m", MESSAGES, 400),
                endpoint(server, row.family, row.provider),
                limits(),
                memory=memory,
            )
    assert memory.limit(row.provider, "m") == row.window


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.provider}: {row.name}")
async def test_each_way_of_saying_no_has_its_category(row: Row) -> None:
    found = await failure(row.status, row.family, provider=row.provider)
    assert found.category is row.category
    # Where the provider asks for no wait, one may follow from what is known about it.
    if row.after_s is not None or row.category is FailureCategory.RATE_LIMIT:
        assert found.after_s == (row.after_s and pytest.approx(row.after_s))


@pytest.mark.parametrize("row", MIDWAY, ids=lambda row: f"{row.provider}: {row.name}")
async def test_each_way_of_saying_no_midway_has_its_category(row: Midway) -> None:
    found = await failure(row.answer, row.family, provider=row.provider)
    assert found.category is row.category


WAITS: list[tuple[dict[str, str], float | None]] = [
    ({"retry-after": "7"}, 7.0),
    ({"retry-after": "0.5"}, 0.5),
    ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
    ({"x-ms-retry-after-ms": "250"}, 0.25),
    ({"retry-after": "DATE"}, 60.0),
    ({"retry-after": "ASCTIME"}, 60.0),
    ({"retry-after": "nan"}, None),
    ({"retry-after": "-5"}, None),
    ({"retry-after": "soon"}, None),
    ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "0"}, 360.0),
    ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "3"}, None),
    (
        {
            "anthropic-ratelimit-tokens-reset": "RFC3339",
            "anthropic-ratelimit-tokens-remaining": "0",
        },
        60.0,
    ),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS, ids=str)
async def test_a_wait_is_read_in_each_of_its_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    then = datetime.now(UTC) + timedelta(seconds=60)
    forms = {
        "DATE": format_datetime(then, usegmt=True),
        "ASCTIME": then.strftime("%a %b %d %H:%M:%S %Y"),
        "RFC3339": then.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    sent = {name: forms.get(value, value) for name, value in headers.items()}
    found = await failure(Status(429, {"error": {"message": "Slow"}}, sent), "openai")
    assert found.category is FailureCategory.RATE_LIMIT
    # A date is exact to a second, and the call takes a moment.
    exact = pytest.approx(seconds, abs=5) if set(sent.values()) & set(forms.values()) else seconds
    assert found.after_s == exact


async def test_an_empty_answer_to_a_prompt_that_fills_the_window_is_an_overflow() -> None:
    memory = Memory()
    memory.learn_limit("lmstudio", "m", 920)
    async with ScriptedServer({"m": [EMPTY]}) as server:
        asked = endpoint(server, "openai", "lmstudio")
        with pytest.raises(CallError) as caught:
            await call(Request("m", MESSAGES, 400), asked, limits(), memory=memory)
    assert caught.value.category is FailureCategory.CONTEXT_OVERFLOW
