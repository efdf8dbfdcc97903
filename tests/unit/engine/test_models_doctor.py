from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.tiny_server import tiny_server
from tests.unit.journal.models import failure
from tests.unit.models.conftest import home
from tests.unit.models.samples import settings_with
from understudy.config.layers import Resolved
from understudy.config.paths import journal_file
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ModelSettings, ProviderSettings, Settings
from understudy.core.failures import BadRequestError, FailureCategory
from understudy.engine.finding import State
from understudy.engine.models_doctor import Checkup, examine_models, models_to_examine
from understudy.engine.router import route
from understudy.engine.setup import Setup
from understudy.engine.situation import CODING, Situation, situate
from understudy.journal.ledger import Ledger
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["home"]

LIST = {"/v1/models": {"data": [{"id": "small"}]}}
CLOUD = Policy(Trust.TRUSTED, clouds=frozenset({"openai"}))


def setup_of(settings: Settings, policy: Policy = CLOUD) -> Setup:
    return Setup(Resolved(settings, {}, ()), policy, ())


async def check(
    settings: Settings, wanted: str, policy: Policy = CLOUD, *, ping: bool = False
) -> Checkup:
    models = models_to_examine(settings, [wanted])
    (found,) = await examine_models(models, setup_of(settings, policy), ping=ping)
    return found


def states(checkup: Checkup) -> Mapping[str, State]:
    return {finding.subject: finding.state for finding in checkup.findings}


def texts(checkup: Checkup) -> str:
    return "\n".join(f"{one.text} {one.remedy}" for one in checkup.findings)


async def test_the_built_in_model_is_always_there() -> None:
    assert (await check(Settings(), "builtin/rules")).usable


async def test_a_local_server_that_has_the_model_is_usable() -> None:
    with tiny_server(LIST) as server:
        own = {"acme": ProviderSettings(base_url=f"{server.url}/v1")}
        found = await check(settings_with(own), "acme/small", Policy(Trust.RESTRICTED))
        missing = await check(settings_with(own), "acme/large")
    assert found.usable
    assert states(found)["server"] is State.OK
    assert "8,192 tokens" in texts(found)
    assert not missing.usable
    assert "does not list `large`" in texts(missing)


async def test_a_server_that_is_not_there_says_so() -> None:
    own = {"acme": ProviderSettings(base_url="http://127.0.0.1:1/v1")}
    found = await check(settings_with(own), "acme/small")
    assert not found.usable
    assert states(found)["server"] is State.BROKEN
    assert "Start the server at http://127.0.0.1:1/v1" in texts(found)


async def test_a_server_that_turns_us_away_need_not_be_started() -> None:
    with tiny_server({"/v1/models": 500}) as server:
        own = {"acme": ProviderSettings(base_url=f"{server.url}/v1")}
        found = await check(settings_with(own), "acme/small")
    assert states(found)["server"] is State.BROKEN
    assert "Start " not in texts(found)


async def test_a_cloud_is_not_even_looked_up_before_consent() -> None:
    own = {"acme": ProviderSettings(base_url="https://acme.invalid/v1")}
    found = await check(settings_with(own), "acme/small", Policy(Trust.TRUSTED), ping=True)
    assert states(found)["server"] is State.NOTE
    assert "not asked" in texts(found)
    assert "answers" not in states(found)


async def test_a_key_and_consent_are_looked_at_and_the_key_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = settings_with({"openai": ProviderSettings()})
    without = await check(settings, "openai/gpt-4o", Policy(Trust.TRUSTED))
    assert states(without)["key"] is State.BROKEN
    assert states(without)["consent"] is State.BROKEN
    assert "Set {env:OPENAI_API_KEY}. Keys" in texts(without)
    monkeypatch.setenv("OPENAI_API_KEY", "  ")
    blank = await check(settings, "openai/gpt-4o", Policy(Trust.TRUSTED))
    assert "Set {env:OPENAI_API_KEY} anew. Keys" in texts(blank)
    monkeypatch.setenv("OPENAI_API_KEY", "planted-secret")
    with tiny_server({"/v1/models": 401}) as server:
        own = {"openai": ProviderSettings(base_url=f"{server.url}/v1", key="{env:OPENAI_API_KEY}")}
        wrong = await check(settings_with(own), "openai/gpt-4o")
        (asked,) = server.asked
    assert asked[1]["authorization"] == "Bearer planted-secret"
    assert states(wrong)["key"] is State.OK
    assert states(wrong)["server"] is State.BROKEN
    assert "planted-secret" not in texts(wrong)


