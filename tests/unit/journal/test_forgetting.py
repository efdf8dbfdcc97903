"""What is taken out of the journal is gone, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, RULES, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import START_US, count, store
from understudy.journal.forgetting import forget_before, forget_everything, forget_model
from understudy.journal.model_stats import model_stats

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("runs", "attempts", "calls", "edits", "outcomes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "journal.sqlite3"
    store(
        found,
        *rows_of(
            Planted("A", (good(SMALL),), ("applied", "kept")),
            Planted("B", (bad(SMALL), good(LARGE)), ("applied", "undone")),
            Planted("C", (good(RULES),), started_us=START_US + 5 * DAY_US),
        ),
    )
    return found


def runs(path: Path) -> dict[str, int]:
    return {one.name: one.total.runs for one in model_stats(path).groups}


def test_one_model_is_forgotten_and_the_others_are_not(path: Path) -> None:
    assert runs(path) == {SMALL: 2, LARGE: 1, RULES: 1}
    assert forget_model(path, SMALL) == 2
    assert runs(path) == {LARGE: 1, RULES: 1}
    assert [count(path, table) for table in TABLES] == [2, 2, 1, 1, 2]


def test_old_runs_go_and_new_ones_stay(path: Path) -> None:
    before = model_stats(path).groups
    assert forget_before(path, START_US + DAY_US) == 2
    assert (count(path, "runs"), count(path, "calls")) == (1, 0)
    assert runs(path) == {one.name: one.total.runs for one in before}
    forget_before(path, START_US + DAY_US, sums=True)
    assert runs(path) == {RULES: 1}


def test_everything_goes(path: Path) -> None:
    assert forget_everything(path) == 3
    assert [count(path, table) for table in TABLES] == [0] * 5


def test_without_a_journal_there_is_nothing_to_forget(tmp_path: Path) -> None:
    nowhere = tmp_path / "none.sqlite3"
    assert forget_everything(nowhere) == 0
    assert forget_model(nowhere, SMALL) == 0
    assert not nowhere.exists()
