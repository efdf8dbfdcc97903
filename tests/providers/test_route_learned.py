"""Runs whose models the router chose: what it chose is asked, and what they did is learned."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.stage import TEXT
from tests.providers.test_routing import FILLER
from tests.providers.test_running import told
from tests.unit.engine.test_exploring import LUCKY
from understudy.config.paths import journal_file
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ModelSettings, RoutingSettings
from understudy.engine import experience
from understudy.engine.outcome import Status as Ended
from understudy.engine.reach import open_reach
from understudy.engine.run import How, carry_out
from understudy.engine.services import Services
from understudy.engine.subject import Wish
from understudy.journal.records import Event, Run, RunEnded
from understudy.journal.store import Journal
from understudy.tasks import document
from understudy.workspace.view import View

if TYPE_CHECKING:
    import pytest

    from tests.providers.stage import Stage


def free_choice(stage: Stage, **values: Any) -> None:
    """No chain: the router chooses between models of two providers, at one price."""
    one = stage.settings.providers["acme"]
    priced = ModelSettings(price_in=2.0, price_out=10.0, context_window=32_768)
    stage.settings = replace(
        stage.settings,
        providers=MappingProxyType({"acme": one, "other": one}),
        models=MappingProxyType({"acme/one": priced, "other/two": priced}),
        model_routing=MappingProxyType({}),
        cache=replace(stage.settings.cache, replies=False),
        **values,
    )
    stage.clouds = frozenset({"acme", "other"})


def write_down(stage: Stage) -> None:
    """All that was recorded so far goes into the journal's file."""
    journal = Journal.open(journal_file(), stage.settings)
    for row in stage.rows:
        journal.record(row)
    assert journal.close(10.0)


async def test_the_model_that_was_routed_is_the_one_that_was_called(stage: Stage) -> None:
    free_choice(stage)
    outcome = await stage.fix()
    routed = [one for one in outcome.models if one != "builtin/rules"]
    assert [call.model for call in stage.calls] == routed[:1] == ["acme/one"]
    assert stage.models == ["one"]
    assert [row.model for row in stage.rows if isinstance(row, RunEnded)] == routed[:1]


async def test_what_a_run_taught_leads_the_next_one_to_another_model(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experience, "_YOUNG_S", 0.0)
    free_choice(stage, cascade=replace(stage.settings.cascade, restore_primary="nextTask"))
    stage.server.scripts["one"] = [Says(answers.PROSE)] * 3
    assert (await stage.fix()).status is Ended.OFFERED
    assert stage.models == ["one", "one", "one", "two"]
    await asyncio.to_thread(write_down, stage)
    outcome = await stage.fix()
    assert outcome.models[1:] == ("other/two", "acme/one")
    assert stage.models[4:] == ["two"]


async def test_the_size_of_a_question_is_told_from_the_prompt_that_was_built(stage: Stage) -> None:
    stage.text = FILLER + TEXT
    lines = stage.text.replace("something_else_entirely", "result").splitlines(keepends=True)[-5:]
    stage.server.scripts["one"] = [Says(f"```python\n{''.join(lines)}```")]
    priced = ModelSettings(price_in=1.0, price_out=0.000001, context_window=32_768)
    models = {"acme/one": priced, "acme/two": priced}
    stage.settings = replace(stage.settings, models=MappingProxyType(models))
    await stage.fix("acme/one")
    (call,), (question,) = stage.calls, stage.asked
    assert call.estimated_usd is not None
    tokens = call.estimated_usd * 1_000_000
    assert len(told(question)) / 5 < tokens < len(told(question)) / 2


async def test_a_request_that_explores_says_so_and_the_journal_has_it(stage: Stage) -> None:
    # Each first question is answered well: a model that failed is passed over the next time.
    head, body = TEXT.split("\n", 1)
    documented = f'{head}\n    """The price of all items together."""\n{body}'
    for name in ("one", "two"):
        stage.server.scripts[name] = [Says(f"```python\n{documented}```")]
    free_choice(stage, routing=RoutingSettings(exploration=0.05))
    path = stage.root / stage.name
    policy = Policy(Trust.TRUSTED, clouds=stage.clouds)
    view = View(path.as_uri(), TEXT, policy, version=1, path=path, root=stage.root)
    reach = open_reach(stage.settings, stage)
    services = Services(
        settings=stage.settings,
        recorder=stage,
        reach=reach,
        state=reach.ledger,
        task=document.TASK,
    )
    try:
        wish = Wish("Document it.", range(5))
        for request in (LUCKY, "REQUEST00000"):
            how = How(job=request)
            outcome = await carry_out(view, wish, services, how)
            first = outcome.models[1]
            explores = request == LUCKY
            assert stage.calls[-1].model == outcome.asked[-1]
            assert outcome.asked == (first,)
            assert first == ("other/two" if explores else "acme/one")
            assert any("`routing.exploration`" in line for line in outcome.handovers) == explores
    finally:
        await reach.close()
    runs = [row.id for row in stage.rows if isinstance(row, Run)]
    events = [
        row.subject for row in stage.rows if isinstance(row, Event) and row.kind == "explored"
    ]
    assert events == runs[:1]
