"""What uses of strategies teach: pooled, faded, compared fairly, and found out soon enough."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.learning_settings import LearningSettings
from understudy.engine.merits import NOTHING, PRIOR, Case, Merits, merits_of
from understudy.engine.picking import Draw, pick
from understudy.strategies import PLAIN, all_strategies

DAY_US = 86_400_000_000
HALF_LIFE_DAYS = 30.0
EXPLORED = LearningSettings().exploration
ARMS = [name for name, one in all_strategies().items() if not one.change.tidies]
HERE = Case("type_error", "acme/one", "python")


@dataclass(frozen=True)
class Use:
    strategy: str
    cleared: bool
    at_us: int = 0
    category: str = HERE.category
    model: str = HERE.model
    language: str = HERE.language
    step: int = 1


def uses(strategy: str, cleared: int, total: int, **values: object) -> list[Use]:
    return [Use(strategy, number < cleared, **values) for number in range(total)]  # type: ignore[arg-type] # the fields of a use


def merits(*found: list[Use], now_us: int = 0) -> Merits:
    return merits_of([one for each in found for one in each], now_us, HALF_LIFE_DAYS)


@dataclass
class World:
    """Tasks whose edits always fail at first: each strategy clears a planted share of failures."""

    rates: dict[str, dict[str, float]]
    seed: int
    found: list[Use] = field(default_factory=list)

    def run(self, category: str, number: int) -> None:
        """One task: asked again up to twice, as a run with the default settings is."""
        dice = random.Random(f"{self.seed} {category} {number}")  # noqa: S311 - dice that fall the same way
        case, spent = Case(category, HERE.model, HERE.language), set[str]()
        for step in (1, 2):
            now_us = len(self.found)
            seen = merits_of(self.found, now_us, HALF_LIFE_DAYS)
            draw = Draw(f"run-{self.seed}-{category}-{number}:{step}", EXPLORED)
            strategy = pick(ARMS, spent, case, seen, draw).strategy
            good = dice.random() < self.rates[category].get(strategy, 0.3)
            self.found.append(Use(strategy, good, now_us, category, step=step))
            if good:
                return
            spent.add(strategy)

    def ranking(self, category: str) -> list[str]:
        case = Case(category, HERE.model, HERE.language)
        known = merits_of(self.found, len(self.found), HALF_LIFE_DAYS)
        return sorted(ARMS, key=lambda one: -known.of(one, case).mean)


PLANTED = {
    "type_error": {"add_definitions": 0.85, "lower_temperature": 0.05},
    "parse_error": {"other_format": 0.85, "show_finding": 0.05},
}
SEEDS = range(20)


def test_the_planted_best_ranks_first_within_forty_tasks_of_its_kind() -> None:
    first, low = 0, 0
    for seed in SEEDS:
        world = World(PLANTED, seed)
        for number in range(40):
            for category in PLANTED:
                world.run(category, number)
        for category, rates in PLANTED.items():
            best, bad = (
                max(rates, key=lambda one: rates[one]),
                min(rates, key=lambda one: rates[one]),
            )
            known = merits_of(world.found, len(world.found), HALF_LIFE_DAYS)
            first += world.ranking(category)[0] == best
            low += known.of(bad, Case(category, HERE.model, HERE.language)).mean < 0.5
    both = len(SEEDS) * len(PLANTED)
    assert first >= 0.9 * both
    assert low == both


def test_a_planted_best_is_used_most_of_the_time_after_forty_tasks() -> None:
    world = World({"type_error": {"add_definitions": 0.85}}, seed=3)
    for number in range(80):
        world.run("type_error", number)
    late = [one.strategy for one in world.found if one.step == 1][40:]
    assert late.count("add_definitions") > 0.6 * len(late)


def test_without_any_record_the_plain_question_is_asked() -> None:
    assert pick(ARMS, (), HERE, NOTHING, Draw("run:1", share=0.0)).strategy == PLAIN


def test_the_same_run_chooses_the_same() -> None:
    chosen = {pick(ARMS, (), HERE, NOTHING, Draw("run-7:2", share=1.0)) for _ in range(5)}
    assert len(chosen) == 1


def test_no_more_is_explored_than_the_share_allows() -> None:
    found = [
        pick(ARMS, (), HERE, NOTHING, Draw(f"run-{number}:2", EXPLORED)).why
        for number in range(2_000)
    ]
    assert 0.7 * EXPLORED < found.count("explored") / len(found) < 1.3 * EXPLORED


def test_a_strategy_under_which_the_same_came_back_is_not_used_again() -> None:
    known = merits(uses("show_finding", 12, 12), uses(PLAIN, 0, 12))
    chosen = pick(ARMS, {"show_finding", PLAIN}, HERE, known, Draw("run:3", EXPLORED))
    assert chosen.strategy not in {"show_finding", PLAIN}
    assert chosen.why == "repeated"


def test_when_all_are_spent_the_plain_question_is_asked_once_more() -> None:
    assert pick([PLAIN], {PLAIN}, HERE, NOTHING, Draw("run:3", EXPLORED)).strategy == PLAIN


def test_a_strategy_is_used_only_when_its_bound_is_better() -> None:
    surely = merits(uses("show_finding", 9, 10), uses(PLAIN, 5, 10))
    hardly = merits(uses("show_finding", 1, 1), uses(PLAIN, 12, 15))
    never = Draw("run:2", share=0.0)
    assert pick(ARMS, (), HERE, surely, never).strategy == "show_finding"
    assert pick(ARMS, (), HERE, hardly, never).strategy == PLAIN


def test_what_is_no_better_than_the_plain_question_is_given_up_and_tried_again_later() -> None:
    found = (uses("show_finding", 2, 10), uses(PLAIN, 5, 10))
    now = merits(*found)
    assert now.is_given_up("show_finding", HERE)
    assert not now.is_given_up(PLAIN, HERE)
    drawn = {pick(ARMS, (), HERE, now, Draw(f"{n}", share=1.0)).strategy for n in range(300)}
    assert "show_finding" not in drawn
    later = merits(*found, now_us=30 * DAY_US)
    assert not later.is_given_up("show_finding", HERE)


def test_harder_cases_give_no_strategy_up() -> None:
    known = merits(uses("show_finding", 0, 30, step=2), uses(PLAIN, 5, 10))
    assert not known.is_given_up("show_finding", HERE)


def test_a_strategy_that_only_few_uses_speak_against_is_not_given_up() -> None:
    assert not merits(uses("show_finding", 0, 7), uses(PLAIN, 7, 7)).is_given_up(
        "show_finding", HERE
    )


def test_another_language_tells_something_and_the_own_one_more() -> None:
    elsewhere = merits(uses("show_finding", 20, 20, language="go")).of("show_finding", HERE).mean
    here = merits(uses("show_finding", 20, 20)).of("show_finding", HERE).mean
    other_kind = merits(uses("show_finding", 20, 20, category="parse_error"))
    assert PRIOR < other_kind.of("show_finding", HERE).mean < elsewhere < here


def test_what_mends_without_asking_is_given_up_only_when_it_hardly_ever_helps() -> None:
    assert merits(uses("tidy_first", 1, 30)).is_idle("tidy_first", HERE)
    assert not merits(uses("tidy_first", 6, 30)).is_idle("tidy_first", HERE)
    assert not merits(uses("tidy_first", 0, 10)).is_idle("tidy_first", HERE)


@given(
    st.lists(
        st.builds(
            Use,
            strategy=st.sampled_from(ARMS),
            cleared=st.booleans(),
            at_us=st.integers(0, 400 * DAY_US),
            category=st.sampled_from(["type_error", "parse_error"]),
            language=st.sampled_from(["python", "go"]),
            step=st.integers(1, 3),
        ),
        max_size=60,
    ),
    st.integers(0, 500 * DAY_US),
)
def test_an_expectation_is_a_share_whatever_was_seen(found: list[Use], now_us: int) -> None:
    known = merits_of(found, now_us, HALF_LIFE_DAYS)
    for strategy in ARMS:
        for first in (False, True):
            merit = known.of(strategy, HERE, first=first)
            assert merit.good > 0
            assert merit.bad > 0
            assert 0 < merit.mean < 1
            assert merit.bound < merit.mean


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_uses_does_not_matter(order: int) -> None:
    found = [*uses("show_finding", 3, 5), *uses(PLAIN, 1, 4, at_us=5 * DAY_US)]
    assert merits(found[::order], now_us=9 * DAY_US).of(PLAIN, HERE).mean == pytest.approx(
        merits(found, now_us=9 * DAY_US).of(PLAIN, HERE).mean
    )
