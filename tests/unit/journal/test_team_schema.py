"""A team's database has the tables of the journal's file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from understudy.core.failures import UnavailableError
from understudy.journal import team_journal
from understudy.journal.database import NewerJournalError, migrations, upgrade
from understudy.journal.postgres import Database, connected
from understudy.journal.queries import recent_runs
from understudy.journal.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

TYPES = {
    "TEXT": "text",
    "INTEGER": "bigint",
    "BIGINT": "bigint",
    "REAL": "double precision",
    "BLOB": "bytea",
}
Columns = dict[str, set[tuple[str, str, bool]]]


def of_file(path: Path, version: int) -> Columns:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        upgrade(connection, migrations()[:version])
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = [row[0] for row in connection.execute(sql)]
        return {
            name: {
                # A key of whole numbers is never null, though nothing says so.
                (row[1], TYPES[row[2]], bool(row[3] or row[5]))
                for row in connection.execute(f"PRAGMA table_info({name})")
            }
            for name in names
        }


def of_team(team: Database) -> Columns:
    found: Columns = {}
    with connected(team, 10) as connection:
        for table, name, kind, null, collation in connection.execute(
            """
            SELECT table_name, column_name, data_type, is_nullable, collation_name
            FROM information_schema.columns WHERE table_schema = current_schema()
              AND table_name <> 'schema_migration'"""
        ):
            found.setdefault(table, set()).add((name, kind, null == "NO"))
            # Texts are in the same order in both.
            assert kind != "text" or collation == "C"
    return found


def keys(connection: sqlite3.Connection, name: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[5]}


def test_migrations_are_pairs() -> None:
    assert len(migrations("pg")) == len(migrations())


@pytest.mark.parametrize("version", range(1, len(migrations()) + 1))
def test_both_have_the_same_columns_after_every_step(
    version: int, tmp_path: Path, team: Database
) -> None:
    with connected(team, 10) as connection:
        team_journal.upgrade(connection, migrations("pg")[:version], team)
    assert of_team(team) == of_file(tmp_path / "journal", version)
    with connected(team, 10) as connection:
        team_journal.upgrade(connection, migrations("pg"), team)
    assert of_team(team) == of_file(tmp_path / "newest", len(migrations()))


def test_both_have_the_same_keys_and_every_table_is_described(
    tmp_path: Path, team: Database
) -> None:
    with team_journal.writing(team):
        pass
    with connected(team, 10) as connection:
        of_team: dict[str, set[str]] = {}
        for table, column in connection.execute(
            """
            SELECT c.table_name, u.column_name FROM information_schema.table_constraints c
            JOIN information_schema.key_column_usage u USING (constraint_schema, constraint_name)
            WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema()
              AND c.table_name <> 'schema_migration'"""
        ):
            of_team.setdefault(table, set()).add(column)
    with closing(sqlite3.connect(tmp_path / "journal", isolation_level=None)) as made:
        upgrade(made, migrations())
        assert of_team == {name: keys(made, name) for name in of_team}
    assert set(of_team) == set(TABLES)


def test_a_step_that_fails_changes_nothing(team: Database) -> None:
    steps = ("CREATE TABLE a (x TEXT);", "CREATE TABLE b (x TEXT); ALTER TABLE missing ADD y TEXT;")
    with (
        pytest.raises(UnavailableError, match="missing"),
        connected(team, 10) as connection,
    ):
        team_journal.upgrade(connection, steps, team)
    assert of_team(team) == {}


def test_a_newer_database_is_not_written_and_says_so(team: Database) -> None:
    with connected(team, 10) as connection:
        team_journal.upgrade(connection, (*migrations("pg"), "SELECT 1"), team)
    with pytest.raises(NewerJournalError, match="copies nothing"), team_journal.writing(team):
        pass
    with pytest.raises(UnavailableError, match="can't read it"):
        recent_runs(team)


def test_tables_that_others_made_are_not_written(team: Database) -> None:
    with connected(team, 10) as connection:
        team_journal.upgrade(connection, ("SELECT 1",), team)
    with pytest.raises(UnavailableError, match="own migrations"), team_journal.writing(team):
        pass
