"""Runs on scripted models: the way through them is the one that `route explain` tells."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.providers import answers
from tests.providers.answers import Says, Status
from tests.providers.stage import GOOD, OVERFLOW, TEXT
from tests.providers.test_running import told
from understudy.caches.shelf import DiskShelf
from understudy.config.paths import journal_file
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ModelSettings
from understudy.core.failures import Failure, FailureCategory
from understudy.engine.outcome import Status as Ended
from understudy.engine.router import route
from understudy.engine.situation import situate
from understudy.journal.ledger import Ledger
from understudy.models.registry import find_model
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from tests.providers.stage import Stage
    from understudy.config.settings import Settings
    from understudy.models.registry import Model

DOWN = Failure(FailureCategory.PROVIDER_UNAVAILABLE, "request", "provider", "It is down.")
FILLER = "".join(f"value_{n} = {n}\n" for n in range(90))


def model_of(settings: Settings, name: str) -> Model:
    found = find_model(settings, name)
    assert found is not None
    return found


def two_providers(stage: Stage) -> None:
    """The first model's key is not there."""
    keyless = replace(stage.settings.providers["acme"], key="{env:NO_SUCH_KEY_ANYWHERE}")
    providers = {"acme": keyless, "other": stage.settings.providers["acme"]}
    stage.settings = replace(
        stage.settings,
        providers=MappingProxyType(providers),
        models=MappingProxyType({"acme/one": ModelSettings(), "other/two": ModelSettings()}),
        model_routing=MappingProxyType({}),
    )


async def test_a_run_goes_the_way_that_is_explained(stage: Stage) -> None:
    two_providers(stage)
    ledger = Ledger(journal_file())
    try:
        situation = await asyncio.to_thread(situate, stage.settings, Policy(Trust.TRUSTED), ledger)
    finally:
        ledger.close()
    explained = route(TASK, stage.settings, None, situation)
    outcome = await stage.fix()
    assert outcome.models == explained.models == ("builtin/rules", "other/two")
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["two"]


async def test_a_model_whose_window_the_problem_does_not_fit_is_not_asked(stage: Stage) -> None:
    stage.text = TEXT.replace("result = 0", f"result = 0  # {'why ' * 2_000}")
    small = ModelSettings(context_window=2_000)
    models = {"acme/one": small, "acme/two": ModelSettings(context_window=200_000)}
    stage.settings = replace(stage.settings, models=MappingProxyType(models))
    outcome = await stage.fix()
    assert outcome.models == ("builtin/rules", "acme/two")
    assert stage.models == ["two"]


async def test_a_remembered_reply_says_nothing_about_the_server(stage: Stage) -> None:
    await stage.fix("acme/one")
    model = model_of(stage.settings, "acme/one")
    ledger = Ledger(journal_file())
    for _ in range(5):
        await asyncio.to_thread(ledger.unreachable, model, DOWN)
    before = await asyncio.to_thread(ledger.objection, model)
    await stage.fix("acme/one")
    after = await asyncio.to_thread(ledger.objection, model)
    ledger.close()
    assert stage.calls[-1].remembered
    assert before
    assert bool(after) == bool(before)


@pytest.mark.parametrize("refusal", [Status(400, {"error": {"message": "no"}}), answers.Refuses()])
async def test_a_server_that_refuses_was_reached(stage: Stage, refusal: answers.Answer) -> None:
    stage.server.scripts["one"] = [refusal]
    model = model_of(stage.settings, "acme/one")
    ledger = Ledger(journal_file())
    for _ in range(5):
        await asyncio.to_thread(ledger.unreachable, model, DOWN)
    await stage.fix("acme/one")
    after = await asyncio.to_thread(ledger.objection, model)
    ledger.close()
    assert stage.models
    assert after == ""


async def test_the_next_model_gets_the_whole_prompt_again(stage: Stage) -> None:
    stage.text = FILLER + TEXT
    stage.server.scripts["one"] = [OVERFLOW]
    lines = stage.text.replace("something_else_entirely", "result").splitlines(keepends=True)[-5:]
    stage.server.scripts["two"] = [Says(f"```python\n{''.join(lines)}```")]
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["one", "one", "two"]
    first, second, third = (told(one) for one in stage.asked)
    assert len(second) < len(first)
    assert "value_60 = 60" in first
    assert "value_60 = 60" in third


