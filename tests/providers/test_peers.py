"""The wire against servers that nobody here wrote."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.providers import peers
from tests.providers.requests import FAMILIES
from tests.providers.scripted import BASES
from tests.providers.tiny_model import ANSWER, NAME
from understudy.config.settings import ProviderSettings, Settings
from understudy.core.failures import CallError, FailureCategory
from understudy.engine.discovery import ask_provider
from understudy.providers import provider_named
from understudy.wire import Endpoint, Limits, Message, Reply, Request
from understudy.wire.call import call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.failures import Failure

pytestmark = pytest.mark.usefixtures("closed")

TEXT = "```python\ndef total(items):\n    return sum(items)  # π 😀 \u2028 \u0085\r\n```\n"
LLAMA_FAMILIES = ("openai", "openai-responses", "anthropic")
FIXTURES: list[dict[str, Any]] = [
    {
        "match": {"userMessage": "too often"},
        "response": {"error": {"message": "Rate limited"}, "status": 429, "retryAfter": 7},
    },
    {
        "match": {"userMessage": "break down"},
        "response": {"error": {"message": "Internal server error"}, "status": 500},
    },
    {
        "match": {"userMessage": "cut"},
        "response": {"content": "half an answer that nobody will ever see whole"},
        "truncateAfterChunks": 2,
        "chunkSize": 5,
    },
    {
        "match": {"userMessage": "too long"},
        "response": {"content": "def half(", "finishReason": "length"},
    },
    {
        "match": {"userMessage": "think"},
        "response": {"content": TEXT, "reasoning": "Let me see."},
    },
    {
        "match": {"userMessage": "fix"},
        "response": {
            "content": TEXT,
            "usage": {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100},
        },
    },
]
MODELS = {
    "openai": "gpt-5.6",
    "openai-responses": "gpt-5.6",
    "anthropic": "claude-opus-5",
    "gemini": "gemini-3-flash",
    "ollama": "qwen3",
}


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[peers.Peer]:
    with peers.aimock(tmp_path_factory.mktemp("aimock"), FIXTURES) as peer:
        yield peer


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[peers.Peer]:
    with peers.llama(tmp_path_factory.mktemp("llama")) as peer:
        yield peer


async def ask(
    peer: peers.Peer, family: str, said: str, *, key: str = peers.KEY, **more: Any
) -> Reply:
    provider = {"openai": "custom", "openai-responses": "openai"}.get(family, family)
    endpoint = Endpoint(provider, family, peer.url + BASES[family], key)
    messages = (Message("system", "You mend code."), Message("user", said))
    request = {"model": MODELS[family], "messages": messages, "max_output": 200, **more}
    return await call(Request(**request), endpoint, Limits(time.monotonic() + 20))


async def failure(peer: peers.Peer, family: str, said: str, **more: Any) -> Failure:
    with pytest.raises(CallError) as caught:
        await ask(peer, family, said, **more)
    assert peers.KEY not in repr(caught.value.failure)
    return caught.value.failure


@pytest.mark.parametrize("family", FAMILIES)
async def test_aimock_answers_in_every_family(aimock: peers.Peer, family: str) -> None:
    reply = await ask(aimock, family, "please fix it")
    assert reply.text == TEXT
    assert reply.thinking == ""
    if family != "ollama":
        # aimock counts nothing when it speaks as Ollama.
        assert (reply.usage.input, reply.usage.output) == (90, 10)


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "ollama"])
async def test_aimock_thinks_apart_from_its_answer(aimock: peers.Peer, family: str) -> None:
    # As Ollama, aimock puts thinking into a field that Ollama does not have.
    reply = await ask(aimock, family, "think about it", effort="low")
    assert (reply.text, reply.thinking) == (TEXT, "Let me see.")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("said", "key", "category"),
    [
        ("too often", peers.KEY, FailureCategory.RATE_LIMIT),
        ("break down", peers.KEY, FailureCategory.PROVIDER_UNAVAILABLE),
        ("too long", peers.KEY, FailureCategory.INCOMPLETE_OUTPUT),
        ("fix", "sk-wrong", FailureCategory.AUTH_ERROR),
        ("something unheard of", peers.KEY, FailureCategory.PROVIDER_UNAVAILABLE),
    ],
)
async def test_what_aimock_refuses_is_told_apart(
    aimock: peers.Peer, family: str, said: str, key: str, category: FailureCategory
) -> None:
    if (said, family) == ("too long", "ollama"):
        # As Ollama, aimock never tells that an answer was cut, and counts nothing.
        assert (await ask(aimock, family, said)).text == "def half("
        return
    found = await failure(aimock, family, said, key=key)
    assert found.category is category
    assert found.after_s == (7.0 if category is FailureCategory.RATE_LIMIT else None)


@pytest.mark.parametrize("family", FAMILIES)
async def test_an_answer_that_aimock_cuts_is_none(aimock: peers.Peer, family: str) -> None:
    found = await failure(aimock, family, "cut")
    assert found.category in {
        FailureCategory.PROVIDER_UNAVAILABLE,
        FailureCategory.INCOMPLETE_OUTPUT,
    }


@pytest.mark.parametrize("family", LLAMA_FAMILIES)
async def test_llama_generates_an_answer(llama: peers.Peer, family: str) -> None:
    heard: list[str] = []
    endpoint = Endpoint("llamacpp", family, llama.url + BASES[family], peers.KEY)
    messages = (Message("system", "You mend code."), Message("user", "Fix it."))
    reply = await call(
        Request(NAME, messages, 100, temperature=0),
        endpoint,
        Limits(time.monotonic() + 20),
        heard=lambda _kind, piece: heard.append(piece),
    )
    assert reply.text == "".join(ANSWER)
    assert heard == list(ANSWER), "Each token comes by itself, and half a character never."
    assert reply.model == NAME
    # `π` is two tokens, and the end is one.
    assert reply.usage.output == len(ANSWER) + 2
    assert (reply.usage.input or 0) > 30
    assert reply.seconds >= reply.first_token_s > 0


@pytest.mark.parametrize("family", LLAMA_FAMILIES)
async def test_llama_tells_what_it_knew_already(llama: peers.Peer, family: str) -> None:
    first = await ask(llama, family, f"Fix it once more, {family}.", temperature=0)
    again = await ask(llama, family, f"Fix it once more, {family}.", temperature=0)
    assert first.usage.input == again.usage.input
    assert again.usage.cached == (again.usage.input or 0) - 1


async def test_llama_tells_which_model_it_has(
    llama: peers.Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", peers.KEY)
    own = ProviderSettings(base_url=f"{llama.url}/v1", key="{env:ACME_KEY}")
    settings = Settings(providers={"llamacpp": own})
    provider = provider_named("llamacpp", settings)
    assert provider is not None
    found = await ask_provider(provider, settings)
    assert found.told is not None, found.trouble
    assert [(one.name, one.window) for one in found.told.models] == [(NAME, peers.WINDOW)]


async def test_llama_keeps_to_a_schema(llama: peers.Peer) -> None:
    schema = {
        "type": "object",
        "properties": {"fixed": {"type": "boolean"}},
        "required": ["fixed"],
        "additionalProperties": False,
    }
    reply = await ask(llama, "openai", "Fix it.", schema=schema, temperature=0)
    assert isinstance(json.loads(reply.text)["fixed"], bool)


@pytest.mark.parametrize("family", LLAMA_FAMILIES)
@pytest.mark.parametrize(
    ("said", "more", "category"),
    [
        ("Fix it.", {"key": "sk-wrong"}, FailureCategory.AUTH_ERROR),
        ("Fix it.", {"max_output": 3}, FailureCategory.INCOMPLETE_OUTPUT),
        ("far too long " * 100, {}, FailureCategory.CONTEXT_OVERFLOW),
    ],
    ids=["wrong key", "cut", "too long"],
)
async def test_what_llama_refuses_is_told_apart(
    llama: peers.Peer, family: str, said: str, more: dict[str, Any], category: FailureCategory
) -> None:
    found = await failure(llama, family, said, **more)
    assert found.category is category
    if category is FailureCategory.CONTEXT_OVERFLOW:
        assert found.limit == peers.WINDOW


async def test_llama_serves_the_next_after_one_has_left(llama: peers.Peer) -> None:
    begun = asyncio.Event()
    endpoint = Endpoint("llamacpp", "openai", f"{llama.url}/v1", peers.KEY)
    request = Request(NAME, (Message("user", "Fix it."),), 200, temperature=0)
    limits = Limits(time.monotonic() + 20)
    asking = asyncio.create_task(
        call(request, endpoint, limits, heard=lambda _kind, _piece: begun.set())
    )
    await begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (await ask(llama, "openai", "Fix it.", temperature=0)).text == "".join(ANSWER)
