from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import (
    WAIT_S,
    count,
    journal_at,
    journal_settings,
    run_rows,
    store,
)
from understudy.journal import database, journal_file
from understudy.journal import store as store_module
from understudy.journal.queries import recent_runs
from understudy.journal.records import Event, OutcomeRow

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {
    "runs": 1,
    "attempts": 1,
    "gates": 1,
    "edits": 1,
    "outcomes": 2,
    "events": 1,
}


def test_every_row_of_a_run_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "journal.sqlite3"
    journal = store(path, *run_rows())
    assert {table: count(path, table) for table in TABLES} == TABLES
    assert (journal.notice, journal.dropped) == ("", 0)


def test_rows_recorded_twice_are_stored_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    rows = [row for row in run_rows("X") if not isinstance(row, Event)]
    store(path, *rows)
    store(path, *rows)
    assert {table: count(path, table) for table in TABLES} == TABLES | {"events": 0}


def test_opening_touches_no_file_and_starts_no_thread(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    before = threading.active_count()
    journal = journal_at(path)
    assert threading.active_count() == before
    assert journal.close(WAIT_S)
    assert not path.exists()


def test_importing_the_journal_does_not_import_sqlite() -> None:
    code = "import sys, understudy.journal.store; print('sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_rows_can_be_read_while_the_journal_is_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    for row in run_rows():
        journal.record(row)
    assert journal.flush(WAIT_S)
    assert len(recent_runs(path)) == 1
    assert journal.close(WAIT_S)


def test_the_database_is_set_up_for_several_writers(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are there permission bits.")
def test_only_its_owner_may_read_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_journal_that_is_off_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path, enabled=False)
    for row in run_rows():
        journal.record(row)
    journal.start()
    assert journal.close(WAIT_S)
    assert not path.exists()
    assert journal.notice == ""


def test_switching_off_and_on_takes_effect_with_the_next_row(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    for enabled in (True, False, True):
        journal.follow(journal_settings(enabled=enabled))
        for row in run_rows():
            journal.record(row)
        assert journal.flush(WAIT_S)
    assert journal.close(WAIT_S)
    assert count(path, "runs") == 2


@pytest.fixture
def may_open(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The journal's file opens only once this is set; until then rows wait."""
    event = threading.Event()
    real_open = database.open_for_writing

    def open_later(path: Path, wait_s: float | None) -> sqlite3.Connection:
        assert event.wait(WAIT_S)
        return real_open(path, wait_s)

    monkeypatch.setattr(journal_file, "open_for_writing", open_later)
    return event


def test_rows_that_wait_are_forgotten_when_the_journal_is_switched_off(
    tmp_path: Path, may_open: threading.Event
) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    for row in run_rows():
        journal.record(row)
    journal.follow(journal_settings(enabled=False))
    may_open.set()
    assert journal.close(WAIT_S)
    assert count(path, "runs") == 0


def test_a_full_queue_drops_events_first_and_never_the_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_open: threading.Event
) -> None:
    monkeypatch.setattr(store_module, "QUEUE_ROWS", 32)
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    for _ in range(20):
        for row in run_rows():
            journal.record(row)
    may_open.set()
    assert journal.close(WAIT_S)
    rows = {table: count(path, table) for table in ("runs", "attempts", "edits", "outcomes")}
    assert rows == {"runs": 20, "attempts": 20, "edits": 20, "outcomes": 40}
    # Room for 32 rows holds two runs with their events; room for 64 holds the details of more.
    assert count(path, "events") == 2
    with closing(sqlite3.connect(path)) as connection:
        checked = connection.execute("SELECT COUNT(check_set) FROM attempts").fetchone()[0]
        routed = connection.execute("SELECT COUNT(route) FROM runs").fetchone()[0]
    assert 2 < checked < 20
    assert 2 < routed < 20
    lost = 20 - count(path, "events") + 20 - checked + 20 - count(path, "gates") + 20 - routed
    assert journal.dropped == lost


def test_a_row_without_its_run_is_counted_and_hurts_no_other(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    journal.record(OutcomeRow("NOBODY", 1, "kept"))
    for row in run_rows():
        journal.record(row)
    assert journal.close(WAIT_S)
    assert (count(path, "outcomes"), journal.dropped, journal.notice) == (2, 1, "")


def test_something_that_is_no_row_is_counted_and_not_raised(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3")
    journal.record("a string")
    assert journal.dropped == 1
    assert journal.close(WAIT_S)


def test_numbers_and_texts_that_sqlite_cannot_hold_stop_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)
    journal.record(Event(2**70, "too_big"))
    journal.record(Event(1, "lone_surrogate_\ud800"))
    journal.record(Event(2, "not_a_number", number=float("nan")))
    assert journal.close(WAIT_S)
    assert (count(path, "events"), journal.dropped) == (2, 1)


def test_rows_from_several_threads_all_arrive(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = journal_at(path)

    def work() -> None:
        for _ in range(50):
            for row in run_rows():
                journal.record(row)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.close(WAIT_S)
    assert (count(path, "runs"), count(path, "outcomes")) == (200, 400)


def test_nothing_is_taken_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = store(path, *run_rows())
    for row in run_rows():
        journal.record(row)
    assert journal.close(WAIT_S)
    assert count(path, "runs") == 1


def test_rows_wait_for_as_long_as_another_program_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.01)
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    journal = journal_at(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for row in run_rows():
            journal.record(row)
        assert not journal.flush(0.3)
        other.execute("COMMIT")
    assert journal.close(WAIT_S)
    assert (count(path, "runs"), journal.notice) == (2, "")