async def test_nothing_is_sent_from_an_untrusted_folder() -> None:
    with tiny_server(LIST) as server:
        own = {"acme": ProviderSettings(base_url=f"{server.url}/v1")}
        found = await check(settings_with(own), "acme/small", Policy(), ping=True)
        asked = server.asked
    assert not found.usable
    assert asked == [], "not even its list is asked for"
    assert "key" not in states(found), "nor is a key looked up"


async def test_a_model_that_a_local_server_hands_on_needs_consent() -> None:
    settings = settings_with({"ollama": ProviderSettings(base_url="http://127.0.0.1:1")})
    found = await check(settings, "ollama/gpt-oss:120b-cloud", Policy(Trust.TRUSTED))
    assert states(found)["consent"] is State.BROKEN


async def test_a_key_of_the_environment_stays_at_home_and_the_doctor_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "planted-secret")
    with tiny_server({"/v1/models": {"data": [{"id": "gpt-4o"}]}}) as server:
        own = {"openai": ProviderSettings(base_url=f"{server.url}/v1")}
        found = await check(settings_with(own), "openai/gpt-4o")
        (asked,) = server.asked
    assert "authorization" not in asked[1]
    assert states(found)["key"] is State.NOTE
    assert "providers.openai.key" in texts(found)


async def test_a_pause_is_told() -> None:
    ledger = Ledger(journal_file())
    model = models_to_examine(Settings(), ["openai/gpt-4o"])[0]
    ledger.unreachable(model, failure(FailureCategory.RATE_LIMIT, after_s=200.0))
    ledger.close()
    found = await check(settings_with({"openai": ProviderSettings()}), "openai/gpt-4o")
    assert states(found)["pause"] is State.NOTE
    assert "is left alone until" in texts(found)


@pytest.mark.parametrize("why", [FailureCategory.AUTH_ERROR, FailureCategory.QUOTA_EXHAUSTED])
async def test_a_pause_of_the_key_or_the_account_makes_the_model_unusable(
    why: FailureCategory,
) -> None:
    with tiny_server(LIST) as server:
        settings = settings_with({"acme": ProviderSettings(base_url=f"{server.url}/v1")})
        model = models_to_examine(settings, ["acme/small"])[0]
        assert (await check(settings, "acme/small")).usable
        ledger = Ledger(journal_file())
        ledger.unreachable(model, failure(why, after_s=200.0))
        ledger.close()
        found = await check(settings, "acme/small")
    assert not found.usable
    assert states(found)["pause"] is State.BROKEN
    assert f"({why.value})" in texts(found)


async def test_what_is_odd_is_noted() -> None:
    own = ModelSettings(effort="high", enabled=False)
    settings = settings_with(
        {"openai": ProviderSettings()},
        {"openai/gpt-4o": own, "openai/gpt-5": ModelSettings(temperature=0.1)},
    )
    found = await check(settings, "openai/gpt-4o")
    assert states(found)["settings"] is State.BROKEN
    assert states(found)["parameters"] is State.NOTE
    other = await check(settings, "openai/gpt-5")
    assert states(other)["parameters"] is State.NOTE
    retired = await check(settings, "openai/gpt-3.5-turbo")
    assert states(retired)["lifetime"] is State.PROBLEM


