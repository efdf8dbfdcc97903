"""Runs on scripted models: what each model is told, what is remembered, and what never leaves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.providers import answers
from tests.providers.answers import Says, Status
from tests.providers.scripted import ScriptedServer
from understudy.config.policy import Policy, Trust
from understudy.config.settings import (
    BudgetSettings,
    CheckerSettings,
    ModelSettings,
    PrivacySettings,
    ProviderSettings,
    Settings,
)
from understudy.core.failures import FailureCategory
from understudy.engine.checking import check, close_checkers
from understudy.engine.outcome import Outcome
from understudy.engine.outcome import Status as Ended
from understudy.engine.problems import problems
from understudy.engine.reach import Reach, open_reach
from understudy.engine.run import How, fix
from understudy.engine.services import Services
from understudy.journal.records import Call
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.providers.asked import Asked

TEXT = (
    "def total(items):\n"
    "    result = 0\n"
    "    for item in items:\n"
    "        result += item.price\n"
    "    return something_else_entirely\n"
)
MENDED = TEXT.replace("something_else_entirely", "result")
GOOD = Says(f"The sum is in `result`.\n```python\n{MENDED}```")
WORSE = Says(
    f"```python\n{TEXT.replace('something_else_entirely', 'another_wrong_one')}```",
    thinking="secret thoughts of the first model",
)
OVERFLOW = Status(
    400,
    {
        "error": {
            "message": "This model's maximum context length is 2000 tokens. However, your"
            " messages resulted in 9000 tokens.",
            "type": "invalid_request_error",
            "code": "context_length_exceeded",
        }
    },
)


@dataclass
class Stage:
    """A workspace with one broken file, two models, and a place for what is recorded."""

    server: ScriptedServer
    root: Path
    settings: Settings
    rows: list[object] = field(default_factory=list)
    text: str = TEXT
    name: str = "basket.py"

    def record(self, row: object) -> None:
        """Part of what a recorder must have."""
        self.rows.append(row)

    @property
    def asked(self) -> list[Asked]:
        """The questions that were sent, oldest first."""
        return [one for one in self.server.asked if one.model]

    @property
    def models(self) -> list[str]:
        """The models that were asked, in order."""
        return [one.model for one in self.asked]

    @property
    def calls(self) -> list[Call]:
        """The journal's rows about calls."""
        return [row for row in self.rows if isinstance(row, Call)]

    async def fix(self, model: str | None = None, times: int = 1) -> Outcome:
        """Runs at once, in a process of their own as far as memory goes; gives the last one."""
        path = self.root / self.name
        policy = Policy(Trust.TRUSTED)
        view = View(path.as_uri(), self.text, policy, version=1, path=path, root=self.root)
        reach: Reach = open_reach(self.settings, self)
        services = Services(settings=self.settings, recorder=self, reach=reach, state=reach.ledger)
        try:
            found = problems(await check(view, self.settings))[0]
            runs = [fix(view, found, services, How(model=model)) for _ in range(times)]
            outcomes = await asyncio.gather(*runs)
            assert len({one.status for one in outcomes}) == 1
            return outcomes[-1]
        finally:
            await reach.close()
            await close_checkers()


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ACME_KEY", "planted-key-95a0cc71")
    root = tmp_path / "workspace"
    root.mkdir()
    async with ScriptedServer({"one": [GOOD], "two": [GOOD]}) as server:
        settings = Settings(
            checkers=MappingProxyType({"basedpyright": CheckerSettings(enabled=False)}),
            providers=MappingProxyType(
                {
                    "acme": ProviderSettings(
                        kind="openai", base_url=server.base_url("openai"), key="{env:ACME_KEY}"
                    )
                }
            ),
            models=MappingProxyType({"acme/one": ModelSettings(), "acme/two": ModelSettings()}),
            model_routing=MappingProxyType(
                {"debugging": ("builtin/rules", "acme/one", "acme/two")}
            ),
        )
        yield Stage(server, root, settings)


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
