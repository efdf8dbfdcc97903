"""Before a question is sent it waits for its key and its turn, and never for longer than it may."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import Hangs
from tests.providers.scripted import ScriptedServer
from tests.unit.engine.models_factory import cloud
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ModelSettings, ProviderSettings, Settings
from understudy.core.failures import CallError, Failure, FailureCategory
from understudy.engine import actions, calling
from understudy.engine.questions import Question
from understudy.engine.reach import Reach, open_reach
from understudy.engine.services import Nowhere
from understudy.journal.ledger import MemoryLedger
from understudy.models.registry import find_model
from understudy.prompt import Part, Prompt, Turn
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: None
) -> AsyncIterator[ScriptedServer]:
    _ = closed
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ACME_KEY", "planted-key-95a0cc71")
    async with ScriptedServer({"coder": [Hangs()]}) as one:
        yield one


def settings_for(server: ScriptedServer) -> Settings:
    acme = ProviderSettings(
        kind="openai", base_url=server.base_url("openai"), key="{env:ACME_KEY}", concurrency=1
    )
    known = ModelSettings(provider="acme", name="coder", context_window=16_000)
    return Settings(providers={"acme": acme}, models={"acme/coder": known})


def question(settings: Settings, deadline_s: float, hedge_after_s: float | None = None) -> Question:
    model = find_model(settings, "acme/coder")
    assert model is not None
    return Question(
        run_id="R",
        number=1,
        model=model,
        view=View("untitled:x", "x", Policy(Trust.TRUSTED)),
        prompt=Prompt((Turn("user", (Part("text", "Why?"),)),)),
        max_output=1_000,
        deadline=time.monotonic() + deadline_s,
        hedge_after_s=hedge_after_s,
    )


async def failure_of(reach: Reach, asked: Question, settings: Settings) -> Failure:
    with pytest.raises(CallError) as caught:
        await reach.ask(asked, settings)
    return caught.value.failure


@pytest.mark.parametrize(("deadline_s", "hedge_after_s"), [(0.3, None), (600.0, 0.3)])
async def test_a_question_does_not_wait_for_its_turn_for_ever(
    server: ScriptedServer, deadline_s: float, hedge_after_s: float | None
) -> None:
    settings = settings_for(server)
    reach = open_reach(settings, Nowhere())
    first = asyncio.create_task(reach.ask(question(settings, 600), settings))
    await server.until(lambda: server.asked)
    async with asyncio.timeout(20):
        failure = await failure_of(reach, question(settings, deadline_s, hedge_after_s), settings)
    assert (failure.category, failure.code) == (FailureCategory.TIMEOUT, "waited_for_turn")
    assert "its turn did not come" in failure.message
    assert "providers.acme.concurrency" in failure.message
    assert len(server.asked) == 1
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert not reach.place("acme", settings).locked()
    assert reach.ledger.may_hedge(), "a question that was not sent gives its leave back"
    await reach.close()


async def test_nor_does_it_wait_for_its_key_for_ever(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(calling, "open_endpoint", locked)
    settings = settings_for(server)
    reach = open_reach(settings, Nowhere())
    async with asyncio.timeout(20):
        failure = await failure_of(reach, question(settings, 600.0, 0.2), settings)
    assert (failure.category, failure.code) == (FailureCategory.TIMEOUT, "waited_for_key")
    assert server.asked == []
    await reach.close()


async def test_a_silent_model_uses_its_leave_up_and_one_that_ends_otherwise_does_not(
    server: ScriptedServer,
) -> None:
    settings = settings_for(server)
    reach = open_reach(settings, Nowhere())
    failure = await failure_of(reach, question(settings, 600.0, 0.2), settings)
    assert failure.code == "timeout_first_token"
    assert not reach.ledger.may_hedge()
    await reach.close()


async def test_whoever_cancels_gets_the_leave_back(server: ScriptedServer) -> None:
    settings = settings_for(server)
    reach = open_reach(settings, Nowhere())
    asking = asyncio.create_task(reach.ask(question(settings, 600.0, 60.0), settings))
    await server.until(lambda: server.asked)
    assert not reach.ledger.may_hedge()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert reach.ledger.may_hedge()
    await reach.close()


@pytest.mark.parametrize("code", ["waited_for_turn", "waited_for_key"])
def test_having_waited_says_nothing_about_the_server(code: str) -> None:
    ledger, model = MemoryLedger(), cloud("acme/coder")
    failure = Failure(FailureCategory.TIMEOUT, "request", "tool", "Too late.", code=code)
    for _ in range(10):
        actions.note(ledger, model, failure)
    assert ledger.claim(model) == ""
    assert not actions.is_counted(failure)
    ledger.close()
