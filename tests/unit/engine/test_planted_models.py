"""The router finds the best model for each task, and finds another one when that gets worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.simulated import ONE, THREE, TWO, closing_world, settings_with, simulated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.engine.simulated import Rates, World

TASKS = ["fix", "edit", "document"]
BEST = {"fix": ONE, "edit": TWO, "document": THREE}
AFTER = {"fix": TWO, "edit": THREE, "document": ONE}
SEEDS = range(6)


def planted(best: dict[str, str]) -> Rates:
    return {
        task: {name: 0.9 if name == model else 0.3 for name in (ONE, TWO, THREE)}
        for task, model in best.items()
    }


def found(world: World, best: dict[str, str]) -> int:
    return sum(world.choice(task) == model for task, model in best.items())


@pytest.mark.parametrize("strategy", ["balanced", "learned"])
def test_the_best_model_of_each_task_is_found_within_sixty_runs(
    tmp_path: Path, strategy: str
) -> None:
    settings = settings_with(strategy=strategy)
    right = 0
    for seed in SEEDS:
        path = tmp_path / f"{seed}.sqlite3"
        with closing_world(path, planted(BEST), seed=seed, settings=settings) as world:
            simulated(world, TASKS, 60)
            right += found(world, BEST)
    # The dice may still deceive: a model that fails a tenth of its runs may just have failed thrice.
    assert right >= 0.94 * len(SEEDS) * len(TASKS)


def test_another_model_is_found_within_sixty_runs_after_the_best_one_got_worse(
    tmp_path: Path,
) -> None:
    right = 0
    for seed in SEEDS:
        with closing_world(tmp_path / f"{seed}.sqlite3", planted(BEST), seed=seed) as world:
            simulated(world, TASKS, 60)
            world.rates = planted(AFTER)
            simulated(world, TASKS, 60)
            right += found(world, AFTER)
    assert right >= 0.94 * len(SEEDS) * len(TASKS)


def test_of_two_models_the_one_that_is_seldom_right_is_left_after_a_few_failures(
    tmp_path: Path,
) -> None:
    rates = {"fix": {ONE: 0.0, TWO: 1.0, THREE: 0.0}}
    with closing_world(tmp_path / "journal.sqlite3", rates) as world:
        simulated(world, ["fix"], 8)
        assert world.choice("fix") == TWO


def test_a_long_good_record_does_not_outlive_sixty_bad_runs(tmp_path: Path) -> None:
    rates = {"fix": {ONE: 0.95, TWO: 0.5, THREE: 0.5}}
    with closing_world(tmp_path / "journal.sqlite3", rates) as world:
        simulated(world, ["fix"], 150)
        assert world.choice("fix") == ONE
        world.rates = {"fix": {ONE: 0.1, TWO: 0.9, THREE: 0.5}}
        simulated(world, ["fix"], 60)
        assert world.choice("fix") == TWO
