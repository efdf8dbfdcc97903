"""Rows are put together by run, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.telemetry.telling import run_of
from understudy.core.ids import made_us, new_id
from understudy.journal.records import Event, OutcomeRow, RunEnded
from understudy.telemetry import collecting
from understudy.telemetry.collecting import Collecting, Ended
from understudy.telemetry.story import story

if TYPE_CHECKING:
    import pytest


def test_runs_that_are_mixed_are_told_apart() -> None:
    found = Collecting()
    items = []
    for first, second in zip(run_of("one"), run_of("two"), strict=True):
        items += [found.take(first), found.take(second)]
    ended = [item for item in items if item is not None]
    for item, name in zip(ended, ("one", "two"), strict=True):
        assert isinstance(item, Ended)
        told = story(item.rows)
        assert told is not None
        assert told.run.id == name
        assert [turn.category for turn in told.turns] == ["hallucination", ""]
        assert [len(turn.candidates) for turn in told.turns] == [0, 1]


def test_what_belongs_to_no_run_is_nothing() -> None:
    found = Collecting()
    rows = (Event(1, "server_started"), OutcomeRow("E", 1, "kept"), RunEnded("R", "", "", 1.0), 7)
    assert [found.take(row) for row in rows] == [None] * 4
    assert story(()) is None


def test_runs_that_never_end_are_forgotten_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MOST_RUNS", 2)
    found = Collecting()
    for name in ("one", "two", "three"):
        for row in run_of(name)[:-1]:
            found.take(row)
    ended = [found.take(run_of(name)[-1]) for name in ("one", "two", "three")]
    assert [item is not None for item in ended] == [False, True, True]
    assert found.lost == 1


def test_a_run_has_no_more_rows_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MOST_ROWS", 3)
    found = Collecting()
    (item,) = [item for row in run_of() if (item := found.take(row)) is not None]
    assert isinstance(item, Ended)
    assert len(item.rows) == 4


def test_an_id_tells_when_it_was_made() -> None:
    first, name = made_us(new_id()), new_id()
    assert first <= made_us(name) <= made_us(new_id())
    assert first > 1_600_000_000_000_000
    assert made_us("") == made_us("E1") == made_us(name.lower()) == 0