@pytest.mark.parametrize(
    ("kind", "path", "answer"),
    [
        ("anthropic", "/v1/models", {"data": [{"id": "small", "type": "model"}]}),
        ("gemini", "/v1beta/models", {"models": [{"name": "models/small"}]}),
        ("ollama", "/api/tags", {"models": [{"name": "small:latest"}]}),
        ("openai-responses", "/models", [{"id": "small"}]),
    ],
)
async def test_each_api_lists_its_models_in_its_own_place(
    kind: str, path: str, answer: Any
) -> None:
    with tiny_server({path: answer}) as server:
        own = {"acme": ProviderSettings(kind=kind, base_url=server.url)}
        assert (await check(settings_with(own), "acme/small")).usable
        assert not (await check(settings_with(own), "acme/large")).usable


@pytest.mark.parametrize("works", [True, False])
async def test_a_ping_asks_for_an_answer(*, works: bool) -> None:
    done = {
        "choices": [{"index": 0, "message": {"content": "OK"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 1},
    }
    answers = {**LIST, "/v1/chat/completions": done if works else 500}
    with tiny_server(answers) as server:
        own = {"acme": ProviderSettings(base_url=f"{server.url}/v1")}
        found = await check(settings_with(own), "acme/small", ping=True)
        asked = [path for path, _ in server.asked]
    assert "/v1/chat/completions" in asked
    assert found.usable is works
    assert states(found)["answers"] is (State.OK if works else State.BROKEN)


@pytest.mark.parametrize(
    ("said", "reason", "state"),
    [
        ("O", "length", State.OK),
        ("", "length", State.OK),
        ("<think>The user wants", "stop", State.NOTE),
        ("", "stop", State.BROKEN),
        ("  ", "stop", State.BROKEN),
        ("OK", None, State.BROKEN),
        ("OK", "abort", State.BROKEN),
        ("OK", "banana", State.BROKEN),
        ("OK", "cancelled", State.BROKEN),
    ],
)
async def test_only_an_answer_that_was_as_long_as_it_might_be_may_end_early(
    said: str, reason: str | None, state: State
) -> None:
    answer = {"choices": [{"index": 0, "message": {"content": said}, "finish_reason": reason}]}
    with tiny_server({**LIST, "/v1/chat/completions": answer}) as server:
        own = {"acme": ProviderSettings(base_url=f"{server.url}/v1")}
        found = await check(settings_with(own), "acme/small", ping=True)
    assert states(found)["answers"] is state
    assert found.usable is (state is not State.BROKEN)


def test_without_ids_those_in_the_settings_are_examined_and_one_of_each_provider() -> None:
    settings = settings_with(
        {"openai": ProviderSettings(), "anthropic": ProviderSettings()},
        {"openai/gpt-4o": ModelSettings()},
    )
    examined = [model.id for model in models_to_examine(settings)]
    assert examined[:2] == ["builtin/rules", "openai/gpt-4o"]
    assert [name.partition("/")[0] for name in examined[2:]] == ["anthropic"]


def test_without_ids_the_models_of_the_route_are_examined() -> None:
    own = {"acme": ProviderSettings(base_url="https://acme.example/v1")}
    prices = {
        "acme/cheap": ModelSettings(price_in=0.1, price_out=0.1, enabled=False),
        "acme/good": ModelSettings(price_in=1.0, price_out=1.0),
    }
    examined = [model.id for model in models_to_examine(settings_with(own, prices))]
    assert "acme/good" in examined
    keyed = settings_with({"mistral": ProviderSettings(key="{command:true}")})
    every = frozenset({"mistral"})
    ledger = Ledger(None)
    about = Situation(needs=CODING)
    situation = situate(keyed, Policy(Trust.TRUSTED, clouds=every), ledger, about)
    routed = route(TASK, keyed, None, situation).models
    ledger.close()
    assert len(routed) > 1
    assert [model.id for model in models_to_examine(keyed)] == list(routed)


def test_an_unknown_id_is_one_sentence() -> None:
    with pytest.raises(BadRequestError, match="no model `nobody/knows`"):
        models_to_examine(Settings(), ["nobody/knows"])
