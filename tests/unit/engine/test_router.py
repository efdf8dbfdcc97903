from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from understudy.config.policy import Policy, Trust
from understudy.config.settings import (
    OFFLINE_MODEL,
    CascadeSettings,
    ModelSettings,
    ProviderSettings,
    RoutingSettings,
    Settings,
)
from understudy.core.failures import BadRequestError
from understudy.engine.route import Route
from understudy.engine.router import route
from understudy.engine.situation import Situation, look_around
from understudy.journal.ledger import MemoryLedger
from understudy.models.model import Model
from understudy.models.registry import find_model
from understudy.tasks.fix import TASK

CHEAP, MIDDLE, BEST = "acme/cheap", "acme/middle", "acme/best"
SECOND = "other/second"
HERE = "ollama/qwen2.5-coder:7b"
PRICES = {CHEAP: (0.5, 1.5), MIDDLE: (2.0, 10.0), BEST: (15.0, 75.0), SECOND: (2.0, 10.0)}


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key of whoever runs the tests counts."""
    import os

    for name in list(os.environ):
        if name.endswith(("_KEY", "_TOKEN", "OLLAMA_HOST")):
            monkeypatch.delenv(name)


def settings(*models: str, routing: Any = None, **values: Any) -> Settings:
    known = {
        model: ModelSettings(
            price_in=PRICES[model][0], price_out=PRICES[model][1], context_window=32_000
        )
        if model in PRICES
        else ModelSettings(context_window=8_192)
        for model in models
    }
    providers = {
        model.partition("/")[0]: ProviderSettings(base_url="https://models.example/v1")
        for model in models
        if model in PRICES
    }
    given: dict[str, Any] = {
        "models": MappingProxyType(known),
        "providers": MappingProxyType(providers),
        **values,
    }
    if routing is not None:
        chains = {role: tuple(chain) for role, chain in routing.items()}
        given["model_routing"] = MappingProxyType(chains)
    return Settings(**given)


def test_with_nothing_configured_the_offline_model_answers_alone() -> None:
    assert route(TASK, Settings()) == Route((OFFLINE_MODEL,), "built-in")


def test_a_chain_is_asked_in_its_order() -> None:
    found = route(TASK, settings(CHEAP, BEST, routing={"debugging": [BEST, OFFLINE_MODEL, CHEAP]}))
    assert found.models == (BEST, OFFLINE_MODEL, CHEAP)
    assert found.provenance == "`model_routing.debugging`"


def test_a_model_pinned_for_a_task_beats_the_role_and_the_role_beats_the_registry() -> None:
    both = settings(CHEAP, BEST, routing={"fix": [CHEAP, BEST], "debugging": [BEST, CHEAP]})
    assert route(TASK, both).models == (CHEAP, BEST)
    assert route(TASK, both).provenance == "`model_routing.fix`"


def test_an_explicit_model_beats_everything_and_is_the_only_one() -> None:
    own = settings(
        CHEAP,
        BEST,
        routing={"fix": [CHEAP]},
        cascade=CascadeSettings(fallback_model=CHEAP, chain=(CHEAP,)),
    )
    for name in (BEST, f"@{BEST}"):
        assert route(TASK, own, name).models == (BEST,)
    assert route(TASK, own, BEST).provenance == "request"


def test_an_explicit_model_is_never_blocked_and_warned_about_at_most_once() -> None:
    against = Situation(
        policy=Policy(Trust.UNTRUSTED),
        against=MappingProxyType({BEST: "has no key"}),
        needs=frozenset({"vision"}),
        tokens=10**9,
    )
    found = route(TASK, settings(BEST), BEST, against)
    assert found.models == (BEST,)
    assert found.warning.startswith("`acme/best` lacks vision. It is asked all the same")
    assert found.rejected == ()


def test_a_model_that_nobody_knows_or_that_is_off_is_an_error() -> None:
    with pytest.raises(BadRequestError, match="There is no model `acme/none`"):
        route(TASK, Settings(), "acme/none")
    off = replace(settings(CHEAP), models=MappingProxyType({CHEAP: ModelSettings(enabled=False)}))
    with pytest.raises(BadRequestError, match="switched off"):
        route(TASK, off, CHEAP)


def test_an_offline_chain_that_somebody_wrote_is_not_added_to() -> None:
    found = route(TASK, settings(CHEAP, BEST, routing={"debugging": [OFFLINE_MODEL]}))
    assert found.models == (OFFLINE_MODEL,)


def test_one_model_means_no_comparing() -> None:
    found = route(TASK, settings(BEST))
    assert found.models == (OFFLINE_MODEL, BEST)
    assert found.rejected == ()


@pytest.mark.parametrize(
    ("strategy", "models"),
    [
        ("cost-optimized", (OFFLINE_MODEL, CHEAP, MIDDLE, BEST)),
        ("balanced", (OFFLINE_MODEL, MIDDLE, BEST)),
        ("quality-first", (OFFLINE_MODEL, BEST)),
    ],
)
def test_without_a_chain_the_strategy_chooses_and_higher_tiers_follow(
    strategy: str, models: tuple[str, ...]
) -> None:
    own = replace(settings(CHEAP, MIDDLE, BEST), routing=RoutingSettings(strategy))
    found = route(TASK, own)
    assert found.models == models
    assert found.provenance == f"`routing.strategy` ({strategy})"
    assert [one.total for one in found.scores] == sorted(
        (one.total for one in found.scores), reverse=True
    )
    assert route(TASK, own) == found


def test_without_a_higher_tier_another_provider_takes_over() -> None:
    assert route(TASK, settings(MIDDLE, SECOND)).models == (OFFLINE_MODEL, MIDDLE, SECOND)


@pytest.mark.parametrize(
    ("cascade", "models"),
    [
        (CascadeSettings(fallback_model=BEST), (CHEAP, BEST)),
        (CascadeSettings(chain=(MIDDLE, BEST)), (CHEAP, MIDDLE, BEST)),
        (CascadeSettings(fallback_model=BEST, chain=(CHEAP, MIDDLE)), (CHEAP, BEST, MIDDLE)),
        (CascadeSettings(), (CHEAP, MIDDLE, BEST)),
        (CascadeSettings(enabled=False, fallback_model=BEST), (CHEAP,)),
    ],
)
def test_who_takes_over_is_the_fallback_then_the_chain_then_what_the_registry_says(
    cascade: CascadeSettings, models: tuple[str, ...]
) -> None:
    own = settings(CHEAP, MIDDLE, BEST, routing={"debugging": [CHEAP]}, cascade=cascade)
    assert route(TASK, own).models == models


def test_a_model_that_lacks_what_the_first_one_has_does_not_take_over() -> None:
    own = settings(CHEAP, MIDDLE, routing={"debugging": [CHEAP]})
    sees = replace(own.models[CHEAP], capabilities=frozenset({"code-generation", "vision"}))
    own = replace(own, models=MappingProxyType({**own.models, CHEAP: sees}))
    assert route(TASK, own).models == (CHEAP,)


@pytest.mark.parametrize(
    ("situation", "why"),
    [
        (Situation(needs=frozenset({"vision"})), "lacks vision"),
        (
            Situation(tokens=40_000),
            "has a window of 32,000 tokens, and 40,000 are needed",
        ),
        (Situation(policy=Policy(Trust.UNTRUSTED, clouds=frozenset({"acme"}))), "trust the"),
        (Situation(policy=Policy(Trust.TRUSTED)), "`understudy consent acme`"),
        (Situation(against=MappingProxyType({BEST: "is left alone"})), "is left alone"),
    ],
)
def test_each_thing_that_stands_against_a_model_is_told(situation: Situation, why: str) -> None:
    own = settings(BEST, routing={"debugging": [BEST]})
    found = route(TASK, own, None, situation)
    assert found.models == ()
    assert [one.model for one in found.rejected if one.named] == [BEST]
    assert why in found.told


def test_models_that_the_user_did_not_name_are_left_out_in_silence() -> None:
    own = settings(MIDDLE, BEST)
    found = route(TASK, own, None, Situation(policy=Policy(Trust.TRUSTED)))
    assert found.models == (OFFLINE_MODEL,)
    assert {one.model for one in found.rejected} == {MIDDLE, BEST}
    assert found.told == ""


def test_a_model_on_this_machine_needs_no_consent() -> None:
    own = settings(HERE, routing={"debugging": [HERE]})
    assert route(TASK, own, None, Situation(policy=Policy(Trust.RESTRICTED))).models == (HERE,)


def test_an_unknown_id_in_a_chain_is_passed_over_and_told() -> None:
    own = settings(CHEAP, routing={"debugging": ["nobody/knows", CHEAP]})
    found = route(TASK, own)
    assert found.models == (CHEAP,)
    assert found.told == "Not asked: `nobody/knows` is known to nobody."


def test_the_layer_of_a_chain_is_named_when_it_is_known() -> None:
    own = settings(CHEAP, routing={"debugging": [CHEAP]})
    layers = MappingProxyType({"model_routing.debugging": "workspace"})
    found = route(TASK, own, None, Situation(layers=layers))
    assert found.provenance == "`model_routing.debugging` (workspace)"


def test_looking_around_finds_missing_keys_pauses_and_empty_budgets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = settings(CHEAP, SECOND)
    key = replace(own.providers["acme"], key="{env:NO_SUCH_KEY_ANYWHERE}")
    own = replace(own, providers=MappingProxyType({**own.providers, "acme": key}))
    models = [model for name in (CHEAP, SECOND) if (model := find_model(own, name)) is not None]
    ledger = MemoryLedger()
    assert dict(look_around(models, own, ledger)) == {
        CHEAP: "has no key (`NO_SUCH_KEY_ANYWHERE` is not set)"
    }
    monkeypatch.setenv("NO_SUCH_KEY_ANYWHERE", "x")
    assert look_around(models, own, ledger) == {}
    spent = replace(own.budget, per_day_usd=0.0, at_cap="downgrade")
    assert "`budget.per_day_usd`" in look_around(models, replace(own, budget=spent), ledger)[SECOND]
    for at_cap in ("stop", "ask"):
        stops = replace(own, budget=replace(spent, at_cap=at_cap))
        assert look_around(models, stops, ledger) == {}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("nobody/bset", "There is no model `nobody/bset`. Did you mean `acme/best`?"),
        ("@bets", "There is no model `@bets`. Did you mean `acme/best`?"),
        (
            "zzz" * 500,
            f"There is no model `{'z' * 60}`. `understudy models list --all` names them.",
        ),
    ],
)
def test_an_unknown_model_is_told_with_the_nearest_and_in_few_words(
    asked: str, sentence: str
) -> None:
    with pytest.raises(BadRequestError) as error:
        route(TASK, settings(CHEAP, MIDDLE, BEST, SECOND), asked)
    assert str(error.value).startswith(sentence)
    assert len(str(error.value)) < 250


def test_of_equal_models_the_one_that_is_not_to_be_retired_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = {"a/old": "2026-11-30", "a/later": "2027-05-01", "a/new": ""}
    models = {
        name: Model(name, "standard", "cloud", frozenset({"code-generation"}), ends=day)
        for name, day in ends.items()
    }
    monkeypatch.setattr("understudy.engine.router.known_models", lambda _: models)
    found = [score.model for score in route(TASK, Settings()).scores]
    assert found == ["a/new", "a/later", "a/old"]
