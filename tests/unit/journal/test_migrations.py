from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.released import build, released_versions
from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows, store
from understudy.journal.database import (
    NewerJournalError,
    migrations,
    open_for_writing,
    upgrade,
    version_of,
)
from understudy.journal.labels import Kind
from understudy.journal.queries import recent_runs, run_details

if TYPE_CHECKING:
    from pathlib import Path


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
        return [tuple(row) for row in connection.execute(sql)]


def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = [row[1] for row in schema(path) if row[0] == "table"]
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: [tuple(row) for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables
        }


def test_there_is_a_file_of_every_released_version() -> None:
    assert released_versions() == list(range(1, len(migrations()) + 1))


def test_the_migrations_still_make_what_they_made_when_they_were_released(tmp_path: Path) -> None:
    for version in released_versions():
        built, made = tmp_path / f"built-{version}", tmp_path / f"made-{version}"
        build(version, built)
        with closing(sqlite3.connect(made, isolation_level=None)) as connection:
            upgrade(connection, migrations()[:version])
        assert schema(made) == schema(built)


@pytest.mark.parametrize("version", released_versions())
def test_a_released_file_is_upgraded_and_keeps_its_rows(version: int, tmp_path: Path) -> None:
    old, new = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    build(version, old)
    store(old, *run_rows())
    store(new, *run_rows())
    assert columns(old) == columns(new)
    assert len(recent_runs(old)) == 2
    kept = run_details(old, "RELEASEDR")
    assert (kept.run.became, kept.run.score, len(kept.attempts)) == ("kept", 0.91, 1)
    assert len(kept.gates[0].reasons) == 2


def test_a_newer_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows("FIRST"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    before = path.read_bytes()
    journal = journal_at(path)
    for row in run_rows():
        journal.record(row)
    assert not journal.close(WAIT_S)
    newer = len(migrations()) + 1
    assert journal.notice.startswith(f"A newer Understudy wrote the journal (version {newer};")
    # Whether it can be read is found out by whoever reads it.
    assert "read" not in journal.notice
    assert path.read_bytes() == before
    assert [run.id for run in recent_runs(path)] == ["FIRSTR"]
    # One kept edit is in the file, the other one was seen by this process.
    assert journal.history.kept(Kind("builtin/rules", "fix", "python", "misspelt_name")) == (2, 2)


def test_only_the_steps_that_are_missing_run(tmp_path: Path) -> None:
    steps = ("CREATE TABLE a (x TEXT);", "CREATE TABLE b (x TEXT DEFAULT ';');\n-- the end\n")
    with closing(sqlite3.connect(tmp_path / "journal", isolation_level=None)) as connection:
        upgrade(connection, steps[:1])
        assert version_of(connection) == 1
        upgrade(connection, steps)
        upgrade(connection, steps)
        assert version_of(connection) == 2
        assert connection.execute("SELECT COUNT(*) FROM b").fetchone() == (0,)
        with pytest.raises(NewerJournalError):
            upgrade(connection, steps[:1])


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    good = "CREATE TABLE a (x TEXT);"
    bad = "CREATE TABLE b (x TEXT);\nALTER TABLE missing ADD COLUMN y TEXT;"
    with closing(sqlite3.connect(tmp_path / "journal", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="missing"):
            upgrade(connection, (good, bad))
        assert version_of(connection) == 0
        assert connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone() == (0,)


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.touch()
    assert recent_runs(path) == ()
    open_for_writing(path).close()
    assert count(path, "runs") == 0
