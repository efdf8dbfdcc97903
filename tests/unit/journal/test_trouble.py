from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows, store
from understudy.journal.labels import Kind

if TYPE_CHECKING:
    from understudy.journal.store import Journal

ROOT = Path(__file__).parents[3]


def record_a_run(path: Path) -> Journal:
    journal = journal_at(path)
    for row in run_rows():
        journal.record(row)
    return journal


def test_a_damaged_file_is_moved_aside_and_the_next_start_has_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    damage = b"this was a database once " * 100
    path.write_bytes(damage)
    journal = record_a_run(path)
    assert not journal.flush(WAIT_S)
    assert not journal.close(WAIT_S)
    (moved,) = tmp_path.glob("journal.sqlite3.corrupt-*")
    assert moved.read_bytes() == damage
    assert journal.notice == (
        f"Runs are not recorded, because `{path}` is damaged and was moved to `{moved.name}`. "
        "Everything else works as usual."
    )
    store(path, *run_rows())
    assert count(path, "runs") == 1


def test_damage_within_the_file_is_noticed_while_writing(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *(row for _ in range(20) for row in run_rows()))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    journal = record_a_run(path)
    assert not journal.close(WAIT_S)
    assert "is damaged and was moved to" in journal.notice
    assert list(tmp_path.glob("journal.sqlite3.corrupt-*"))


def test_a_folder_that_cannot_be_made_turns_the_journal_off(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    journal = record_a_run(tmp_path / "file" / "journal.sqlite3")
    assert not journal.flush(WAIT_S)
    assert journal.notice.startswith("Runs are not recorded, because `")
    journal.record(run_rows()[0])
    assert not journal.close(WAIT_S)


def test_a_folder_in_the_place_of_the_file_turns_the_journal_off(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.mkdir()
    journal = record_a_run(path)
    assert not journal.close(WAIT_S)
    assert "can't be written" in journal.notice
    assert path.is_dir()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Only on Linux is there `/proc`.")
def test_a_read_only_place_turns_the_journal_off() -> None:
    journal = record_a_run(Path("/proc/self/journal.sqlite3"))
    assert not journal.close(WAIT_S)
    assert "can't be written" in journal.notice


def test_a_read_only_file_turns_the_journal_off(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    # Permissions do not bind administrators. A version for writing that this SQLite does not know
    # makes a file read-only for everybody (https://www.sqlite.org/fileformat.html, 1.3.3).
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x03")
    journal = record_a_run(path)
    assert not journal.close(WAIT_S)
    assert "it is read-only" in journal.notice


FULL_DISK = """
import resource, sys
from pathlib import Path
from typing import TYPE_CHECKING
from tests.unit.journal.samples import WAIT_S, journal_at, run_rows
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
journal = journal_at(Path(sys.argv[1]))
for _ in range(300):
    for row in run_rows():
        journal.record(row)
print(journal.close(WAIT_S), journal.notice)
"""


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX is there a limit on the size of files.")
def test_a_disk_without_room_turns_the_journal_off_and_keeps_the_file_readable(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    command = [sys.executable, "-c", FULL_DISK, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.startswith("False Runs are not recorded, because `")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert count(path, "runs") >= 1


def test_history_counts_on_when_nothing_can_be_recorded(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.mkdir()
    journal = record_a_run(path)
    assert not journal.close(WAIT_S)
    for row in run_rows():
        journal.record(row)
    assert journal.history.kept(Kind("builtin/rules", "fix", "python", "misspelt_name")) == (2, 2)
