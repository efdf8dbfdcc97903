"""A ledger whose file is held, broken, too new, or another one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.models import About, failure
from understudy.journal.database import migrations
from understudy.journal.ledger import Ledger
from understudy.journal.spending import Wish

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_put_aside_while_another_program_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("understudy.journal.ledger_file._WAIT_S", 0.05)
    path = tmp_path / "journal.sqlite3"
    ledger = Ledger(path)
    before = ledger.reserve(Wish("R", "acme", 0.5))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused = ledger.reserve(Wish("R", "acme", 0.5))
        assert (refused.id, refused.over) == ("", None)
        ledger.settle(before.id, 0.1)
        other.execute("ROLLBACK")
    assert ledger.reserve(Wish("R", "acme", 0.25)).id
    assert ledger.spent("R")["request"] == pytest.approx(0.35), "what was settled is not lost"
    ledger.close()


def test_nobody_waits_twice_for_a_program_that_keeps_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("understudy.journal.ledger_file._WAIT_S", 0.05)
    path, now = tmp_path / "journal.sqlite3", [1_000_000.0]
    ledger = Ledger(path, clock=lambda: now[0])
    ledger.count(About(), "acme/a", failure())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert ledger.count(About(), "acme/a", failure()) == (1, 1), "in memory"
    now[0] += 4
    assert ledger.count(About(), "acme/a", failure()) == (2, 2), "the file was not looked at"
    now[0] += 2
    assert ledger.count(About(), "acme/a", failure()) == (2, 2), "the file's own count"
    ledger.close()


def test_the_file_is_looked_at_for_money_and_once_the_clock_was_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("understudy.journal.ledger_file._WAIT_S", 0.05)
    path, now = tmp_path / "journal.sqlite3", [1_000_000.0]
    ledger = Ledger(path, clock=lambda: now[0])
    for mend in (lambda: ledger.reserve(Wish("R", "acme", 0.5)).id, lambda: now.insert(0, 9.0)):
        ledger.called()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ledger.called()
        mend()
        assert ledger.spent("R")["request"] == 0.5
    ledger.close()


def test_another_file_counts_without_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    ledger = Ledger(None)
    ledger.count(About(), "acme/a", failure())
    ledger.use(path)
    assert ledger.count(About(), "acme/a", failure()) == (1, 1)
    ledger.use(None)
    assert ledger.count(About(), "acme/a", failure()) == (2, 2), "in memory, as before"
    ledger.use(path)
    assert ledger.count(About(), "acme/a", failure()) == (2, 2)
    ledger.close()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"this is no database, and never was one" * 50)
    before = path.read_bytes()
    ledger = Ledger(path)
    assert ledger.count(About(), "acme/a", failure()) == (1, 1)
    assert ledger.count(About(), "acme/a", failure()) == (2, 2)
    ledger.close()
    assert path.read_bytes() == before


def test_the_file_of_a_newer_version_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    Ledger(path).count(About(), "acme/a", failure())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    newer = Ledger(path)
    assert newer.count(About(), "acme/a", failure()) == (1, 1)
    newer.close()


def test_a_closed_ledger_goes_on_in_memory(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "journal.sqlite3")
    ledger.count(About(), "acme/a", failure())
    ledger.close()
    assert ledger.count(About(), "acme/a", failure()) == (1, 1)
    ledger.close()
