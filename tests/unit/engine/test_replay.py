"""The router's choices, made again for every recorded run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.simulated import ONE, THREE, TWO, World, closing_world, settings_with
from understudy.engine.replay import ENOUGH, evaluate
from understudy.journal.trials import trials

if TYPE_CHECKING:
    from pathlib import Path

PRICES = {ONE: (2.0, 10.0), TWO: (0.5, 1.5), THREE: (2.0, 10.0)}
RATES = {"fix": {ONE: 1.0, TWO: 0.0, THREE: 0.0}, "edit": {ONE: 0.0, TWO: 1.0, THREE: 0.0}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def everybody(world: World, task: str, times: int) -> None:
    """Each model in turn, in runs of its own."""
    for number in range(times * 3):
        world.run(task, (ONE, TWO, THREE)[number % 3])


def test_without_runs_there_is_nothing_to_tell(path: Path) -> None:
    found = evaluate(trials(path), settings_with())
    assert (found.trials, found.replayed, found.too_few) == (0, (), ())


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


def test_regret_and_gain_are_told_for_each_task(path: Path) -> None:
    settings = settings_with(PRICES)
    with closing_world(path, RATES, settings=settings) as world:
        everybody(world, "fix", 20)
        everybody(world, "edit", 20)
    edit, fix = evaluate(trials(path), settings).replayed
    assert (fix.task, fix.best.model, fix.cheapest.model, fix.runs) == ("fix", ONE, TWO, 60)
    assert (edit.task, edit.best.model, edit.cheapest.model) == ("edit", TWO, TWO)
    assert fix.best.success == 1.0
    assert fix.cheapest.success == 0.0
    # It has to find out first that the best one is best, and learns that soon.
    assert fix.gain > 0.9
    assert 0.0 <= fix.regret < 0.1
    assert edit.gain == pytest.approx(-edit.regret)
    assert 0.0 < edit.regret < 0.3
    assert dict(edit.choices)[TWO] > 40
    assert sum(dict(edit.choices).values()) == edit.runs


def test_a_decision_knows_nothing_of_what_came_after_it(path: Path) -> None:
    rates = {"fix": {ONE: 0.0, TWO: 1.0, THREE: 0.0}}
    with closing_world(path, rates) as world:
        for _ in range(12):
            world.run("fix", TWO)
        for _ in range(12):
            world.run("fix", ONE)
    (fix,) = evaluate(trials(path), settings_with()).replayed
    # Nothing speaks for the second one before its first run; of equal models the first is taken.
    assert fix.choices == ((TWO, 23), (ONE, 1))


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
