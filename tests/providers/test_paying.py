"""Runs on scripted models that cost money: what a failed call costs, and who hears of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.providers import answers
from tests.providers.answers import Hangs, Says, Truncated
from tests.providers.stage import GOOD
from understudy.config.paths import journal_file
from understudy.config.settings import ModelSettings
from understudy.engine.outcome import Status as Ended
from understudy.journal.ledger import Ledger
from understudy.wire import Usage

if TYPE_CHECKING:
    from tests.providers.stage import Stage

ONE = ModelSettings(name="one-cloud", price_in=10.0, price_out=10.0)
TWO = replace(ONE, name="two-cloud")


@pytest.fixture
def paid(stage: Stage) -> Stage:
    """Two models that are handed on to their vendor, as their names say, and cost money."""
    stage.server.scripts = {"one-cloud": [GOOD], "two-cloud": [GOOD]}
    stage.clouds = frozenset({"acme"})
    stage.settings = replace(
        stage.settings,
        models=MappingProxyType({"acme/one": ONE, "acme/two": TWO}),
        cascade=replace(stage.settings.cascade, hedge=False),
    )
    return stage


def spent() -> float:
    """What the ledger counts for the day."""
    ledger = Ledger(journal_file())
    try:
        return ledger.spent("", "acme")["day"]
    finally:
        ledger.close()


async def test_a_cut_answer_is_not_told_and_recorded_as_free(paid: Stage) -> None:
    paid.server.scripts["one-cloud"] = [Truncated()]
    outcome = await paid.fix()
    assert outcome.status is Ended.OFFERED
    assert outcome.cost_usd is None
    assert [call.cost_usd is None for call in paid.calls] == [True, False]
    assert await asyncio.to_thread(spent) >= (paid.calls[0].estimated_usd or 0.0) > 0


async def test_a_whole_answer_that_is_a_failure_costs_what_its_provider_counted(
    paid: Stage,
) -> None:
    counted = Usage(input=900, cached=0, cache_written=0, output=100, reasoning=0)
    paid.server.scripts["one-cloud"] = [Says("def half(", finish="length", usage=counted)]
    outcome = await paid.fix()
    assert outcome.status is Ended.OFFERED
    assert paid.calls[0].cost_usd == pytest.approx(0.01)
    assert (paid.calls[0].input_tokens, paid.calls[0].output_tokens) == (900, 100)
    assert outcome.cost_usd == pytest.approx(sum(call.cost_usd or 0 for call in paid.calls))
    assert await asyncio.to_thread(spent) == pytest.approx(outcome.cost_usd)


async def test_cut_answers_of_models_that_take_over_count_toward_their_limit(paid: Stage) -> None:
    paid.server.scripts["one-cloud"] = [Says(answers.PROSE)]
    paid.server.scripts["two-cloud"] = [Truncated()]
    cheap = replace(ONE, price_in=0.001, price_out=0.001)
    paid.settings = replace(
        paid.settings,
        models=MappingProxyType({"acme/one": cheap, "acme/two": TWO}),
        cascade=replace(paid.settings.cascade, max_extra_cost_usd=0.02, ask_above_usd=1.0),
    )
    await paid.fix()
    dear = [call for call in paid.calls if call.model == "acme/two"]
    assert len(dear) == 1
    assert 0.01 < (dear[0].estimated_usd or 0.0) <= 0.02


async def test_a_question_that_waits_for_its_place_costs_nothing_when_it_is_cancelled(
    paid: Stage,
) -> None:
    paid.server.scripts["one-cloud"] = [Hangs()]
    provider = replace(paid.settings.providers["acme"], concurrency=1)
    paid.settings = replace(
        paid.settings,
        providers=MappingProxyType({"acme": provider}),
        model_routing=MappingProxyType({"debugging": ("acme/one",)}),
    )
    running = asyncio.ensure_future(paid.fix(times=3))
    await paid.server.until(lambda: paid.models)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert paid.models == ["one-cloud"]
    estimates = [call.estimated_usd for call in paid.calls if call.cost_usd is None]
    assert len(estimates) == 1
    assert await asyncio.to_thread(spent) == pytest.approx(estimates[0])


async def test_a_reply_is_kept_only_when_its_edit_was_proved(paid: Stage) -> None:
    paid.server.scripts["one-cloud"] = [Says(answers.PROSE)]
    paid.settings = replace(
        paid.settings, model_routing=MappingProxyType({"debugging": ("acme/one",)})
    )
    assert (await paid.fix("acme/one")).status is Ended.UNFIXED
    paid.server.scripts["one-cloud"] = [GOOD]
    assert (await paid.fix("acme/one")).status is Ended.OFFERED
    assert not any(call.remembered for call in paid.calls)
    await paid.fix("acme/one")
    assert paid.calls[-1].remembered
