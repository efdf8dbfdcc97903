"""The router's choices, made again for every recorded run."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.simulated import ONE, THREE, TWO, World, closing_world, settings_with
from understudy.engine.replay import evaluate
from understudy.engine.replayed import ENOUGH
from understudy.journal.trials import trials

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.replayed import Replayed

PRICES = {ONE: (2.0, 10.0), TWO: (0.5, 1.5), THREE: (2.0, 10.0)}
ALIKE = {ONE: (2.0, 10.0), TWO: (2.0, 10.0)}
RATES = {"fix": {ONE: 1.0, TWO: 0.0, THREE: 0.0}, "edit": {ONE: 0.0, TWO: 1.0, THREE: 0.0}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def everybody(world: World, task: str, times: int) -> None:
    """Each model in turn, in runs of its own."""
    for number in range(times * 3):
        world.run(task, (ONE, TWO, THREE)[number % 3])


def in_two_languages(world: World, *, times: int, turns: int = 0) -> float:
    """One model is right in Python, the other one in Go; how often the first asked was right.

    Args:
        world: with both models.
        times: how many runs.
        turns: in so many runs of these, both models are asked in turn, whatever the router says.
    """
    right = {"python": {ONE: 0.95, TWO: 0.05}, "go": {ONE: 0.05, TWO: 0.95}}
    expected, languages = 0.0, cycle(right)
    for number in range(times):
        world.language = next(languages)
        world.rates = {"fix": right[world.language]}
        expected += right[world.language][world.choice("fix")]
        world.run("fix", *([(ONE, TWO)[number // 2 % 2]] if number < turns else []))
    return expected / times


def assert_coherent(found: Replayed) -> None:
    """What holds of all replays."""
    fixed = (found.best, found.model, found.cheapest)
    assert found.oracle.value >= max(one.value for one in fixed) - 1e-9
    assert found.best.value >= max(one.value for one in fixed) - 1e-9
    assert found.best.value == pytest.approx(max(one.value for one in found.plans))
    assert found.gain.by == pytest.approx(found.router.value - found.best.value)
    assert found.first_gain.by == pytest.approx(found.router.first - found.model.first)
    assert sum(dict(found.choices).values()) == found.runs


def test_without_runs_there_is_nothing_to_tell(path: Path) -> None:
    found = evaluate(trials(path), settings_with())
    assert (found.trials, found.replayed, found.too_few, found.together) == (0, (), (), None)


def test_too_few_runs_are_said_to_be_too_few_and_how_many_are_needed(path: Path) -> None:
    with closing_world(path, RATES) as world:
        for _ in range(12):
            world.run("fix", ONE)
        for _ in range(3):
            world.run("fix", TWO)
    found = evaluate(trials(path), settings_with())
    assert found.replayed == ()
    (few,) = found.too_few
    assert few.task == "fix"
    assert few.needed == ENOUGH - 3
    assert [(one.model, one.runs) for one in few.models] == [(ONE, 12), (TWO, 3)]


def test_one_model_alone_can_not_be_compared(path: Path) -> None:
    with closing_world(path, RATES) as world:
        for _ in range(30):
            world.run("fix", ONE)
    (few,) = evaluate(trials(path), settings_with()).too_few
    assert few.needed == ENOUGH


def test_each_task_has_its_best_its_cheapest_and_its_gain_and_there_is_a_row_over_all(
    path: Path,
) -> None:
    settings = settings_with(PRICES)
    with closing_world(path, RATES, settings=settings) as world:
        everybody(world, "fix", 20)
        everybody(world, "edit", 20)
    found = evaluate(trials(path), settings)
    edit, fix = found.replayed
    assert (fix.task, fix.model.name, fix.cheapest.name, fix.runs) == ("fix", ONE, TWO, 60)
    assert (edit.task, edit.model.name, edit.cheapest.name) == ("edit", TWO, TWO)
    assert fix.model.first > 0.9
    assert fix.cheapest.first < 0.1
    # It has to find out first that the best one is best, and learns that soon.
    assert fix.model.first - fix.router.first < 0.1
    assert {one.model: one.good for one in edit.models} == {ONE: 0.0, TWO: 20.0, THREE: 0.0}
    assert found.together is not None
    assert (found.together.task, found.together.runs) == ("", 120)
    # Each model is right at one task alone, and the router knows at which.
    assert found.together.model.first < 0.6
    assert found.together.first_gain.by > 0.25
    assert found.together.first_gain.sure
    for one in (edit, fix, found.together):
        assert_coherent(one)


def test_what_was_asked_too_seldom_is_told_by_model_and_language(path: Path) -> None:
    with closing_world(path, RATES) as world:
        for language, asked in (("python", (ONE, TWO)), ("go", (ONE,)), ("rust", (TWO,))):
            world.language = language
            for number in range(24 if language != "rust" else 3):
                world.run("fix", asked[number % len(asked)])
        world.run("edit", THREE)
    found = evaluate(trials(path), settings_with())
    (fix,) = found.replayed
    told = {(one.model, one.language): one.runs for one in fix.unknown}
    assert told == {(THREE, ""): 0, (TWO, "go"): 0}
    assert found.never == ()


def test_a_model_that_nobody_asked_is_named(path: Path) -> None:
    with closing_world(path, RATES) as world:
        for number in range(24):
            world.run("fix", (ONE, TWO)[number % 2])
    found = evaluate(trials(path), settings_with())
    assert found.never == (THREE,)
    assert found.replayed[0].unknown == ()


def test_a_router_that_knows_who_is_right_in_which_language_is_seen_to_gain_by_that(
    path: Path,
) -> None:
    settings = settings_with(ALIKE, "learned")
    with closing_world(path, {}, settings=settings) as world:
        truth = in_two_languages(world, times=200, turns=100)
    (fix,) = evaluate(trials(path), settings).replayed
    # Either of them alone is right in half of all runs.
    assert truth - 0.5 > 0.35
    assert fix.first_gain.by == pytest.approx(truth - 0.5, abs=0.08)
    assert fix.first_gain.sure
    assert fix.oracle.first > fix.model.first + 0.3
    assert_coherent(fix)


def test_what_the_router_never_tried_makes_its_gain_smaller_and_less_sure_and_hides_it_not(
    path: Path,
) -> None:
    settings = settings_with(ALIKE, "learned")
    with closing_world(path, {}, settings=settings) as world:
        truth = in_two_languages(world, times=160)
    (fix,) = evaluate(trials(path), settings).replayed
    assert truth - 0.5 > 0.4
    assert fix.first_gain.sure
    assert fix.first_gain.by > 0.25
    assert fix.first_gain.by == pytest.approx(truth - 0.5, abs=fix.first_gain.error)


def test_of_equal_models_the_choice_is_seen_to_gain_nothing(path: Path) -> None:
    settings = settings_with(strategy="learned")
    equal = {"fix": dict.fromkeys((ONE, TWO, THREE), 0.7)}
    with closing_world(path, equal, settings=settings) as world:
        for _ in range(90):
            world.run("fix")
    (fix,) = evaluate(trials(path), settings).replayed
    assert fix.first_gain.by <= fix.first_gain.error + 0.02
    assert fix.gain.by <= fix.gain.error + 0.02


@pytest.mark.parametrize("strategy", ["balanced", "learned"])
def test_what_was_planted_is_found_within_sixty_runs_and_again_after_it_got_worse(
    path: Path, strategy: str
) -> None:
    settings = settings_with(strategy=strategy)
    rates = {"fix": {ONE: 0.9, TWO: 0.3, THREE: 0.3}, "edit": {ONE: 0.3, TWO: 0.9, THREE: 0.3}}
    with closing_world(path, rates, settings=settings) as world:
        everybody(world, "fix", 10)
        everybody(world, "edit", 10)
        assert (world.choice("fix"), world.choice("edit")) == (ONE, TWO)
        early = evaluate(trials(path), settings)
        world.rates = {"fix": rates["edit"], "edit": rates["fix"]}
        everybody(world, "fix", 10)
        everybody(world, "edit", 10)
        assert (world.choice("fix"), world.choice("edit")) == (TWO, ONE)
    edit, fix = early.replayed
    assert (fix.model.name, edit.model.name) == (ONE, TWO)
    assert early.together is not None
    assert early.together.first_gain.by > 0.1
    for one in evaluate(trials(path), settings).replayed:
        first = [name.partition(" ")[0] for name, number in one.choices if number > 10]
        assert {ONE, TWO} <= set(first)


def test_whoever_leaves_a_model_that_got_worse_is_seen_to_gain_by_that(path: Path) -> None:
    settings = settings_with(strategy="learned")
    with closing_world(
        path, {"fix": {ONE: 0.95, TWO: 0.1, THREE: 0.1}}, settings=settings
    ) as world:
        everybody(world, "fix", 40)
        world.rates = {"fix": {ONE: 0.1, TWO: 0.95, THREE: 0.1}}
        everybody(world, "fix", 40)
    (fix,) = evaluate(trials(path), settings).replayed
    assert fix.first_gain.by > 0.1
    assert fix.first_gain.sure


def test_a_decision_knows_nothing_of_what_came_after_it(path: Path) -> None:
    rates = {"fix": {ONE: 0.0, TWO: 1.0, THREE: 0.0}}
    with closing_world(path, rates) as world:
        for _ in range(12):
            world.run("fix", TWO)
        for _ in range(12):
            world.run("fix", ONE)
    (fix,) = evaluate(trials(path), settings_with()).replayed
    # Nothing speaks for the second one before its first run; of equal models the first is taken.
    assert fix.choices == ((f"{TWO} → {ONE}", 23), (f"{ONE} → {TWO}", 1))


def test_a_chain_in_the_settings_is_not_what_is_judged(path: Path) -> None:
    settings = settings_with(PRICES)
    chained = settings_with(PRICES, model_routing={"fix": (TWO,)})
    with closing_world(path, RATES, settings=settings) as world:
        everybody(world, "fix", 12)
    stored = trials(path)
    assert evaluate(stored, chained).replayed == evaluate(stored, settings).replayed


def test_models_that_nobody_knows_any_more_are_left_out(path: Path) -> None:
    settings = settings_with(PRICES)
    with closing_world(path, RATES, settings=settings) as world:
        everybody(world, "fix", 12)
    fewer = settings_with({ONE: PRICES[ONE], TWO: PRICES[TWO]})
    (fix,) = evaluate(trials(path), fewer).replayed
    assert [one.model for one in fix.models] == [ONE, TWO]


def test_a_plan_of_a_cheap_and_a_strong_model_is_seen_to_be_worth_more_than_either(
    path: Path,
) -> None:
    prices = {ONE: (0.1, 0.4), TWO: (15.0, 75.0), THREE: (3.0, 15.0)}
    settings = settings_with(prices, "learned")
    with closing_world(
        path, {"fix": {ONE: 0.7, TWO: 0.9, THREE: 0.75}}, settings=settings
    ) as world:
        everybody(world, "fix", 20)
    (fix,) = evaluate(trials(path), settings).replayed
    assert len(fix.best.name.split(" → ")) > 1
    assert fix.best.name.split(" → ")[0] == ONE
    assert fix.router.value > max(fix.model.value, fix.cheapest.value)
    assert fix.router.usd < fix.model.usd
