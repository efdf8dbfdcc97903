"""A key that was refused is left alone until it changes, and whoever looks is told."""

from __future__ import annotations

import os
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import HtmlPage, Status
from tests.providers.planted import assert_nowhere
from tests.providers.stage import GOOD
from understudy.config.layers import Resolved
from understudy.config.paths import journal_file
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ModelSettings
from understudy.engine.finding import State
from understudy.engine.models_doctor import examine_models, models_to_examine
from understudy.engine.outcome import Status as Ended
from understudy.engine.setup import Setup
from understudy.engine.situation import situate
from understudy.journal.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers.stage import Stage

KEY = "planted-key-95a0cc71"
WRONG = Status(401, {"error": {"message": "Incorrect API key.", "code": "invalid_api_key"}})


@pytest.fixture
def wrong(stage: Stage) -> Stage:
    """Both models are behind the same key, and the breaker that follows is closed again."""
    stage.server.scripts = {name: [WRONG, GOOD] for name in ("one", "two")}
    stage.settings = replace(
        stage.settings,
        models=MappingProxyType({"acme/one": ModelSettings(), "acme/two": ModelSettings()}),
    )
    return stage


async def test_a_refusal_that_a_proxy_may_have_sent_is_held_against_no_key(wrong: Stage) -> None:
    for script in (HtmlPage(401), HtmlPage(407), Status(401, {})):
        wrong.server.scripts = {name: [script, GOOD] for name in ("one", "two")}
        assert (await wrong.fix()).status is not None
        later()
        assert against(wrong) == ""


async def test_what_an_account_may_not_ask_says_nothing_against_its_other_models(
    wrong: Stage,
) -> None:
    forbidden = Status(403, {"error": {"message": "Forbidden", "type": "permission_error"}})
    wrong.server.scripts = {"one": [forbidden], "two": [GOOD]}
    outcome = await wrong.fix()
    assert outcome.status is Ended.OFFERED
    assert wrong.models == ["one", "two"]
    later()
    assert "has a key that `acme` refused" in against(wrong)
    assert (await wrong.fix()).status is Ended.OFFERED
    assert wrong.models == ["one", "two"], "the second edit was remembered"


@pytest.mark.parametrize(
    ("status", "message", "kind", "parameter"),
    [
        (
            401,
            "key not allowed to access model. Tried to access one",
            "key_model_access_denied",
            "",
        ),
        (401, "This one is for other customers", "forbidden", "model"),
        (403, "You do not have access to model one", "forbidden", ""),
        (400, "/chat/completions: Invalid model name passed in model=one. Call", "None", "None"),
    ],
)
async def test_a_good_key_that_is_not_for_one_model_is_refused_for_that_one_alone(
    wrong: Stage, status: int, message: str, kind: str, parameter: str
) -> None:
    error = {"message": message, "type": kind, "param": parameter, "code": str(status)}
    wrong.server.scripts = {"one": [Status(status, {"error": error})], "two": [GOOD]}
    outcome = await wrong.fix()
    assert outcome.status is Ended.OFFERED
    assert wrong.models == ["one", "two"]
    assert "is left alone until" in against(wrong), "its name or its rights are wrong for longer"
    later()
    assert against(wrong) == "", "nothing is held against the key"


def later() -> None:
    """The pause of the breaker is over; the day of the refused key is not."""
    ledger = Ledger(journal_file())
    ledger._do(lambda db: db.execute("DELETE FROM breakers WHERE provider <> ''"))
    ledger.close()


def against(stage: Stage) -> str:
    ledger = Ledger(journal_file())
    found = situate(stage.settings, Policy(Trust.TRUSTED), ledger)
    ledger.close()
    return found.against.get("acme/one", "")


async def test_a_refused_key_is_asked_once_and_not_a_minute_later_again(
    wrong: Stage, tmp_path: Path
) -> None:
    await wrong.fix()
    assert wrong.models == ["one"]
    for _ in range(2):
        later()
        assert (await wrong.fix()).status is not Ended.OFFERED
    assert wrong.models == ["one"]
    assert "has a key that `acme` refused" in against(wrong)
    assert_nowhere(KEY, tmp_path / "home")


async def test_another_key_or_other_settings_are_asked_at_once(
    wrong: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wrong.fix()
    later()
    assert against(wrong)
    other = replace(wrong.settings.providers["acme"], headers={"x-team": "another"})
    kept = wrong.settings
    wrong.settings = replace(kept, providers=MappingProxyType({"acme": other}))
    assert against(wrong) == ""
    wrong.settings = kept
    monkeypatch.setenv("ACME_KEY", "planted-key-that-is-right")
    assert against(wrong) == ""
    assert (await wrong.fix()).status is Ended.OFFERED


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX: a command that prints a key")
async def test_a_key_that_a_command_tells_is_known_again_before_it_is_sent(wrong: Stage) -> None:
    acme = replace(wrong.settings.providers["acme"], key=f"{{command:/bin/echo {KEY}}}")
    wrong.settings = replace(wrong.settings, providers=MappingProxyType({"acme": acme}))
    await wrong.fix()
    later()
    assert against(wrong) == "", "no command is run to find a route"
    outcome = await wrong.fix()
    assert "has a key that `acme` refused" in outcome.reason
    assert wrong.models == ["one"]


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX: a command that prints a key")
async def test_the_only_model_of_the_settings_is_none_that_somebody_named(wrong: Stage) -> None:
    acme = replace(wrong.settings.providers["acme"], key=f"{{command:/bin/echo {KEY}}}")
    wrong.settings = replace(
        wrong.settings,
        providers=MappingProxyType({"acme": acme}),
        models=MappingProxyType({"acme/one": ModelSettings()}),
        model_routing=MappingProxyType({"debugging": ("acme/one",)}),
    )
    await wrong.fix()
    later()
    assert "has a key that `acme` refused" in (await wrong.fix()).reason
    assert wrong.models == ["one"]


async def test_who_names_the_model_asks_it_and_a_good_answer_counts(wrong: Stage) -> None:
    await wrong.fix()
    later()
    assert (await wrong.fix("acme/one")).status is Ended.OFFERED
    assert wrong.models == ["one", "one"]
    assert against(wrong) == ""


async def test_the_doctor_says_so(wrong: Stage) -> None:
    await wrong.fix()
    setup = Setup(Resolved(wrong.settings, {}, ()), Policy(Trust.TRUSTED), ())
    models = models_to_examine(wrong.settings, ["acme/one"])
    (found,) = await examine_models(models, setup)
    states = {one.subject: one.state for one in found.findings}
    assert (states["key"], states["pause"]) == (State.BROKEN, State.BROKEN)
    later()
    (found,) = await examine_models(models, setup)
    assert not found.usable
    (key,) = (one for one in found.findings if one.subject == "key")
    assert "refused; it is left alone until" in key.text
    assert "--model acme/one" in key.remedy
