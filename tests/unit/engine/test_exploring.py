"""Exploring: off by default, seldom, harmless, told, and the same for the same request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.simulated import ONE, THREE, TWO, settings_with
from tests.unit.engine.test_routing_learned import BEST, CHEAP, MIDDLE, PRICES
from understudy.config.settings import GateSettings, RoutingSettings
from understudy.engine.exploring import LOW_RISK, MOST, explores
from understudy.engine.learned import experience_of
from understudy.engine.router import route
from understudy.engine.situation import Situation
from understudy.journal.trials import Trial
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.engine.route import Route

REQUESTS = [f"REQUEST{number:05}" for number in range(4_000)]
LUCKY = next(one for one in REQUESTS if explores(one, MOST))
EXPLORING = RoutingSettings(exploration=MOST)


def exploring(**values: Any) -> Settings:
    return settings_with(**{"routing": EXPLORING, **values})


def routed(settings: Settings, task: str = "explain", request: str = LUCKY, **known: Any) -> Route:
    return route(all_tasks()[task], settings, None, Situation(request=request, **known))


def test_by_default_nothing_is_explored() -> None:
    assert RoutingSettings().exploration == 0
    own = settings_with()
    assert not [one for one in REQUESTS[:500] if routed(own, request=one).explored]


def test_no_more_than_the_share_explores_and_not_much_less() -> None:
    for share in (0.01, MOST):
        found = sum(explores(one, share) for one in REQUESTS) / len(REQUESTS)
        assert found == pytest.approx(share, rel=0.3)


def test_settings_from_nowhere_explore_no_more_than_the_limit() -> None:
    own = exploring(routing=RoutingSettings(exploration=1.0))
    found = sum(bool(routed(own, request=one).explored) for one in REQUESTS[:1000])
    assert 0 < found <= 0.08 * 1000


def test_the_same_request_leads_to_the_same_choice() -> None:
    own = exploring()
    assert routed(own) == routed(own)
    assert routed(own).explored == TWO or routed(own).explored == THREE


def test_the_explored_model_is_asked_first_and_the_usual_ones_follow() -> None:
    usual, found = routed(settings_with()), routed(exploring())
    assert found.models[1] == found.explored
    assert found.models[2] == usual.models[1] == ONE
    assert found.said == (
        f"`{found.explored}` is asked first to learn about it (`routing.exploration`).",
    )


@pytest.mark.parametrize("task", sorted(set(all_tasks()) - LOW_RISK))
def test_a_task_of_higher_risk_never_explores(task: str) -> None:
    own = exploring()
    assert not [one for one in REQUESTS[:300] if routed(own, task, one).explored]


@pytest.mark.parametrize("task", sorted(LOW_RISK))
def test_nothing_that_could_be_applied_unseen_is_explored(task: str) -> None:
    own = exploring()
    assert routed(own, task).explored
    unseen = replace(own, gate=GateSettings(auto_apply=True))
    assert bool(routed(unseen, task).explored) == (task in {"explain", "review"})


def test_a_request_without_a_name_does_not_explore() -> None:
    assert routed(exploring(), request="").explored == ""


def test_the_least_known_model_is_explored_and_a_known_one_is_not() -> None:
    def known(model: str, runs: int) -> list[Trial]:
        rows = range(runs)
        return [Trial(f"{model}{n}", n, model, "explain", "", True, 0.01, 3.0) for n in rows]

    some = experience_of(known(TWO, 5), 0)
    assert routed(exploring(), experience=some).explored != TWO
    every = experience_of([*known(ONE, 90), *known(TWO, 90), *known(THREE, 90)], 0)
    well = Situation(experience=every, request=LUCKY)
    assert route(all_tasks()["explain"], exploring(), None, well).explored in {"", ONE, TWO}


def test_a_dearer_tier_is_never_explored() -> None:
    own = settings_with(PRICES, routing=RoutingSettings("cost-optimized", MOST))
    assert routed(own).models[1] == CHEAP
    assert routed(own).explored == ""
    best = settings_with(PRICES, routing=RoutingSettings("quality-first", MOST))
    assert routed(best).explored in {CHEAP, MIDDLE}
    assert routed(best).models[2] == BEST


def test_a_chain_and_a_named_model_never_explore() -> None:
    own = exploring()
    named = route(all_tasks()["explain"], own, TWO, Situation(request=LUCKY))
    assert (named.models, named.explored) == ((TWO,), "")
    chained = replace(own, model_routing={"explain": (THREE, ONE)})
    assert routed(chained).models == (THREE, ONE)
