"""A backup is put in the place of an open journal, whose log lies beside it then."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.replacing import backup, beside, kept, record_a_run
from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows, store
from understudy.core.failures import UnavailableError
from understudy.journal import patience
from understudy.journal.changing import changing
from understudy.journal.ledger import Ledger
from understudy.journal.log_owner import held
from understudy.journal.queries import count_runs
from understudy.journal.spending import Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from understudy.journal.store import Journal

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Only on POSIX can a file be replaced that is open."
)

RUNS = 31


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Journal:
    """An open one that holds more than the backup beside it, and an amount of pages in its log."""
    store(path, *(row for _ in range(RUNS) for row in run_rows()))
    backup(path)
    journal = journal_at(path)
    for _ in range(40):
        assert record_a_run(journal)
    return journal


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as opened:
        return bool(opened.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def count_by_changing(path: Path) -> int:
    with changing(path) as opened:
        return int(opened.execute("SELECT COUNT(*) FROM runs").fetchone()[0])


@pytest.mark.parametrize("look", [count_runs, count_by_changing])
def test_whoever_comes_before_the_one_who_has_it_open_finds_the_backup_whole(
    path: Path, journal: Journal, look: Callable[[Path], int]
) -> None:
    path.with_name("backup").replace(path)
    assert look(path) == RUNS
    assert record_a_run(journal)
    assert kept(path).name in journal.notice
    assert journal.close(WAIT_S)
    assert (count(path, "runs"), count(kept(path), "runs")) == (RUNS + 1, RUNS + 40)
    assert is_whole(path)
    assert is_whole(kept(path))
    assert not [*path.parent.glob("*.corrupt-*")]


def test_an_idle_one_sees_it_by_itself(path: Path, journal: Journal) -> None:
    path.with_name("backup").replace(path)
    deadline = time.monotonic() + WAIT_S
    while not journal.notice and time.monotonic() < deadline:
        time.sleep(0.05)
    assert count(kept(path), "runs") == RUNS + 40
    assert journal.close(WAIT_S)


def test_one_that_only_closes_keeps_what_it_recorded(path: Path, journal: Journal) -> None:
    path.with_name("backup").replace(path)
    assert journal.close(WAIT_S)
    assert count(kept(path), "runs") == RUNS + 40
    assert count(path, "runs") == RUNS


def test_a_log_that_cannot_be_moved_is_named_and_nothing_is_touched(
    path: Path, journal: Journal
) -> None:
    path.with_name("backup").replace(path)
    with held(path):
        before = path.read_bytes()
        for look in (count_runs, count_by_changing):
            with pytest.raises(UnavailableError, match=r"log `journal.sqlite3-wal` lies beside it"):
                look(path)
        assert path.read_bytes() == before
    assert journal.close(WAIT_S)
    assert count(path, "runs") == RUNS


def test_a_whole_file_with_a_log_of_nobody_knows_whom_is_never_moved(
    path: Path, journal: Journal, tmp_path: Path
) -> None:
    """As when the whole folder was copied, and a backup put in the copy."""
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    shutil.copy(path.with_name("backup"), copy)
    for log in beside(path)[:1]:
        shutil.copy(log, copy.with_name(log.name))
    for look in (count_runs, count_by_changing):
        try:
            look(copy)
        except UnavailableError as refused:
            assert "is whole" in str(refused)  # noqa: PT017 - it may also be read
            assert "stats reset" not in str(refused)  # noqa: PT017
    assert copy.exists()
    assert not [*copy.parent.glob("*.corrupt-*")]
    assert journal.close(WAIT_S)


@pytest.mark.parametrize("first", ["empty", "of no runs", "older"])
def test_runs_that_the_other_file_lacks_are_kept(path: Path, first: str) -> None:
    journal = journal_at(path)
    for _ in range(5):
        assert record_a_run(journal)
    other = path.with_name("elsewhere") / path.name
    if first == "older":
        other = backup(path)
    elif first == "of no runs":
        with changing(other):
            pass
    else:
        other.parent.mkdir()
        other.touch()
    assert record_a_run(journal)
    other.replace(path)
    assert record_a_run(journal)
    assert kept(path).name in journal.notice
    assert journal.close(WAIT_S)
    assert count(kept(path), "runs") == 6


def test_of_a_file_whose_runs_are_all_in_the_other_nothing_is_left(path: Path) -> None:
    journal = journal_at(path)
    assert record_a_run(journal)
    backup(path).replace(path)
    assert record_a_run(journal)
    assert journal.close(WAIT_S)
    assert (journal.notice, count(path, "runs")) == ("", 2)
    assert not [*path.parent.glob("*.replaced-*")]


@pytest.mark.parametrize("closes", [False, True])
def test_a_log_that_stays_held_ends_recording_with_a_notice(
    path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch, closes: bool
) -> None:
    monkeypatch.setattr(patience, "_GIVE_UP_S", WAIT_S if closes else 0.0)
    path.with_name("backup").replace(path)
    with held(path):
        for row in run_rows():
            journal.record(row)
        if not closes:
            assert not journal.flush(WAIT_S)
        journal.close(WAIT_S)
        assert journal.notice.startswith("Runs are not recorded, because")
    assert journal._thread is not None
    assert not journal._thread.is_alive()


def test_a_log_that_cannot_be_moved_ends_recording_at_once(
    path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(one: Path, _: Path) -> None:
        raise PermissionError(13, "Permission denied", str(one))

    path.with_name("backup").replace(path)
    monkeypatch.setattr(type(path), "rename", refuse)
    assert not record_a_run(journal)
    assert journal.notice.startswith("Runs are not recorded, because")


def test_of_garbage_in_its_place_both_is_told(path: Path, journal: Journal) -> None:
    garbage = path.with_name("garbage")
    garbage.write_bytes(b"no database " * 500)
    garbage.replace(path)
    assert not record_a_run(journal)
    assert kept(path).name in journal.notice
    assert "Runs are not recorded, because" in journal.notice
    assert ".corrupt-" in journal.notice


def test_no_amount_is_forgotten_while_another_one_renames_the_file(path: Path) -> None:
    store(path, *run_rows())
    copy = backup(path)
    with closing(Ledger(path)) as ledger:
        ledger.reserve(Wish("R", "acme", 0.5))
        copy.replace(path)
        with held(path):
            assert not ledger.reserve(Wish("S", "acme", 0.25)).id
        assert ledger.reserve(Wish("S", "acme", 0.25)).id
        with closing(Ledger(path)) as later:
            assert later.spent("S")["request"] == 0.25
