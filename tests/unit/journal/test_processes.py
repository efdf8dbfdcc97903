from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.unit.journal.samples import count, run_rows, store
from understudy.journal.queries import recent_runs

ROOT = Path(__file__).parents[3]


def start(path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.journal.writing_process", str(path), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_servers_and_a_command_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    processes = [start(path, "for", "3"), start(path, "for", "3"), start(path, "each", "3")]
    while any(process.poll() is None for process in processes):
        recent_runs(path, 5)
    ends = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], ends
    assert not any(problems for _, problems in ends)
    recorded = [int(printed) for printed, _ in ends]
    assert min(recorded) > 1
    assert count(path, "runs") == sum(recorded)
    assert count(path, "outcomes") == 2 * sum(recorded)
    assert count(path, "events") == sum(recorded)


def test_a_killed_process_loses_at_most_what_was_not_stored_yet(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    with start(path, "forever") as process:
        assert process.stdout is not None
        stored = [int(process.stdout.readline()) for _ in range(3)][-1]
        process.kill()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert count(path, "runs") >= stored
    before = count(path, "runs")
    assert store(path, *run_rows()).notice == ""
    assert count(path, "runs") == before + 1
