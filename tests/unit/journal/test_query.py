"""Questions to the journal read, and do nothing else."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import START_US, edit_row, run_rows, store
from understudy.core.failures import BadRequestError
from understudy.journal.answers import as_csv, as_markdown, as_records, cells
from understudy.journal.exporting import Format, Wanted, export
from understudy.journal.packing import packed, unpacked
from understudy.journal.query import Limits, query
from understudy.journal.records import OutcomeRow, What
from understudy.journal.run_text import NOTHING
from understudy.journal.saved_queries import SAVED, saved_query, since
from understudy.journal.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "journal.sqlite3"
    store(
        found,
        *run_rows("X"),
        *rows_of(
            Planted("A", (bad(SMALL, "timeout"), good(LARGE)), ("kept",)),
            Planted("B", (bad(SMALL, "timeout"),), started_us=START_US + DAY_US),
        ),
    )
    return found


def test_a_question_is_answered_with_its_columns(path: Path) -> None:
    found = query(path, "SELECT model, COUNT(*) AS n FROM calls GROUP BY model ORDER BY model")
    assert found.columns == ("model", "n")
    assert found.rows == ((LARGE, 2), (SMALL, 2))
    assert not found.truncated


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM runs",
        "UPDATE runs SET task = 'x'",
        "INSERT INTO events (at_us, kind, subject) VALUES (1, 'x', '')",
        "DROP TABLE runs",
        "CREATE TABLE mine (x TEXT)",
        "CREATE TEMP TABLE mine (x TEXT)",
        "ATTACH DATABASE 'other.sqlite3' AS other",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "VACUUM INTO 'copy.sqlite3'",
        "BEGIN IMMEDIATE",
        "REINDEX",
        "SELECT * FROM pragma_table_info('runs')",
    ],
)
def test_what_is_more_than_reading_is_refused(path: Path, sql: str, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(BadRequestError, match="Only `SELECT` is allowed here"):
        query(path, sql)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*.sqlite3")] == ["journal.sqlite3"]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT nowhere FROM runs", "no such column: nowhere"),
        ("SELEC 1", 'near "SELEC": syntax error'),
        ("SELECT 1; SELECT 2", "The query has a mistake"),
        ("SELECT :missing", "The query has a mistake"),
        ("SELECT randomblob(2000000)", "The query has a mistake"),
        ("SELECT '" + "x" * 1_000_001 + "'", "The query has a mistake"),
        ("SELECT 1 \x00", "The query has a mistake"),
    ],
)
def test_a_mistake_is_told(path: Path, sql: str, told: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        query(path, sql)
    assert told in str(caught.value)


def test_what_json_can_not_hold_is_answered_by_its_name(path: Path) -> None:
    found = query(path, "SELECT 1e999 AS most, -1e999 AS least, 0.5 AS half")
    assert found.rows == (("inf", "-inf", 0.5),)
    json.dumps(as_records(found), allow_nan=False)


def test_a_question_without_end_is_stopped(path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT SUM(x) FROM n"
    with pytest.raises(BadRequestError, match=r"took longer than 0\.05 s"):
        query(path, endless, limits=Limits(seconds=0.05))


def test_no_more_rows_than_wanted_are_answered(path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    found = query(path, endless, limits=Limits(rows=3))
    assert (found.rows, found.truncated) == (((1,), (2,), (3,)), True)


def test_without_a_journal_there_is_no_answer(tmp_path: Path) -> None:
    assert query(tmp_path / "none.sqlite3", "SELECT 1").rows == ()


def test_failures_by_model_are_known_by_name(path: Path) -> None:
    saved = saved_query("failures-by-model")
    found = query(path, saved.sql, since(saved.days, START_US + 3 * DAY_US))
    assert found.rows == ((SMALL, "timeout", 2),)
    assert query(path, saved.sql, since(1, START_US + 3 * DAY_US)).rows == ()


def test_an_edit_that_was_made_again_is_not_among_the_undone_ones(path: Path) -> None:
    became: dict[str, tuple[What, ...]] = {
        "redone": ("applied", "undone", "applied", "survived_30"),
        "kept": ("applied", "undone", "kept"),
        "undone": ("applied", "undone", "applied", "undone"),
    }
    for name, words in became.items():
        run, attempt, *_ = run_rows(name)
        edit = edit_row(f"{name}E", f"{name}R", f"{name}A")
        said = [OutcomeRow(edit.id, START_US + at, what) for at, what in enumerate(words)]
        store(path, run, attempt, edit, *said)
    found = query(path, saved_query("undone-edits").sql, since(None, START_US))
    assert [row[0] for row in found.rows] == ["undoneR"]


@pytest.mark.parametrize("name", SAVED)
def test_every_saved_query_is_allowed(path: Path, name: str) -> None:
    saved = saved_query(name)
    assert query(path, saved.sql, since(None, START_US)).columns


def test_another_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadRequestError, match=r"no saved query `x`\. There are `failures-by"):
        saved_query("x")


def exported(path: Path, wanted: Wanted) -> str:
    out = io.StringIO(newline="")
    export(path, wanted, out)
    return out.getvalue()


def test_json_lines_hold_every_row_of_every_table(path: Path) -> None:
    rows = [json.loads(line) for line in exported(path, Wanted()).splitlines()]
    assert {row["table"] for row in rows} <= set(TABLES)
    with closing(sqlite3.connect(path)) as connection:
        for name in TABLES:
            number = connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]  # noqa: S608 - a table's name can't be a parameter
            assert sum(row["table"] == name for row in rows) == number, name
    (run,) = [row for row in rows if row["table"] == "runs" and row["id"] == "XR"]
    assert (run["path"], run["started_us"]) == ("src/my app/main.py", START_US)


def test_csv_and_markdown_hold_one_table(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(path, Wanted("csv", "outcomes")))))
    assert {row["what"] for row in rows} == {"offered", "kept"}
    text = exported(path, Wanted("markdown"))
    assert text.startswith("# runs\n\nOne thing that was asked for")
    assert text.count("\n| ") == 2 + 3


@pytest.mark.parametrize("kind", ["jsonl", "csv", "markdown"])
def test_only_rows_of_late_are_exported_and_no_more_than_wanted(path: Path, kind: Format) -> None:
    late = exported(path, Wanted(kind, "runs", START_US + 1))
    assert '"B"' in late or "B," in late or "| B |" in late
    assert "src/my app" not in late
    out = io.StringIO()
    assert export(path, Wanted(kind, "runs", 0, 2), out) == 2


def test_an_unknown_table_is_refused(path: Path) -> None:
    with pytest.raises(BadRequestError, match="There is no table `x; DROP`"):
        exported(path, Wanted("csv", "x; DROP"))


def test_an_answer_reads_as_csv_markdown_and_records(path: Path) -> None:
    found = query(path, "SELECT 'a|b' AS x, NULL AS y, 'c' || char(10) || 'd' AS z")
    assert cells(found) == [("a|b", NOTHING, "c d")]
    assert as_records(found) == [{"x": "a|b", "y": None, "z": "c\nd"}]
    assert as_csv(found) == 'x,y,z\na|b,,"c\nd"\n'
    assert as_markdown(found) == "| x | y | z |\n| --- | --- | --- |\n| a\\|b |  | c d |\n"


def test_what_is_kept_packed_is_shown_unpacked() -> None:
    assert unpacked(packed("π\ud800 x" * 100), 1_000_000).startswith("π")
    assert unpacked(packed("x" * 5_000_000), 100) == "x" * 100
    assert unpacked(b"no such thing", 100) == "(13 bytes)"
