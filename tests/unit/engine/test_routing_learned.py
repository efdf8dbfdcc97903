"""The router by what runs taught: strategies, words, and what stands above all learning."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.simulated import settings_with
from understudy.config.settings import OFFLINE_MODEL, RoutingSettings
from understudy.engine.learned import NOTHING, experience_of
from understudy.engine.router import route
from understudy.engine.scoring import STRATEGIES
from understudy.engine.situation import Situation
from understudy.engine.text_features import features_of
from understudy.journal.trials import Trial
from understudy.tasks import all_tasks
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.engine.learned import Experience

CHEAP, MIDDLE, BEST = "low/cheap", "mid/middle", "top/best"
PRICES = {CHEAP: (0.5, 1.5), MIDDLE: (2.0, 10.0), BEST: (15.0, 75.0)}
HARD = "Rewrite the Rust borrow logic in the scheduler"


@pytest.fixture(autouse=True)
def _no_keys_of_whoever_runs_this(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.endswith(("_KEY", "_TOKEN", "OLLAMA_HOST")):
            monkeypatch.delenv(name)


def three(strategy: str = "balanced", **values: Any) -> Settings:
    return settings_with(PRICES, strategy, **values)


def learned(*runs: tuple[str, int, int], language: str = "python", **values: Any) -> Experience:
    """For each model `(id, successes, failures)` at fixing, evenly mixed, all at the same time."""
    filled: dict[str, Any] = {"usd": None, "seconds": 9.49, **values}
    found = []
    for model, good, bad in runs:
        for number in range(good + bad):
            well = (number + 1) * good // (good + bad) > number * good // (good + bad)
            found.append(Trial(f"R{number}", number, model, "fix", language, good=well, **filled))
    return experience_of(sorted(found, key=lambda one: one.at_us), 0)


def first(settings: Settings, **situation: Any) -> str:
    found = route(TASK, settings, None, Situation(language="python", **situation))
    assert found.models[0] == OFFLINE_MODEL
    return found.models[1]


def test_results_of_ones_own_replace_the_guess_by_tier() -> None:
    assert first(three()) == MIDDLE
    assert first(three(), experience=learned((MIDDLE, 0, 6))) == CHEAP
    assert first(three(), experience=learned((CHEAP, 20, 0))) == CHEAP


def test_equal_input_leads_to_an_equal_route() -> None:
    experience = learned((MIDDLE, 3, 6), (CHEAP, 5, 1))
    again = learned((MIDDLE, 3, 6), (CHEAP, 5, 1))
    situations = [Situation(language="python", experience=one) for one in (experience, again)]
    found = [route(TASK, three(), None, one) for one in situations]
    assert found[0] == found[1]


def test_what_was_learned_of_one_model_leaves_the_scores_of_others() -> None:
    before = {one.model: one for one in route(TASK, three()).scores}
    situation = Situation(language="python", experience=learned((MIDDLE, 0, 6)))
    after = {one.model: one for one in route(TASK, three(), None, situation).scores}
    assert after[CHEAP] == before[CHEAP]
    assert after[MIDDLE].success < before[MIDDLE].success
    assert (after[MIDDLE].prior, after[MIDDLE].count) == (0.76, 6)


def test_the_terms_of_a_score_sum_up_to_it() -> None:
    situation = Situation(experience=learned((MIDDLE, 4, 1)), features=features_of(HARD))
    for one in route(TASK, three(), None, situation).scores:
        assert one.total == pytest.approx(one.success - one.cost - one.latency - one.words)


def test_strategies_differ_only_in_what_a_dollar_and_a_second_weigh() -> None:
    assert set(STRATEGIES) == {"quality-first", "learned", "balanced", "cost-optimized"}
    costs = [STRATEGIES[one].cost for one in ("quality-first", "learned", "balanced")]
    assert costs == sorted(costs)
    # Both succeed about as often: the price decides, or it does not.
    experience = learned((CHEAP, 26, 4), (BEST, 28, 2))
    picks = {one: first(three(one), experience=experience) for one in STRATEGIES}
    assert picks["quality-first"] == BEST
    assert picks["cost-optimized"] == picks["balanced"] == picks["learned"] == CHEAP


def test_the_learned_strategy_begins_with_a_cheap_model_while_that_saves_more_than_it_costs() -> (
    None
):
    often = learned((CHEAP, 15, 15), (MIDDLE, 30, 0))
    never = learned((CHEAP, 0, 60), (MIDDLE, 30, 0))
    assert first(three("learned"), experience=often) == CHEAP
    assert first(three("learned"), experience=never) == MIDDLE


def test_measured_cost_and_time_count() -> None:
    cheap = learned((MIDDLE, 6, 2))
    dear = learned((MIDDLE, 6, 2), usd=0.5)
    slow = learned((MIDDLE, 6, 2), seconds=300.0)

    def score(experience: Experience) -> float:
        situation = Situation(language="python", experience=experience)
        scores = route(TASK, three(), None, situation).scores
        return next(one.total for one in scores if one.model == MIDDLE)

    assert score(dear) < score(cheap)
    assert score(slow) < score(cheap)


def test_an_explicit_choice_wins_over_everything_that_was_learned() -> None:
    against = Situation(language="python", experience=learned((CHEAP, 0, 40), (BEST, 40, 0)))
    for named in (CHEAP, f"@{CHEAP}"):
        assert route(TASK, three(), named, against).models == (CHEAP,)


def test_an_override_for_one_request_is_not_learned() -> None:
    own, situation = three(), Situation(language="python", experience=NOTHING)
    before = route(TASK, own, None, situation)
    route(TASK, own, BEST, situation)
    assert route(TASK, own, None, situation) == before


def test_a_chain_that_a_user_wrote_keeps_its_order() -> None:
    chain = (BEST, CHEAP, MIDDLE)
    own = three(model_routing=MappingProxyType({"fix": chain}))
    situation = Situation(language="python", experience=learned((BEST, 0, 40), (MIDDLE, 40, 0)))
    assert route(TASK, own, None, situation).models == chain


def test_with_one_other_model_there_is_nothing_to_compare_and_nothing_is_learned() -> None:
    own = settings_with({CHEAP: PRICES[CHEAP]}, routing=RoutingSettings(exploration=0.05))
    situation = Situation(language="python", experience=learned((CHEAP, 0, 40)), request="R")
    for task in all_tasks().values():
        found = route(task, own, None, situation)
        assert found.models == (OFFLINE_MODEL, CHEAP)
        assert found.provenance == "the only model that can be asked"
        assert found.scores == ()
        assert found.explored == ""


def test_a_hard_request_prefers_a_stronger_model_and_an_easy_one_a_weaker() -> None:
    close = learned((CHEAP, 6, 1))
    assert first(three(), experience=close) == CHEAP
    assert first(three(), experience=close, features=features_of(HARD)) == MIDDLE
    easy = features_of("Fix typo in comment, rename quick bug format simple")
    closer = learned((CHEAP, 4, 1))
    assert first(three(), experience=closer) == MIDDLE
    assert first(three(), experience=closer, features=easy) == CHEAP


@pytest.mark.parametrize("words", [HARD, "Look at the screenshot of the ui, the image", "Build it"])
def test_words_demand_no_capability_and_rule_out_no_model(words: str) -> None:
    situation = Situation(features=features_of(words))
    found = route(TASK, three(), None, situation)
    assert situation.needs == frozenset()
    assert found.rejected == ()
    assert {one.model for one in found.scores} == {CHEAP, MIDDLE, BEST}


def test_a_model_that_settings_tag_with_what_is_asked_about_gains_a_little() -> None:
    own = three()
    tagged = replace(own.models[CHEAP], capabilities=frozenset({"code-generation", "testing"}))
    own = replace(own, models=MappingProxyType({**own.models, CHEAP: tagged}))
    situation = Situation(features=features_of("Write pytest tests for it"))
    (score,) = (one for one in route(TASK, own, None, situation).scores if one.model == CHEAP)
    assert score.words == pytest.approx(-0.05)
