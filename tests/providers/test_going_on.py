"""Runs in which the first model does not do, and what the second one still gets."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import pytest

from tests.providers.answers import LENGTH, Hangs, Says, SlowDrip, Status
from tests.providers.stage import GOOD, TEXT
from tests.unit.workspace.planted_secrets import TOKENS
from understudy.config.learning_settings import LearningSettings
from understudy.config.settings import ModelSettings
from understudy.engine.outcome import Status as Ended

if TYPE_CHECKING:
    from tests.providers.stage import Stage


async def test_a_model_that_drips_on_leaves_time_for_the_next_one(stage: Stage) -> None:
    stage.server.scripts = {"one": [SlowDrip(every_s=0.05)], "two": [GOOD]}
    stage.settings = replace(
        stage.settings,
        fix=replace(stage.settings.fix, timeout_s=8.0),
        cascade=replace(stage.settings.cascade, hedge=False),
    )
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["one", "two"]
    assert outcome.handovers[-1].startswith("acme/one failed timeout")


async def test_a_request_that_one_model_refuses_goes_to_the_next_one_at_once(stage: Stage) -> None:
    refusal = {"error": {"message": "Invalid schema for field x", "type": "invalid_request_error"}}
    stage.server.scripts = {"one": [Status(400, refusal)], "two": [GOOD]}
    assert (await stage.fix()).status is Ended.OFFERED
    assert stage.models == ["one", "two"]


async def test_a_provider_that_cancels_the_answer_by_itself_makes_way_for_the_next_model(
    stage: Stage,
) -> None:
    stage.server.scripts = {"one": [Status(499, {"error": "request canceled"})], "two": [GOOD]}
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["one", "two"]
    assert outcome.handovers[-1].startswith("acme/one failed provider_unavailable")


async def test_a_reply_that_writes_something_else_for_a_secret_is_refused(stage: Stage) -> None:
    # Asked in another way, a model that always says the same fails in another way.
    stage.settings = replace(stage.settings, learning=LearningSettings(strategies=False))
    token = TOKENS[0][1]
    stage.text = TEXT.replace("result = 0", f"result, key = 0, '{token}'")
    mended = stage.text.replace("something_else_entirely", "result").replace(token, "YOUR_TOKEN")
    stage.server.scripts = {name: [Says(f"```python\n{mended}```")] for name in ("one", "two")}
    outcome = await stage.fix()
    assert outcome.status is not Ended.OFFERED
    assert "would lose a secret" in outcome.reason
    assert token not in outcome.reason


def limits_of(stage: Stage) -> list[tuple[str, int]]:
    """How many tokens the answers of the models might have that were asked."""
    bodies = [(one.model, json.loads(one.raw)) for one in stage.asked]
    return [
        (name, body.get("max_completion_tokens") or body["max_tokens"]) for name, body in bodies
    ]


async def test_an_answer_that_was_cut_is_asked_for_once_more_with_room_for_a_longer_one(
    stage: Stage,
) -> None:
    stage.server.scripts = {"one": [LENGTH, GOOD], "two": [GOOD]}
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    (first, usual), (second, more) = limits_of(stage)
    assert (first, second) == ("one", "one")
    assert more > usual
    assert [call.how for call in stage.calls] == ["next", "longer"]


async def test_a_model_whose_answers_stay_too_long_makes_way_for_the_next_one(
    stage: Stage,
) -> None:
    stage.server.scripts = {"one": [LENGTH], "two": [GOOD]}
    assert (await stage.fix()).status is Ended.OFFERED
    assert stage.models == ["one", "one", "two"]
    assert limits_of(stage)[2][1] == limits_of(stage)[0][1]


async def test_a_model_that_can_give_no_longer_answer_makes_way_at_once(stage: Stage) -> None:
    stage.server.scripts = {"one": [LENGTH], "two": [GOOD]}
    models = {"acme/one": ModelSettings(max_output=900), "acme/two": ModelSettings()}
    stage.settings = replace(stage.settings, models=MappingProxyType(models))
    assert (await stage.fix()).status is Ended.OFFERED
    assert stage.models == ["one", "two"]


@pytest.mark.parametrize("before", ["headers", "middle"])
async def test_a_model_that_hangs_in_every_run_is_never_waited_for_to_its_limit(
    stage: Stage, before: Literal["headers", "middle"]
) -> None:
    stage.server.scripts = {"one": [Hangs(before)], "two": [GOOD]}
    stage.settings = replace(
        stage.settings,
        fix=replace(stage.settings.fix, timeout_s=300.0),
        cascade=replace(stage.settings.cascade, hedge_after_s=0.5),
        cache=replace(stage.settings.cache, replies=False),
    )
    async with asyncio.timeout(19):
        outcomes = [await stage.fix() for _ in range(5)]
    assert {one.status for one in outcomes} == {Ended.OFFERED}
    # After three silences nobody asks it any more for a while.
    assert stage.models == ["one", "two"] * 3 + ["two"] * 2


@pytest.mark.parametrize("before", ["headers", "first token"])
async def test_two_models_that_hang_in_a_row_are_both_given_up_early(
    stage: Stage, before: Literal["headers", "first token"]
) -> None:
    stage.server.scripts = {"one": [Hangs(before)], "two": [Hangs(before)], "three": [GOOD]}
    models = ("acme/one", "acme/two", "acme/three")
    stage.settings = replace(
        stage.settings,
        fix=replace(stage.settings.fix, timeout_s=300.0),
        cascade=replace(stage.settings.cascade, hedge_after_s=0.5),
        models=MappingProxyType({name: ModelSettings() for name in models}),
        model_routing=MappingProxyType({"debugging": ("builtin/rules", *models)}),
    )
    async with asyncio.timeout(19):
        outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["one", "two", "three"]
