"""A second model is asked where its agreement decides, and is told nothing of the first one's edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import Says, Status
from tests.providers.stage import MENDED, TEXT
from understudy.config.settings import GateSettings
from understudy.engine.evidence import Band
from understudy.engine.outcome import Status as Ended
from understudy.journal.records import Gate

if TYPE_CHECKING:
    from tests.providers.stage import Stage
    from understudy.engine.outcome import Outcome

AUTO = GateSettings(auto_apply=True)
SPACED = MENDED.replace("return result", "return  result  # the sum")
OTHER = TEXT.replace("something_else_entirely", "len(items)")


def says(text: str) -> Says:
    return Says(f"```python\n{text}```")


def signals(outcome: Outcome) -> dict[str, float | None]:
    assert outcome.candidate is not None
    return {one.signal: one.value for one in outcome.candidate.verdict.reasons}


@pytest.fixture
def careful(stage: Stage) -> Stage:
    """A stage on which what is certain is applied unseen, and nothing is remembered."""
    cache = replace(stage.settings.cache, replies=False)
    stage.settings = replace(stage.settings, gate=AUTO, cache=cache)
    return stage


async def test_two_models_that_agree_make_an_edit_certain(careful: Stage) -> None:
    careful.server.scripts["two"] = [says(SPACED)]
    outcome = await careful.fix()
    assert careful.models == ["one", "two"]
    assert outcome.status is Ended.OFFERED
    assert outcome.candidate is not None
    assert outcome.candidate.model == "acme/one"
    assert outcome.candidate.verdict.band is Band.AUTO
    assert outcome.candidate.verdict.stratum == "two_models"
    assert signals(outcome)["agreement"] == 1
    first, second = careful.asked
    assert first.body["messages"] == second.body["messages"]
    # What is recorded is the verdict that counts.
    assert [row.band for row in careful.rows if isinstance(row, Gate)][-1] == "auto"
    assert outcome.asked == ("builtin/rules", "acme/one", "acme/two")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("one", "openai/one"),
        ("gpt-4o", "gpt-4o-2024-08-06"),
        ("llama3.1:8b", "meta-llama/llama-3.1-8b-instruct"),
    ],
)
async def test_the_same_model_elsewhere_is_no_second_one(
    careful: Stage, first: str, second: str
) -> None:
    known = careful.settings.models
    names = {"acme/one": first, "acme/two": second}
    models = {**known, **{key: replace(known[key], name=name) for key, name in names.items()}}
    careful.settings = replace(careful.settings, models=models)
    careful.server.scripts |= {first: [says(MENDED)], second: [says(SPACED)]}
    outcome = await careful.fix()
    assert careful.models == [first]
    assert outcome.candidate is not None
    assert outcome.candidate.verdict.band is Band.CONFIRM


async def test_two_models_that_differ_leave_the_edit_for_confirmation(careful: Stage) -> None:
    careful.server.scripts["two"] = [says(OTHER)]
    outcome = await careful.fix()
    assert outcome.candidate is not None
    assert outcome.candidate.verdict.band is Band.CONFIRM
    assert signals(outcome)["agreement"] == 0


@pytest.mark.parametrize(
    "answer", [Says("I would rather not."), Status(500, {"error": {"message": "down"}})]
)
async def test_a_second_model_that_says_nothing_changes_nothing(
    careful: Stage, answer: Says | Status
) -> None:
    careful.server.scripts["two"] = [answer]
    outcome = await careful.fix()
    assert outcome.status is Ended.OFFERED
    assert outcome.candidate is not None
    assert outcome.candidate.verdict.band is Band.CONFIRM
    assert "agreement" not in signals(outcome)


@pytest.mark.parametrize(
    ("gate", "asked"),
    [
        (GateSettings(), ["one"]),
        (GateSettings(second_opinion="always"), ["one", "two"]),
        (replace(AUTO, second_opinion="never"), ["one"]),
        # Agreement could not lift the edit above this.
        (replace(AUTO, auto_score=0.999), ["one"]),
    ],
)
async def test_no_opinion_is_bought_that_decides_nothing(
    careful: Stage, gate: GateSettings, asked: list[str]
) -> None:
    careful.settings = replace(careful.settings, gate=gate)
    outcome = await careful.fix()
    assert careful.models == asked
    assert outcome.status is Ended.OFFERED


async def test_a_model_that_failed_at_the_same_problem_is_not_asked_again(careful: Stage) -> None:
    careful.server.scripts["one"] = [Says("No.")]
    outcome = await careful.fix()
    assert careful.models[-1] == "two"
    assert careful.models.count("two") == 1
    assert outcome.status is Ended.OFFERED
    assert "agreement" not in signals(outcome)


async def test_no_opinion_is_bought_for_more_than_is_spent_without_a_question(
    careful: Stage,
) -> None:
    dear = replace(careful.settings.models["acme/two"], price_in=5_000.0, price_out=5_000.0)
    careful.settings = replace(
        careful.settings, models={**careful.settings.models, "acme/two": dear}
    )
    outcome = await careful.fix()
    assert careful.models == ["one"]
    assert outcome.status is Ended.OFFERED
