"""Others delete the journal's file, or move it aside, while it is open."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.unit.journal.replacing import backup, beside, bring_logs, kept, record_a_run
from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows, store
from understudy.core.clock import now_us
from understudy.journal.journal_file import JournalFile
from understudy.journal.ledger import Ledger
from understudy.journal.spending import Wish
from understudy.journal.trouble import complaint

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Only on POSIX can a file be deleted or moved that is open."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """One that holds the file open, and has stored a run."""
    command = [sys.executable, "-m", "tests.unit.journal.writing_process", str(path), "asked"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert stores_a_run(process)
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


def stores_a_run(process: subprocess.Popen[str]) -> bool:
    return answer(process) == "True \n"


def answer(process: subprocess.Popen[str]) -> str:
    """Whether a run was stored, and the notice."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline()


def wait_until_quiet(pid: int) -> None:
    """Wait until a process has done nothing for a while: it counts days after the first run."""
    process = psutil.Process(pid)
    before: object = None
    while (now := process.cpu_times()) != before or process.status() != psutil.STATUS_SLEEPING:
        before = now
        time.sleep(0.5)


def damage(path: Path) -> None:
    """Damage all but the head of a file that lies there whole."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


@pytest.mark.parametrize("how", ["left", "gone", "its own"])
def test_a_backup_in_the_place_of_an_open_file_is_written_and_what_was_newer_is_kept(
    path: Path, how: str
) -> None:
    for _ in range(5):
        store(path, *run_rows())
    copy = backup(path)
    journal = journal_at(path)
    with another_process(path) as other:
        assert record_a_run(journal)
        if how != "left":
            for file in beside(path):
                file.unlink()
        if how == "its own":
            bring_logs(copy)
            for file, own in zip(beside(path), beside(copy), strict=True):
                own.rename(file)
        copy.replace(path)
        assert record_a_run(journal)
        assert "Another file was put in the place of the journal" in journal.notice
        assert kept(path).name in journal.notice
        told = answer(other)
        assert told.startswith("True Another file was put in the place")
        assert record_a_run(journal)
    assert journal.close(WAIT_S)
    assert journal.dropped == 0
    assert (count(path, "runs"), count(kept(path), "runs")) == (8, 7)
    assert kept(path).stat().st_mode & 0o777 == 0o600
    for file in (path, kept(path)):
        with closing(sqlite3.connect(file)) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not [*path.parent.glob("*.replaced-*-*")]


def test_amounts_go_on_in_a_backup_that_was_put_in_place(path: Path) -> None:
    store(path, *run_rows())
    copy = backup(path)
    with closing(Ledger(path)) as ledger:
        ledger.reserve(Wish("R", "acme", 0.5))
        copy.replace(path)
        ledger.reserve(Wish("R", "acme", 0.25))
    with closing(Ledger(path)) as later:
        assert later.spent("R")["request"] == 0.25
    assert count(path, "runs") == 1


def test_what_was_kept_before_stays(path: Path) -> None:
    store(path, *run_rows())
    copy = backup(path)
    journal = journal_at(path)
    assert record_a_run(journal)
    older = path.with_name(f"{path.name}.replaced-{path.stat().st_ino:x}")
    older.write_text("of another journal")
    os.utime(older, (0, 0))
    copy.replace(path)
    assert record_a_run(journal)
    assert journal.close(WAIT_S)
    (moved,) = path.parent.glob("*.replaced-*-*")
    assert moved.read_text() == "of another journal"
    assert (count(path, "runs"), count(older, "runs")) == (2, 2)


@pytest.mark.parametrize("gone", ["journal.sqlite3", "journal.sqlite3*"])
def test_whoever_has_a_deleted_file_open_goes_on_in_a_new_one(path: Path, gone: str) -> None:
    with another_process(path) as first, another_process(path) as second:
        for file in path.parent.glob(gone):
            file.unlink()
        for number, process in enumerate((first, second, first), start=1):
            assert stores_a_run(process)
            assert count(path, "runs") == number
            assert count(path, "outcomes") == 2 * number


def test_the_one_who_is_alone_goes_on_too_and_loses_nothing(path: Path) -> None:
    journal = journal_at(path)
    assert record_a_run(journal)
    for file in path.parent.iterdir():
        file.unlink()
    assert record_a_run(journal)
    assert journal.close(WAIT_S)
    assert (journal.notice, journal.dropped, count(path, "runs")) == ("", 0, 1)


def test_a_healthy_file_in_the_place_of_a_damaged_one_stays_and_is_written(path: Path) -> None:
    store(path, *(row for _ in range(20) for row in run_rows()))
    with another_process(path) as idle:
        wait_until_quiet(idle.pid)
        damage(path)
        journal = journal_at(path)
        assert not record_a_run(journal)
        journal.close(WAIT_S)
        (moved,) = path.parent.glob("*.corrupt-*[0-9]")
        store(path, *run_rows(started_us=now_us()))
        assert stores_a_run(idle)
        assert count(path, "runs") == 2
    assert [*path.parent.glob("*.corrupt-*[0-9]")] == [moved]
    assert count(path, "runs") == 2


def test_only_the_file_that_was_opened_is_moved_aside(path: Path) -> None:
    with closing(JournalFile(path)) as file:
        file.connection()
        path.rename(path.with_name("elsewhere"))
        store(path, *run_rows())
        assert file.move_aside() == ""
    assert count(path, "runs") == 1


def test_what_lies_beside_a_damaged_file_goes_with_it(path: Path) -> None:
    path.write_bytes(b"no database " * 500)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).write_bytes(b"of the damaged one")
    file = JournalFile(path)
    with pytest.raises(Exception, match="not a database") as caught, closing(file):
        file.connection()
    assert "was moved to `journal.sqlite3.corrupt-" in complaint(file, caught.value)
    names = {one.name[:23] for one in path.parent.iterdir()}
    assert not any(one.endswith(("-wal", "-shm")) for one in names)
    assert not path.exists()


def test_amounts_go_into_the_file_that_is_there(path: Path) -> None:
    ledger = Ledger(path)
    ledger.reserve(Wish("R", "acme", 0.5))
    path.unlink()
    ledger.reserve(Wish("R", "acme", 0.25))
    ledger.close()
    with closing(Ledger(path)) as later:
        assert later.spent("R")["request"] == 0.25
