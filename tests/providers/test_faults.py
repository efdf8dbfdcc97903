"""Every fault in every family."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import (
    EMPTY,
    LENGTH,
    BadJson,
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
    Status,
    Truncated,
    WrongKey,
)
from tests.providers.asking import SHORT_S, ask, failure, limits
from tests.providers.requests import FAMILIES
from tests.providers.scripted import ScriptedServer
from understudy.core.failures import CallError, FailureCategory
from understudy.wire import Usage

if TYPE_CHECKING:
    from tests.providers.answers import Answer

pytestmark = pytest.mark.usefixtures("closed")

DOWN = FailureCategory.PROVIDER_UNAVAILABLE
CUT = FailureCategory.INCOMPLETE_OUTPUT
WITHOUT_WORDS = ("gemini", "ollama")
"""Families that have no word for a refusal: the model says it, and nobody marks it."""
FAULTS: list[tuple[Answer, FailureCategory]] = [
    (Dropped(), DOWN),
    (Dropped(reset=False), DOWN),
    (NotHttp(), DOWN),
    (Reset(0), DOWN),
    (Reset(2), DOWN),
    (Truncated(), CUT),
    (Truncated(clean=False), DOWN),
    (Truncated(at=0), CUT),
    (ErrorEvent(), DOWN),
    (ErrorEvent(after_events=0), DOWN),
    (BadUtf8(), DOWN),
    (BadJson(), DOWN),
    (EMPTY, FailureCategory.EMPTY_OUTPUT),
    (Says(" \n\n", chunks=1), FailureCategory.EMPTY_OUTPUT),
    (LENGTH, CUT),
    (Says("half", finish="window"), CUT),
    (HtmlPage(200), DOWN),
    (HtmlPage(502), DOWN),
    (HtmlPage(403), DOWN),
    (WrongKey(), FailureCategory.AUTH_ERROR),
    (Redirect("http://127.0.0.1:9/elsewhere"), DOWN),
    (Redirect("/login", 302), DOWN),
    (GzipBomb(8), CUT),
    (Endless(), CUT),
    (Status(200, b"", {}), CUT),
    (Status(200, b"{}", {}), CUT),
    (Status(200, b"[[[[" * 5000, {}), DOWN),
    (Status(418, {"error": 418}), FailureCategory.UNKNOWN),
]


def named(value: object) -> str:
    return repr(value)[:60]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("answer", "category"), FAULTS, ids=named)
async def test_each_fault_has_its_category(
    answer: Answer, category: FailureCategory, family: str
) -> None:
    found = await failure(answer, family)
    assert found.category is category
    assert found.message.endswith((".", "?", "!"))


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_body_that_says_nothing_is_no_answer(family: str) -> None:
    # A line of JSON that is no object can't be read; in a stream of events it is no event.
    found = await failure(Status(200, b"null", {}), family)
    assert found.category is (DOWN if family == "ollama" else CUT)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "answer",
    [Hangs("headers"), Hangs("first token"), Hangs("middle"), KeepAlives()],
    ids=str,
)
async def test_silence_ends_with_its_limit(answer: Answer, family: str) -> None:
    found = await failure(answer, family, limits(SHORT_S))
    assert found.category is FailureCategory.TIMEOUT


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("answer", [SlowDrip(), Hangs("headers")], ids=str)
async def test_the_deadline_ends_everything(answer: Answer, family: str) -> None:
    found = await failure(answer, family, limits(deadline_s=SHORT_S))
    assert found.category is FailureCategory.TIMEOUT


@pytest.mark.parametrize("family", [one for one in FAMILIES if one not in WITHOUT_WORDS])
async def test_a_refusal_is_no_answer(family: str) -> None:
    found = await failure(Refuses(), family)
    assert found.category is FailureCategory.REFUSAL


@pytest.mark.parametrize("family", FAMILIES)
async def test_an_answer_as_long_as_its_limit_is_cut_whatever_is_said(family: str) -> None:
    # The responses of llama.cpp's server call every answer complete.
    usage = Usage(input=900, output=400, reasoning=0)
    found = await failure(Says("def half(", usage=usage), family)
    assert found.category is CUT


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "ollama"])
@pytest.mark.parametrize("answer", [Filtered(), Filtered("prompt")], ids=str)
async def test_a_filter_is_told_from_a_refusal(answer: Answer, family: str) -> None:
    found = await failure(answer, family)
    assert found.category is FailureCategory.CONTENT_FILTERED


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_server_that_does_not_run_is_unavailable(family: str) -> None:
    async with ScriptedServer() as server:
        await server.stop()
        with pytest.raises(CallError) as caught:
            await ask(server, family)
    assert caught.value.category is DOWN


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


CANCELLED: list[tuple[str, Status]] = [
    *((family, Status(499, {"error": "request canceled"})) for family in FAMILIES),
    (
        "openai",
        Status(
            200,
            f"{_chunk({'content': 'ab'})}{_chunk({}, 'cancelled')}data: [DONE]\n\n",
            {"content-type": "text/event-stream"},
        ),
    ),
    (
        "openai-responses",
        Status(200, {"object": "response", "status": "cancelled", "output": []}),
    ),
    (
        "gemini",
        Status(499, {"error": {"code": 499, "message": "Cancelled.", "status": "CANCELLED"}}),
    ),
]


@pytest.mark.parametrize(("family", "answer"), CANCELLED)
async def test_a_provider_that_says_cancelled_has_failed_and_nobody_else_cancelled_anything(
    family: str, answer: Status
) -> None:
    record = await failure(answer, family)
    assert record.category is DOWN
    assert (record.code, record.blame, record.advice) == (
        "cancelled_by_server",
        "provider",
        "switch_model",
    )
    assert "cancelled the answer by itself" in record.message
