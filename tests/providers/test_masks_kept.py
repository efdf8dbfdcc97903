"""Runs over code with secrets: a model can do what it is told about a mask."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import Says
from tests.providers.stage import TEXT
from tests.unit.workspace.planted_secrets import TOKENS
from understudy.config.learning_settings import LearningSettings
from understudy.engine.clearance import cleared
from understudy.engine.outcome import Status as Ended
from understudy.workspace.secrets import find_masks, mask

if TYPE_CHECKING:
    from tests.providers.stage import Stage

TOKEN = TOKENS[0][1]
(NAME,) = mask(TOKEN).replacements


def code(value: str, literal: str = "") -> str:
    """A function with a secret, and with a text that may look like its mask."""
    return TEXT.replace("result = 0", f"result, key, seen = 0, '{value}', '{literal}'")


def says(value: str, literal: str = "") -> Says:
    """A reply that mends the function and writes this where the secret stands."""
    mended = code(value, literal).replace("something_else_entirely", "result")
    return Says(f"```python\n{mended}```")


def told(stage: Stage, number: int) -> str:
    """What stands in a question."""
    return stage.asked[number].raw.decode()


@pytest.fixture
def patient(stage: Stage) -> Stage:
    """Asked in another way, a model that is only told once more would not be."""
    stage.settings = replace(stage.settings, learning=LearningSettings(strategies=False))
    return stage


async def test_a_model_that_puts_back_the_mask_it_was_told_of_is_heard(patient: Stage) -> None:
    patient.text = code(TOKEN)
    patient.server.scripts = {"one": [says(""), says(NAME)]}
    outcome = await patient.fix()
    assert patient.models == ["one", "one"]
    assert f"leaves out `{NAME}`" in told(patient, 1)
    assert set(find_masks(told(patient, 1))) == {NAME}
    assert outcome.status is Ended.OFFERED


async def test_a_secret_keeps_its_mask_in_all_questions_of_a_run_where_the_code_has_one_like_it(
    patient: Stage,
) -> None:
    patient.text = code(TOKEN, NAME)
    patient.server.scripts = {"one": [says(NAME, NAME)], "two": [says(NAME, NAME)]}
    await patient.fix()
    shown = [re.findall(r"key, seen = 0, '(.*?)', '(.*?)'", told(patient, n))[0] for n in range(4)]
    assert len(set(shown)) == 1
    (name, literal), *_ = shown
    assert literal == NAME
    assert name.startswith(NAME.rstrip(">"))
    assert name != NAME
    for number in range(1, 4):
        assert f"leaves out `{name}`" in told(patient, number)
        assert set(find_masks(told(patient, number))) == {name, NAME}


async def test_the_longer_mask_can_be_put_back_as_well(patient: Stage) -> None:
    patient.text = code(TOKEN, NAME)
    (name,) = mask(patient.text).replacements
    patient.server.scripts = {"one": [says(NAME, NAME), says(name, NAME)]}
    outcome = await patient.fix()
    assert patient.models == ["one", "one"]
    assert outcome.status is Ended.OFFERED


async def test_the_prompt_of_a_run_is_shown_with_the_masks_that_were_sent(patient: Stage) -> None:
    patient.text = code(TOKEN)
    patient.server.scripts = {"one": [says("")], "two": [says("")]}
    outcome = await patient.fix()
    assert outcome.prompt is not None
    shown = cleared(outcome.prompt, patient.text).messages
    sent = [message["content"] for message in json.loads(patient.asked[-1].raw)["messages"]]
    assert [message.text for message in shown] == sent
    assert f"leaves out `{NAME}`" in sent[-1]
