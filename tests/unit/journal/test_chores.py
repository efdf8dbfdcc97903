"""What the journal's writer does by itself: it counts what is over and deletes what is old."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.unit.journal.samples import (
    START_US,
    WAIT_S,
    count,
    journal_at,
    journal_settings,
    run_rows,
    store,
    until,
)
from understudy.journal import chores, pruning

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TABLES = (
    "runs",
    "attempts",
    "gates",
    "edits",
    "outcomes",
    "calls",
    "call_spans",
    "shown",
    "events",
)


def test_old_runs_are_deleted_with_all_that_hangs_on_them(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(started_us=START_US))
    journal = journal_at(path, keep_days=30)
    journal.start()
    assert journal.close(WAIT_S)
    assert [count(path, table) for table in TABLES] == [0] * len(TABLES)


def test_old_runs_are_deleted_while_the_journal_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "PRUNE_EVERY_S", 0.05)
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path, keep_days=30)
    for row in run_rows(started_us=START_US):
        journal.record(row)
    assert journal.flush(WAIT_S)
    until(lambda: not count(path, "runs"))
    assert journal.close(WAIT_S)


def test_runs_that_are_kept_no_longer_go_when_the_setting_changes(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path, keep_days=3650)
    for row in run_rows(started_us=START_US):
        journal.record(row)
    assert journal.flush(WAIT_S)
    assert count(path, "runs") == 1
    journal.follow(journal_settings(keep_days=30))
    assert journal.flush(WAIT_S)
    assert count(path, "runs") == 0
    assert journal.close(WAIT_S)


def test_more_old_runs_than_one_pruning_takes_go_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "_MOST_RUNS", 2)
    monkeypatch.setattr(chores, "PRUNE_ON_S", 0.0)
    path = tmp_path / "journal.sqlite3"
    store(path, *(row for _ in range(5) for row in run_rows(started_us=START_US)))
    journal = journal_at(path, keep_days=30)
    journal.start()
    until(lambda: not count(path, "runs"))
    assert journal.close(WAIT_S)


def test_what_is_over_is_counted_when_nothing_else_is_to_be_done(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(started_us=time.time_ns() // 1_000 - 3 * 86_400_000_000))
    journal = journal_at(path)
    journal.start()
    until(lambda: count(path, "rollup_models"))
    assert journal.close(WAIT_S)


def test_the_writer_rests_while_nothing_is_recorded(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3")
    journal.start()
    assert journal.flush(WAIT_S)
    journal.follow(journal_settings(enabled=False))
    journal._chores.count_at = 0.0
    until(lambda: journal._chores.wait_s() > 1.0)
    assert journal.close(WAIT_S)
