"""Answers arrive whole, or they don't count."""

from __future__ import annotations

import json

import pytest

from tests.providers.answers import (
    ODD_TEXT,
    PROSE,
    USAGE,
    Hangs,
    OneWrite,
    Refuses,
    Says,
    SplitEveryByte,
    Truncated,
    Whole,
)
from tests.providers.asked import Traits
from tests.providers.asking import KEY, MESSAGES, ask, endpoint, limits
from tests.providers.requests import FAMILIES
from tests.providers.scripted import ScriptedServer
from understudy.core.failures import CallError, FailureCategory
from understudy.wire import Finish, Request, Usage
from understudy.wire.call import call

pytestmark = pytest.mark.usefixtures("closed")

CUT = FailureCategory.INCOMPLETE_OUTPUT
DOWN = FailureCategory.PROVIDER_UNAVAILABLE
WITHOUT_WORDS = ("gemini", "ollama")
"""Families that have no word for a refusal: the model says it, and nobody marks it."""


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_every_character_of_an_answer_arrives(family: str, end: str) -> None:
    if (family, end) == ("ollama", "\r"):
        end = "\n"
    heard: dict[str, str] = {"text": "", "thinking": ""}

    def hear(kind: str, piece: str) -> None:
        heard[kind] += piece

    thinking = f"Let me see: {ODD_TEXT}"
    says = Says(ODD_TEXT, thinking, chunks=9, end=end)
    async with ScriptedServer({"m": [says]}, traits={"m": Traits(key=KEY)}) as server:
        asked = endpoint(server, family)
        reply = await call(Request("m", MESSAGES, 400), asked, limits(), heard=hear)
        assert (reply.text, reply.thinking) == (ODD_TEXT, thinking)
        assert heard == {"text": reply.text, "thinking": reply.thinking}
        assert (reply.model, reply.finish, reply.dropped) == ("m", Finish.STOP, frozenset())
        assert reply.seconds >= reply.first_token_s >= 0
        assert json.dumps(ODD_TEXT[-8:])[1:-1].encode() in server.asked[0].raw or (
            ODD_TEXT[-4:].encode() in server.asked[0].raw
        )


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("wrapped", [SplitEveryByte, OneWrite])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_it_does_not_matter_how_the_bytes_are_cut(
    family: str, wrapped: type[SplitEveryByte | OneWrite], end: str
) -> None:
    async with ScriptedServer({"m": [wrapped(Says(ODD_TEXT, "hm", end=end))]}) as server:
        reply = await ask(server, family)
    assert (reply.text, reply.thinking) == (ODD_TEXT, "hm")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "usage",
    [USAGE, Usage(input=1000, cached=600, cache_written=100, output=50, reasoning=20)],
    ids=["plain", "cached"],
)
async def test_tokens_are_counted_as_the_provider_counts_them(family: str, usage: Usage) -> None:
    async with ScriptedServer({"m": [Says("x", "hm", usage=usage)]}) as server:
        reply = await ask(server, family)
    assert (reply.usage.input, reply.usage.output) == (usage.input, usage.output)
    if family != "ollama":
        assert reply.usage.cached == usage.cached
        assert reply.usage.reasoning in {usage.reasoning, usage.reasoning or None}
    if family not in {"gemini", "ollama"}:
        assert reply.usage.cache_written == usage.cache_written


@pytest.mark.parametrize("family", FAMILIES)
async def test_an_answer_without_counts_is_an_answer(family: str) -> None:
    async with ScriptedServer({"m": [Says("x", usage=None)]}) as server:
        assert (await ask(server, family)).text == "x"


async def test_loading_a_model_is_no_part_of_the_time_to_the_first_token() -> None:
    says = Says("x", first_delay_s=0.1, load_s=0.09)
    async with ScriptedServer({"m": [says]}) as server:
        reply = await ask(server, "ollama")
    assert reply.seconds - reply.first_token_s >= 0.089


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_server_that_streams_nothing_is_understood(family: str) -> None:
    usage = Usage(input=1000, cached=600, cache_written=100, output=50, reasoning=20)
    async with ScriptedServer({"m": [Whole(Says(ODD_TEXT, "hm", usage=usage))]}) as server:
        reply = await ask(server, family)
    assert (reply.text, reply.thinking) == (ODD_TEXT, "hm")
    assert (reply.usage.input, reply.usage.output) == (1000, 50)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("clean", [True, False])
async def test_no_part_of_an_answer_passes_for_the_whole(family: str, clean: bool) -> None:
    says = Says("def total(items):\n    return sum(items)\n", "hm", chunks=4)
    async with ScriptedServer({"m": [says]}, traits={"m": Traits(key=KEY)}) as server:
        whole = await ask(server, family)
        categories = set()
        for at in range(0, 4000, 53):
            server.scripts["m"] = [Truncated(says, clean, at)]
            try:
                reply = await ask(server, family)
            except CallError as error:
                categories.add(error.category)
            else:
                assert reply.text == whole.text
        assert categories <= {CUT, DOWN, FailureCategory.PARSE_ERROR}


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "gemini"])
async def test_a_whole_answer_counts_though_the_connection_stays_open(family: str) -> None:
    # Gemini's family has no last event: there, only the body's end is the end.
    async with ScriptedServer({"m": [Hangs("end")]}) as server:
        assert (await ask(server, family)).text == "a few words first"


@pytest.mark.parametrize("family", FAMILIES)
async def test_prose_is_an_answer_and_for_others_to_judge(family: str) -> None:
    async with ScriptedServer({"m": [Says(PROSE)]}) as server:
        assert (await ask(server, family)).text == PROSE


@pytest.mark.parametrize("family", WITHOUT_WORDS)
async def test_a_refusal_that_nobody_marks_is_for_others_to_judge(family: str) -> None:
    async with ScriptedServer({"m": [Refuses("I'm sorry.")]}) as server:
        assert (await ask(server, family)).text == "I'm sorry."
