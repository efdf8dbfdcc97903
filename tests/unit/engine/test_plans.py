"""Who is asked after whom, or beside whom: what plans are worth, and which one the router takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.simulated import ONE, TWO, settings_with
from tests.unit.engine.test_routing_learned import BEST, CHEAP, HARD, MIDDLE, learned, three
from understudy.config.settings import OFFLINE_MODEL, CascadeSettings, RoutingSettings
from understudy.engine.learned import NOTHING
from understudy.engine.offline_record import knows
from understudy.engine.plans import Entrant, Scale, valued
from understudy.engine.router import route
from understudy.engine.scoring import STRATEGIES, Weights
from understudy.engine.situation import Situation
from understudy.engine.text_features import features_of
from understudy.tasks import all_tasks
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.engine.route import Route

SCALE = Scale(Weights(cost=1.0, latency=0.02))
WEAK = Entrant("weak", 0.7, 0.01, 4.0)
STRONG = Entrant("strong", 0.9, 0.1, 20.0)
ENTRANTS = st.lists(
    st.builds(
        Entrant,
        model=st.sampled_from(["a", "b", "c"]),
        success=st.floats(0.01, 0.99),
        usd=st.floats(0.0, 2.0),
        seconds=st.floats(0.1, 100.0),
    ),
    min_size=1,
    max_size=3,
)


def chosen(own: Settings, task: str = "fix", **situation: Any) -> Route:
    return route(all_tasks()[task], own, None, Situation(language="python", **situation))


def test_whoever_stands_behind_is_paid_for_as_often_as_all_before_it_fail() -> None:
    plan = valued([WEAK, STRONG], SCALE)
    assert plan.name == "weak → strong"
    assert plan.success == pytest.approx(1 - 0.3 * 0.1)
    assert plan.usd == pytest.approx(0.01 + 0.3 * 0.1)
    assert plan.seconds == pytest.approx(4.0 + 0.3 * 20.0)
    assert plan.total == pytest.approx(plan.success - plan.cost - plan.latency)


def test_of_two_at_once_both_are_paid_for_and_the_slower_one_is_waited_for_where_the_other_fails() -> (
    None
):
    plan = valued([WEAK, STRONG], SCALE, together=True)
    assert plan.name == "weak + strong"
    assert plan.success == valued([WEAK, STRONG], SCALE).success
    assert plan.usd == pytest.approx(0.11)
    assert plan.seconds == pytest.approx(4.0 + 0.3 * 16.0)


def test_models_that_fail_at_the_same_problems_help_each_other_less() -> None:
    alone = valued([WEAK], SCALE)
    apart, alike = (valued([WEAK, STRONG], replace(SCALE, alike=one)) for one in (1.0, 3.0))
    assert alone.success < alike.success < apart.success
    assert alike.success == pytest.approx(1 - 0.3 * 0.3)


@given(ENTRANTS, st.floats(1.0, 5.0), st.booleans())
def test_one_more_model_never_makes_success_cost_or_time_less(
    entrants: list[Entrant], alike: float, together: bool
) -> None:
    scale = replace(SCALE, alike=alike)
    together = together and len(entrants) > 1
    entrants[:2] = sorted(entrants[:2], key=lambda one: one.seconds) if together else entrants[:2]
    more = valued(entrants, scale, together=together)
    assert 0.0 <= more.success <= 1.0
    if len(entrants) > 1:
        less = valued(entrants[:-1], scale, together=together and len(entrants) > 2)
        assert more.success >= less.success
        assert more.usd >= less.usd
        assert more.seconds >= less.seconds


def test_a_cheap_model_goes_before_a_strong_one_where_that_is_worth_more_than_the_strong_one() -> (
    None
):
    experience = learned((CHEAP, 21, 9), (BEST, 27, 3), (MIDDLE, 20, 10))
    found = chosen(three("learned"), experience=experience)
    assert found.models[:2] == (OFFLINE_MODEL, CHEAP)
    assert BEST in found.models
    assert found.plans[0].models == found.models[1:]
    strong = next(one for one in found.plans if one.models[0] == BEST)
    assert found.plans[0].total > strong.total


def test_the_best_plan_is_the_first_and_says_how_its_models_are_asked() -> None:
    found = chosen(three("learned"))
    totals = [round(one.total, 9) for one in found.plans]
    assert totals == sorted(totals, reverse=True)
    assert found.provenance == "`routing.strategy` (learned), one after the other"


@pytest.mark.parametrize("strategy", sorted(STRATEGIES.keys() - {"learned"}))
def test_other_strategies_choose_a_model_and_no_plan(strategy: str) -> None:
    found = chosen(three(strategy))
    assert (found.plans, found.together) == ((), ())


def test_the_words_of_a_request_count_in_plans() -> None:
    plain, hard = (
        chosen(three("learned"), features=one) for one in (features_of(""), features_of(HARD))
    )

    def success(found: Route) -> float:
        return next(one.success for one in found.plans if one.models[0] == CHEAP)

    assert success(hard) < success(plain)


def test_two_are_asked_at_once_only_where_both_are_known_and_whoever_asks_can_do_that() -> None:
    quick = {ONE: (0.1, 0.2), TWO: (0.1, 0.2)}
    own = settings_with(quick, "learned")
    known = learned((ONE, 10, 10), (TWO, 10, 10), seconds=25.0, usd=0.0004)
    both = chosen(own, experience=known, racing=True)
    assert set(both.together) == {ONE, TWO}
    assert both.provenance.endswith("two at once")
    assert chosen(own, experience=known).together == ()
    barely = learned((ONE, 2, 2), (TWO, 10, 10), seconds=25.0, usd=0.0004)
    assert chosen(own, experience=barely, racing=True).together == ()
    dear = learned((ONE, 10, 10), (TWO, 10, 10), seconds=25.0, usd=0.5)
    assert chosen(own, experience=dear, racing=True).together == ()
    off = replace(own, cascade=CascadeSettings(enabled=False))
    assert chosen(off, experience=known, racing=True).together == ()


def test_the_offline_model_alone_is_a_plan_where_others_cost_more_than_they_bring() -> None:
    prices = {ONE: (100.0, 1_000.0), TWO: (100.0, 1_000.0)}
    own = settings_with(prices, "learned")
    often = replace(NOTHING, fixed={("python", ""): (400, 400), ("python", "F401"): (300, 300)})
    alone = chosen(own, experience=often, problem="F401")
    assert alone.models == (OFFLINE_MODEL,)
    assert {one.model for one in alone.rejected} == {ONE, TWO}
    assert alone.provenance.endswith("offline only")
    assert len(chosen(own, problem="F401").models) > 1


def test_what_the_offline_model_knows_is_told_by_its_record_with_the_problem() -> None:
    often = replace(NOTHING, fixed={("python", ""): (50, 100), ("python", "F401"): (50, 50)})
    assert knows(NOTHING, "python", "F401") == 0.2
    assert knows(often, "python", "E999") == pytest.approx((8 * 0.2 + 50) / (8 + 100))
    assert knows(often, "python", "F401") > 0.9


@pytest.mark.parametrize("strategy", ["learned", "balanced"])
def test_a_chain_of_the_user_is_never_reordered_by_a_plan(strategy: str) -> None:
    chain = (BEST, CHEAP, MIDDLE)
    experience = learned((BEST, 0, 40), (MIDDLE, 40, 0), (CHEAP, 40, 0))
    own = three(strategy, model_routing={"fix": chain})
    found = route(TASK, own, None, Situation(language="python", experience=experience, racing=True))
    assert (found.models, found.plans, found.together) == (chain, (), ())


def test_who_takes_over_by_the_users_word_takes_over_whatever_a_plan_is_worth() -> None:
    own = three("learned", cascade=CascadeSettings(chain=(MIDDLE, CHEAP)))
    experience = learned((BEST, 40, 0), (MIDDLE, 0, 40), (CHEAP, 0, 40))
    found = chosen(own, experience=experience, racing=True)
    assert found.models == (OFFLINE_MODEL, BEST, MIDDLE, CHEAP)
    assert found.together == ()


def test_a_request_that_explores_is_asked_of_one_model_at_a_time() -> None:
    quick = {ONE: (0.1, 0.2), TWO: (0.1, 0.2)}
    own = settings_with(quick, "learned", routing=RoutingSettings("learned", exploration=0.05))
    known = learned((ONE, 10, 10), (TWO, 10, 10), seconds=25.0, usd=0.0004)
    found = [
        chosen(own, "document", experience=known, racing=True, request=f"R{number}")
        for number in range(200)
    ]
    explored = [one for one in found if one.explored]
    assert explored
    assert all(one.together == () for one in explored)
