"""What asking cheaper models first saved: measured, and no number without data."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.engine.simulated import ONE, TWO, closing_world, settings_with
from understudy.engine.savings import Savings, savings
from understudy.journal.database import open_for_writing
from understudy.journal.records import Call, Run, RunEnded
from understudy.journal.trials import Asked, asked
from understudy.journal.writing import write

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.config.settings import Settings
    from understudy.journal.records import Row

PRICES = {ONE: (0.5, 1.5), TWO: (15.0, 75.0)}
CHEAP_USD = (4_000 * 0.5 + 1_000 * 1.5) / 1e6
DEAR_USD = (4_000 * 15 + 1_000 * 75) / 1e6


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def chained(**values: Any) -> Settings:
    chain = MappingProxyType({"fix": (ONE, TWO)})
    return settings_with(PRICES, **{"model_routing": chain, **values})


def test_without_data_there_is_no_number(path: Path) -> None:
    found = savings(asked(path), chained())
    assert found == Savings()
    assert found.saved_usd is None
    assert found.escalation_rate is None
    assert found.success_rate is None


def test_each_request_is_set_beside_the_last_model_alone(path: Path) -> None:
    rates = {"fix": {ONE: 1.0, TWO: 1.0}}
    with closing_world(path, rates, settings=chained()) as world:
        for _ in range(8):
            world.run("fix")
        world.rates = {"fix": {ONE: 0.0, TWO: 1.0}}
        for _ in range(2):
            world.run("fix")
    found = savings(asked(path), chained())
    assert (found.requests, found.escalated, found.solved, found.by_first) == (10, 2, 10, 8)
    assert found.compared == 10
    assert found.cost_usd == pytest.approx(10 * CHEAP_USD + 2 * DEAR_USD)
    assert found.last_usd == pytest.approx(10 * DEAR_USD)
    assert found.saved_usd == pytest.approx(8 * DEAR_USD - 10 * CHEAP_USD)
    assert found.escalation_rate == pytest.approx(0.2)
    assert found.last_models == (("fix", TWO),)
    assert 0 < found.first_us < found.last_us


def test_a_cascade_that_always_escalates_costs_more_than_it_saves(path: Path) -> None:
    with closing_world(path, {"fix": {ONE: 0.0, TWO: 1.0}}, settings=chained()) as world:
        for _ in range(3):
            world.run("fix")
    found = savings(asked(path), chained())
    assert found.saved_usd == pytest.approx(-3 * CHEAP_USD)


def test_a_single_model_saves_nothing_and_no_number_is_told(path: Path) -> None:
    alone = chained(model_routing=MappingProxyType({"fix": (TWO,)}))
    with closing_world(path, {"fix": {TWO: 1.0}}, settings=alone) as world:
        world.run("fix", TWO)
    found = savings(asked(path), alone)
    assert (found.requests, found.compared, found.saved_usd) == (1, 0, None)
    assert found.last_models == ()


@pytest.mark.parametrize("unknown", [{"cost_usd": None}, {"input_tokens": None}])
def test_what_is_not_known_is_left_out_of_the_sum_and_counted(
    path: Path, unknown: dict[str, None]
) -> None:
    filled: dict[str, Any] = {"input_tokens": 10, "output_tokens": 10, "cost_usd": 0.1, **unknown}
    call = Call("C", "R", 1, 5, ONE, "one", "first", "answered", **filled)
    rows: list[Row] = [
        Run("R", 1, "w", "fix", "lsp", "python", "a.py", 1),
        call,
        RunEnded("R", "x", ONE, 1),
    ]
    connection = open_for_writing(path)
    write(connection, rows)
    connection.close()
    found = savings(asked(path), chained())
    assert (found.requests, found.compared, found.saved_usd) == (1, 0, None)


def test_a_second_opinion_is_no_escalation() -> None:
    def call(model: str, at_us: int) -> Asked:
        return Asked("R", at_us, model, "fix", "python", "answered", "", 0, 0.01, 1.0, 10, 10)

    found = savings([call(ONE, 1), call(TWO, 2)], chained())
    assert (found.requests, found.escalated, found.by_first) == (1, 0, 1)
