"""Asks a scripted model through the door that the rest of the server uses."""

from __future__ import annotations

import time
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from tests.providers.answers import ODD_TEXT
from tests.providers.asked import Traits
from tests.providers.scripted import ScriptedServer
from understudy.core.failures import CallError
from understudy.wire import Endpoint, Limits, Message, Reply, Request
from understudy.wire.call import call

if TYPE_CHECKING:
    from tests.providers.answers import Answer
    from understudy.core.failures import Failure

KEY = "sk-planted-8f3a91c2d4e5b6a7"
"""It must be in requests, and nowhere else."""
PROVIDERS = {"openai-responses": "openai"}
SHORT_S = 0.15
"""How long silence is borne where silence is what a test is about."""
HANG_UP_S = 1.0
MOST_BYTES = 200_000
MESSAGES = (
    Message("system", "You mend code.", stable=True),
    Message("user", "Here is the file.", stable=True),
    Message("user", f"Mend it: {ODD_TEXT}"),
)


class Memory:
    """Remembers for as long as a test takes."""

    def __init__(self) -> None:
        self.parts: dict[tuple[str, str], set[str]] = {}
        self.windows: dict[tuple[str, str], int] = {}

    def refused(self, provider: str, model: str) -> frozenset[str]:
        return frozenset(self.parts.get((provider, model), ()))

    def refuse(self, provider: str, model: str, part: str) -> None:
        self.parts.setdefault((provider, model), set()).add(part)

    def limit(self, provider: str, model: str) -> int | None:
        return self.windows.get((provider, model))

    def learn_limit(self, provider: str, model: str, tokens: int) -> None:
        self.windows[provider, model] = tokens


def endpoint(server: ScriptedServer, family: str, provider: str = "") -> Endpoint:
    provider = provider or PROVIDERS.get(family, family)
    return Endpoint(provider, family, server.base_url(family), KEY)


def limits(silence_s: float = 10.0, deadline_s: float = 10.0, most: int = MOST_BYTES) -> Limits:
    deadline = time.monotonic() + deadline_s
    return Limits(deadline, 5.0, silence_s, silence_s, most)


async def ask(server: ScriptedServer, family: str, **options: Any) -> Reply:
    """Ask the model `m`, with all patience."""
    request = Request("m", MESSAGES, 400, **options)
    return await call(request, endpoint(server, family), limits())


async def failure(
    answer: Answer, family: str, given: Limits | None = None, provider: str = ""
) -> Failure:
    """How a call of a model with this one answer fails."""
    async with ScriptedServer({"m": [answer]}, traits={"m": Traits(key=KEY)}) as server:
        with pytest.raises(CallError) as caught:
            await call(
                Request("m", MESSAGES, 400),
                endpoint(server, family, provider),
                given or limits(),
            )
        assert KEY not in "".join(traceback.format_exception(caught.value))
        assert KEY not in repr(caught.value.failure)
        await server.until(
            lambda: all(one.finished_at or one.hung_up_at for one in server.asked), HANG_UP_S
        )
        return caught.value.failure
