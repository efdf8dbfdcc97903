"""The words about the journal's tables are about the tables that there are."""

from __future__ import annotations

from contextlib import closing

from understudy.journal.database import open_in_memory
from understudy.journal.saved_queries import SAVED, since
from understudy.journal.schema import COLUMNS, TABLES, columns_of


def tables() -> dict[str, tuple[str, ...]]:
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    with closing(open_in_memory()) as connection:
        names = [row[0] for row in connection.execute(sql)]
        return {
            name: tuple(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            for name in names
        }


def test_every_table_and_every_column_has_words() -> None:
    there = tables()
    assert set(TABLES) == set(there)
    for name, columns in there.items():
        without = [one for one, words in columns_of(name, columns).items() if not words]
        assert not without, f"{name}: {without}"


def test_there_are_no_words_about_columns_that_are_not_there() -> None:
    there = tables()
    for name, table in TABLES.items():
        assert set(table.columns) <= set(there[name]), name
    assert set(COLUMNS) <= {column for columns in there.values() for column in columns}


def test_every_condition_and_every_saved_query_runs() -> None:
    with closing(open_in_memory()) as connection:
        for name, table in TABLES.items():
            if table.since:
                sql = f"SELECT * FROM {name} WHERE {table.since}"  # noqa: S608 - our own names
                connection.execute(sql, {"since_us": 0}).fetchall()
        for saved in SAVED.values():
            connection.execute(saved.sql, since(saved.days, 0)).fetchall()