async def test_the_loop_reads_no_cache_and_looks_at_no_whole_text(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    callers: list[tuple[str, int]] = []

    def noting(where: Any, name: str) -> None:
        real = getattr(where, name)

        def note(*arguments: Any, **options: Any) -> Any:
            callers.append((name, threading.get_ident()))
            return real(*arguments, **options)

        monkeypatch.setattr(where, name, note)

    from understudy.engine import drafting, prompts

    noting(DiskShelf, "get")
    noting(DiskShelf, "put")
    noting(prompts, "edit_prompt")
    for name in ("incomplete", "polluted"):
        noting(drafting, name)
    stage.server.scripts["one"] = [Says(answers.PROSE), GOOD]
    assert (await stage.fix()).status is Ended.OFFERED
    assert {name for name, _ in callers} == {"get", "put", "edit_prompt", "incomplete", "polluted"}
    assert not [name for name, thread in callers if thread == threading.get_ident()]


async def test_a_window_that_was_learned_is_no_dead_end_for_a_model_with_more(stage: Stage) -> None:
    stage.text = TEXT.replace("result = 0", f"result = 0  # {'why ' * 600}")
    small = {"error": {"message": "Max size: 600 tokens.", "code": "tokens_limit_reached"}}
    stage.server.scripts["one"] = [Status(413, small)]
    mended = stage.text.replace("something_else_entirely", "result")
    stage.server.scripts["two"] = [Says(f"```python\n{mended}```")]
    wide = ModelSettings(context_window=32_768)
    stage.settings = replace(
        stage.settings,
        models=MappingProxyType({"acme/one": wide, "acme/two": wide}),
        cache=replace(stage.settings.cache, replies=False),
    )
    outcomes = [await stage.fix() for _ in range(3)]
    assert {one.status for one in outcomes} == {Ended.OFFERED}
    assert stage.models.count("two") == 3
    assert stage.models[-2:] == ["two", "two"], "the first one is known to have no room"


async def test_a_model_that_the_account_may_not_use_bars_no_other_one(stage: Stage) -> None:
    refusal = {"error": {"code": "no_access", "message": "No access to model: openai/o3"}}
    stage.server.scripts["one"] = [Status(403, refusal)]
    stage.settings = replace(
        stage.settings,
        providers=MappingProxyType({"github": stage.settings.providers["acme"]}),
        models=MappingProxyType({"github/one": ModelSettings(), "github/two": ModelSettings()}),
        model_routing=MappingProxyType({"debugging": ("github/one", "github/two")}),
    )
    assert (await stage.fix()).status is Ended.OFFERED
    assert stage.models == ["one", "two"]


async def test_an_answer_that_may_be_too_long_is_asked_for_shorter_in_the_same_run(
    stage: Stage,
) -> None:
    message = (
        "'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum context"
        " length is 6000 tokens and your request has 1200 input tokens"
    )
    refusal = {"error": {"message": message, "type": "BadRequestError", "param": "max_tokens"}}
    thinks = ModelSettings(
        capabilities=frozenset({"code-generation", "reasoning"}), context_window=32_768
    )
    stage.text = FILLER + TEXT
    lines = stage.text.replace("something_else_entirely", "result").splitlines(keepends=True)[-5:]
    stage.server.scripts["one"] = [Status(400, refusal), Says(f"```python\n{''.join(lines)}```")]
    stage.settings = replace(stage.settings, models=MappingProxyType({"acme/one": thinks}))
    outcome = await stage.fix("acme/one")
    assert outcome.status is Ended.OFFERED
    limits = [
        one.body.get("max_tokens", one.body.get("max_completion_tokens")) for one in stage.asked
    ]
    assert limits == [8_192, 3_000]


async def test_a_model_that_is_left_alone_is_named_in_the_next_run(stage: Stage) -> None:
    busy = Status(429, {"error": {"message": "Rate limit reached."}}, {"retry-after": "60"})
    stage.server.scripts = {"one": [busy], "two": [GOOD, GOOD]}
    models = {"acme/one": ModelSettings(), "other/two": ModelSettings()}
    chain = ("builtin/rules", "acme/one", "other/two")
    stage.settings = replace(
        stage.settings,
        providers=MappingProxyType(
            dict.fromkeys(("acme", "other"), stage.settings.providers["acme"])
        ),
        models=MappingProxyType(models),
        model_routing=MappingProxyType({"debugging": chain}),
    )
    await stage.fix()
    (line,) = (await stage.fix()).handovers
    assert line.startswith("`acme/one` is left alone until")
    assert line.endswith("\u2192 other/two.")
    assert stage.models == ["one", "two"], "the same reply is remembered"
