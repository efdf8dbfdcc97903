"""`understudy journal`: what is recorded, written out and asked."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import WAIT_S, journal_at, run_rows, store
from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.journal.contents import Content

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]
NOW_US = time.time_ns() // 1_000
pytestmark = pytest.mark.usefixtures("project")


@pytest.fixture
def planted(project: Path) -> None:
    runs = [
        Planted("A", (bad(SMALL, "timeout"), good(LARGE)), ("kept",), started_us=NOW_US - DAY_US),
        Planted("B", (good(SMALL),), started_us=NOW_US - 20 * DAY_US),
    ]
    store(journal_file(), *rows_of(*runs))


def printed(capsys: Output, *arguments: str) -> str:
    assert main(["journal", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("planted")
def test_everything_is_written_as_json_lines(capsys: Output) -> None:
    rows = [json.loads(line) for line in printed(capsys, "export").splitlines()]
    assert [row["id"] for row in rows if row["table"] == "runs"] == ["A", "B"]
    late = printed(capsys, "export", "--days", "7")
    assert {json.loads(line).get("run_id", "A") for line in late.splitlines()} == {"A"}


@pytest.mark.usefixtures("planted")
def test_a_table_goes_into_a_file(capsys: Output, project: Path) -> None:
    told = printed(capsys, "export", "--format", "csv", "--table", "calls", "--out", "calls.csv")
    assert told == "3 rows written to `calls.csv`.\n"
    rows = list(csv.DictReader(io.StringIO((project / "calls.csv").read_text(encoding="utf-8"))))
    assert [row["model"] for row in rows] == [SMALL, LARGE, SMALL]


def test_a_file_that_cannot_be_written_is_told(capsys: Output) -> None:
    assert main(["journal", "export", "--out", "no/such/folder.csv"]) == 2
    assert "`no/such/folder.csv` can't be written" in capsys.readouterr().err


@pytest.mark.usefixtures("planted")
def test_a_question_is_answered_as_a_table_json_csv_and_markdown(capsys: Output) -> None:
    sql = "SELECT task, COUNT(*) AS runs FROM runs GROUP BY task"
    assert printed(capsys, "query", sql).split() == ["task", "runs", "fix", "2"]
    assert json.loads(printed(capsys, "query", sql, "--format", "json")) == [
        {"task": "fix", "runs": 2}
    ]
    assert printed(capsys, "query", sql, "--format", "csv") == "task,runs\nfix,2\n"
    assert printed(capsys, "query", sql, "--format", "markdown").endswith("| fix | 2 |\n")


@pytest.mark.usefixtures("planted")
def test_columns_of_one_name_are_numbered_in_json(capsys: Output) -> None:
    sql = "SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a"
    told = json.loads(printed(capsys, "query", sql, "--format", "json"))
    assert told == [{"a": 1, "a_3": 2, "a_2": 3, "a_4": 4}]


@pytest.mark.usefixtures("planted")
def test_a_saved_query_is_asked_by_its_name(capsys: Output) -> None:
    told = json.loads(printed(capsys, "query", "--saved", "failures-by-model", "--format", "json"))
    assert told == [{"model": SMALL, "category": "timeout", "failures": 1}]
    assert "failures-by-model" in printed(capsys, "query", "--list")


@pytest.mark.usefixtures("planted")
def test_that_there_is_more_is_told_beside_the_answer(capsys: Output) -> None:
    assert main(["journal", "query", "SELECT id FROM runs", "--limit", "1"]) == 0
    assert capsys.readouterr().err == "understudy: There is more; `--limit` is 1.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Write one SELECT"),
        (["SELECT 1", "--saved", "problems"], "Write one SELECT"),
        (["--saved", "x"], "There is no saved query `x`"),
        (["DELETE FROM runs"], "Only `SELECT` is allowed here"),
    ],
)
@pytest.mark.usefixtures("planted")
def test_what_means_nothing_is_refused(capsys: Output, arguments: list[str], told: str) -> None:
    assert main(["journal", "query", *arguments]) == 2
    assert told in capsys.readouterr().err


def texts(*said: str) -> None:
    journal = journal_at(journal_file(), content="full")
    for row in run_rows("X", started_us=NOW_US):
        journal.record(row)
    for text in said:
        journal.record(Content(NOW_US, "XC", "prompt", (text,)))
    assert journal.close(WAIT_S)


def test_texts_are_deleted_when_that_is_agreed_to(capsys: Output) -> None:
    texts("a prompt")
    assert main(["journal", "purge"]) == 1
    assert "Nothing was forgotten" in capsys.readouterr().out
    assert printed(capsys, "purge", "--before", "2020-01-01", "--yes") == "0 texts deleted.\n"
    assert printed(capsys, "purge", "--level", "metrics", "--yes") == "2 texts deleted.\n"


def test_a_day_that_is_none_is_refused(capsys: Output) -> None:
    assert main(["journal", "purge", "--before", "yesterday", "--yes"]) == 2
    assert "`yesterday` is no day" in capsys.readouterr().err


def test_a_limit_that_is_none_is_told_as_one(capsys: Output) -> None:
    assert main(["journal", "query", "SELECT 1", "--limit", "0"]) == 2
    assert "`0` is not a number from 1 to 999999" in capsys.readouterr().err


BACKLOG = {"acme/large": {"totalRuns": 40, "successRate": 0.9, "avgLatencyMs": 1250}}


def test_what_another_program_knows_comes_in_and_goes_out(capsys: Output, project: Path) -> None:
    (project / "stats.json").write_text(json.dumps(BACKLOG), encoding="utf-8-sig")
    told = printed(capsys, "import", "stats.json")
    assert told.startswith("Imported: models: 1.\n")
    assert printed(capsys, "import", "stats.json") == "Nothing in it is new.\n"
    assert json.loads(printed(capsys, "export", "--format", "backlog")) == {"stats": BACKLOG}
    one = printed(capsys, "export", "--format", "backlog", "--table", "stats", "--out", "out.json")
    assert one == "1 row written to `out.json`.\n"
    assert json.loads((project / "out.json").read_text(encoding="utf-8")) == BACKLOG
    assert main(["stats"]) == 0
    shown = capsys.readouterr().out
    assert "Imported from other programs, and counted nowhere above:" in shown
    assert "acme/large  40    90%" in shown
    assert main(["stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"][0]["avgLatencyMs"] == 1250
    assert printed(capsys, "purge", "--imported", "--yes") == "1 record deleted.\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"\xff\xfe", "`in.json` is not UTF-8."),
        (b"{", "The file is not JSON"),
        (b" " * 16_000_001, "larger than 16 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    capsys: Output, project: Path, body: bytes, told: str
) -> None:
    assert main(["journal", "import", "in.json"]) == 2
    assert "`in.json` can't be read" in capsys.readouterr().err
    (project / "in.json").write_bytes(body)
    assert main(["journal", "import", "in.json"]) == 2
    assert told in capsys.readouterr().err
    assert main(["journal", "export", "--format", "backlog", "--table", "runs"]) == 2


@pytest.mark.parametrize(
    "command",
    [
        "journal import in.json",
        "journal purge --yes",
        "journal purge --imported --yes",
        "stats reset --yes",
        "stats reset --yes --model acme/large",
        "stats prune --days 1 --yes",
    ],
)
def test_commands_that_write_move_a_damaged_journal_aside(
    capsys: Output, project: Path, command: str
) -> None:
    (project / "in.json").write_text(json.dumps(BACKLOG), encoding="utf-8")
    damaged = b"this was a database once " * 100
    journal_file().parent.mkdir(parents=True, exist_ok=True)
    journal_file().write_bytes(damaged)
    assert main(command.split()) == 2
    (moved,) = journal_file().parent.glob("*.corrupt-*")
    assert moved.read_bytes() == damaged
    said = capsys.readouterr().err
    assert f"`{journal_file()}` is damaged and was moved to `{moved.name}`" in said
    assert main(command.split()) == 0


@pytest.mark.parametrize(
    "command", ["stats", "runs", "lessons", "journal export", "journal query --saved problems"]
)
def test_commands_that_read_say_what_to_do_about_a_damaged_journal(
    capsys: Output, command: str
) -> None:
    journal_file().parent.mkdir(parents=True, exist_ok=True)
    journal_file().write_bytes(b"this was a database once " * 100)
    assert main(command.split()) == 2
    said = capsys.readouterr().err
    assert f"`{journal_file()}` can't be read: file is not a database." in said
    assert "`understudy stats reset` moves it aside" in said


def test_a_journal_that_was_cut_is_moved_aside_too(capsys: Output) -> None:
    store(journal_file(), *(row for _ in range(20) for row in run_rows()))
    whole = journal_file().read_bytes()
    journal_file().write_bytes(whole[: len(whole) // 2])
    assert main(["stats"]) == 2
    assert "moves it aside" in capsys.readouterr().err
    assert main(["stats", "reset", "--yes"]) == 2
    assert "was moved to" in capsys.readouterr().err
