"""Runs on scripted models: what each model is told, what is remembered, and what never leaves."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.providers import answers
from tests.providers.answers import Says, Status
from tests.providers.stage import GOOD, OVERFLOW, TEXT, WORSE
from understudy.config.learning_settings import LearningSettings
from understudy.config.settings import BudgetSettings, ModelSettings, PrivacySettings
from understudy.core.failures import FailureCategory
from understudy.engine.outcome import Status as Ended
from understudy.journal.records import CallJudged

if TYPE_CHECKING:
    from tests.providers.asked import Asked
    from tests.providers.stage import Stage


def told(asked: Asked) -> str:
    """All that a model was told."""
    return "\n".join(message["content"] for message in asked.body["messages"])


async def test_the_next_model_gets_the_case_and_what_was_tried_but_no_foreign_thoughts(
    stage: Stage,
) -> None:
    stage.server.scripts["one"] = [WORSE]
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["one", "one", "one", "two"]
    last = told(stage.asked[-1])
    assert TEXT in last
    assert "+    return another_wrong_one" in last
    assert "It leaves a new problem: ruff F821" in last
    assert last.count("+    return another_wrong_one") <= 3
    assert "secret thoughts" not in last
    assert len(last) < 3 * len(told(stage.asked[0])) + 9_000


async def test_a_name_that_a_model_made_up_is_called_so_to_the_model_and_the_user(
    stage: Stage,
) -> None:
    # What this machine has installed must not matter.
    (stage.root / ".venv" / "lib" / "python3.12" / "site-packages").mkdir(parents=True)
    stage.server.scripts["one"] = [WORSE]
    stage.server.scripts["two"] = [WORSE]
    outcome = await stage.fix()
    # The model is told and asked again, before another one takes over.
    assert stage.models[:2] == ["one", "one"]
    assert "`another_wrong_one` is a name that exists nowhere" in told(stage.asked[1])
    judged = [row.category for row in stage.rows if isinstance(row, CallJudged)]
    assert set(judged) == {FailureCategory.HALLUCINATION}
    assert outcome.status is Ended.WITHHELD
    assert outcome.category is FailureCategory.HALLUCINATION
    assert "`another_wrong_one` is a name that exists nowhere" in outcome.reason


async def test_a_name_that_only_lacks_its_import_is_not_called_made_up(stage: Stage) -> None:
    stage.settings = replace(stage.settings, learning=LearningSettings(strategies=False))
    text = TEXT.replace("something_else_entirely", "Path(result)")
    stage.server.scripts["one"] = [Says(f"```python\n{text}```")]
    await stage.fix()
    judged = [row.category for row in stage.rows if isinstance(row, CallJudged)]
    assert judged
    assert FailureCategory.HALLUCINATION not in judged


async def test_failures_are_remembered_by_the_next_process(stage: Stage) -> None:
    stage.server.scripts["one"] = [Says(answers.PROSE)]
    await stage.fix()
    assert stage.models == ["one", "one", "one", "two"]
    stage.settings = replace(stage.settings, cache=replace(stage.settings.cache, replies=False))
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    assert stage.models[4:] == ["two"]


async def test_the_same_question_is_answered_from_the_cache(stage: Stage) -> None:
    first = await stage.fix()
    second = await stage.fix()
    assert stage.models == ["one"]
    assert first.candidate is not None
    assert second.candidate is not None
    assert second.candidate.edits == first.candidate.edits
    assert [call.remembered for call in stage.calls] == [False, True]


async def test_a_budget_is_kept_before_anything_is_sent(stage: Stage) -> None:
    priced = ModelSettings(price_in=1_000.0, price_out=1_000.0)
    stage.settings = replace(
        stage.settings,
        providers=MappingProxyType({}),
        models=MappingProxyType({"openai/one": priced}),
        model_routing=MappingProxyType({"debugging": ("openai/one",)}),
        budget=BudgetSettings(per_request_usd=0.01),
    )
    outcome = await stage.fix("openai/one")
    assert outcome.status is Ended.UNFIXED
    assert stage.asked == []


@pytest.mark.parametrize("request_id", ["", "01JOB"])
async def test_runs_of_one_request_share_its_budget(stage: Stage, request_id: str) -> None:
    stage.request = request_id
    stage.settings = replace(
        stage.settings,
        # A call costs $0.18, of which $0.07 are put aside before.
        models=MappingProxyType({"acme/one": ModelSettings(price_in=200.0, price_out=0.0)}),
        model_routing=MappingProxyType({"debugging": ("acme/one",)}),
        budget=BudgetSettings(per_request_usd=0.20),
        cache=replace(stage.settings.cache, replies=False),
    )
    assert (await stage.fix()).status is Ended.OFFERED
    second = await stage.fix()
    alone = not request_id
    assert second.status is (Ended.OFFERED if alone else Ended.UNFIXED)
    assert len(stage.asked) == (2 if alone else 1)
    assert alone or "`budget.per_request_usd`" in second.reason


async def test_a_prompt_that_is_too_long_is_cut_before_a_larger_model_is_asked(
    stage: Stage,
) -> None:
    stage.text = "".join(f"value_{n} = {n}\n" for n in range(90)) + TEXT
    mended = stage.text.replace("something_else_entirely", "result")
    lines = mended.splitlines(keepends=True)[-5:]
    stage.server.scripts["one"] = [OVERFLOW, Says(f"```python\n{''.join(lines)}```")]
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    first, second = stage.asked
    assert (first.model, second.model) == ("one", "one")
    assert len(told(second)) < len(told(first))


async def test_a_refused_parameter_is_left_out_and_never_sent_again(stage: Stage) -> None:
    stage.settings = replace(
        stage.settings,
        models=MappingProxyType({"acme/one": ModelSettings(temperature=0.2)}),
        model_routing=MappingProxyType({"debugging": ("acme/one",)}),
        cache=replace(stage.settings.cache, replies=True),
    )
    refusal = {
        "message": "Unsupported parameter: 'temperature' is not supported with this model.",
        "type": "invalid_request_error",
        "param": "temperature",
        "code": "unsupported_parameter",
    }
    stage.server.scripts["one"] = [Status(400, {"error": refusal}), GOOD]
    outcome = await stage.fix()
    assert outcome.status is Ended.OFFERED
    stage.text = TEXT.replace("total", "sum_of")
    await stage.fix()
    assert ["temperature" in one.body for one in stage.asked[:3]] == [True, False, False]
    # The repetition is part of the call that made it necessary, and seen there.
    assert [call.requests for call in stage.calls] == [2, 1]


async def test_the_model_that_the_user_names_is_the_only_one(stage: Stage) -> None:
    stage.server.scripts["two"] = [Says(answers.PROSE)]
    outcome = await stage.fix("acme/two")
    assert outcome.status is Ended.UNFIXED
    assert set(stage.models) == {"two"}


@pytest.mark.parametrize("name", [".env.py", "private/keys.py"])
async def test_nothing_of_an_excluded_file_is_sent(stage: Stage, name: str) -> None:
    stage.settings = replace(stage.settings, privacy=PrivacySettings(exclude=("private/",)))
    (stage.root / "private").mkdir()
    stage.name = name
    outcome = await stage.fix()
    assert stage.asked == []
    assert outcome.offered is None
    assert "no model sees it" in outcome.reason or "is excluded" in outcome.reason


async def test_a_server_that_is_down_is_not_asked_by_the_next_run(stage: Stage) -> None:
    stage.server.scripts["one"] = [Status(500, {"error": {"message": "down"}})]
    stage.settings = replace(stage.settings, cache=replace(stage.settings.cache, replies=False))
    for _ in range(5):
        outcome = await stage.fix()
        assert outcome.status is Ended.OFFERED
    assert stage.models.count("two") == 5
    assert stage.models.count("one") == 3


async def test_every_call_is_one_row_without_code_or_prompt(stage: Stage) -> None:
    stage.server.scripts["one"] = [answers.Truncated()]
    await stage.fix()
    assert [call.model for call in stage.calls] == [f"acme/{model}" for model in stage.models]
    assert [call.category for call in stage.calls] == [FailureCategory.INCOMPLETE_OUTPUT, ""]
    assert "something_else" not in repr(stage.calls)


async def test_two_runs_at_once_do_not_disturb_each_other(stage: Stage) -> None:
    stage.settings = replace(stage.settings, cache=replace(stage.settings.cache, replies=False))
    outcome = await stage.fix(times=4)
    assert outcome.status is Ended.OFFERED
    assert stage.models == ["one"] * 4
