from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import START_US, run_rows, store
from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.journal.records import Run
from understudy.journal.run_text import moment

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))


def test_the_table_says_where_what_was_proved_and_what_became_of_it(capsys: Output) -> None:
    store(journal_file(), *run_rows("X"))
    assert main(["runs"]) == 0
    headings, row = capsys.readouterr().out.splitlines()
    assert headings.split() == [
        *("when", "id", "task", "where", "diagnostic", "model", "proved"),
        *("verdict", "status", "seconds", "became"),
    ]
    cells = row.split("  ")
    assert [cell.strip() for cell in cells if cell.strip()] == [
        moment(START_US),
        "XR",
        "fix",
        "src/my app/main.py:12",
        "ruff F821",
        "builtin/rules",
        "basedpyright missing, ruff -1 +0",
        "confirm 0.91",
        "offered",
        "0.75",
        "kept",
    ]


def test_no_more_runs_are_shown_than_asked_for(capsys: Output) -> None:
    for number in range(4):
        store(journal_file(), *run_rows(f"N{number}", started_us=START_US + number))
    assert main(["runs", "--limit", "2", "--json"]) == 0
    assert [run["id"] for run in json.loads(capsys.readouterr().out)] == ["N3R", "N2R"]


@pytest.mark.parametrize("limit", ["0", "-1", "many", "²", "9" * 5000])
def test_a_limit_that_is_no_number_of_runs_is_refused(limit: str, capsys: Output) -> None:
    assert main(["runs", f"--limit={limit}"]) == 2
    assert "is not a number from 1 to 999999" in capsys.readouterr().err


def test_a_run_is_listed_as_json_with_its_checks(capsys: Output) -> None:
    store(journal_file(), *run_rows("X"))
    assert main(["runs", "--json"]) == 0
    (run,) = json.loads(capsys.readouterr().out)
    assert run["started"] == "2025-10-09T08:53:20+00:00"
    assert (run["score"], run["band"], run["became"]) == (0.91, "confirm", "kept")
    assert [check["checker"] for check in run["checks"]] == ["basedpyright", "ruff"]


def test_a_run_is_shown_with_attempts_checks_reasons_and_outcomes(capsys: Output) -> None:
    store(journal_file(), *run_rows("X"))
    assert main(["runs", "show", "x"]) == 0
    shown = capsys.readouterr().out
    for part in (
        "Run XR\n",
        "  job         XJOB\n",
        "  surface     lsp Visual-Studio-Code\n",
        "Attempt 1: builtin/rules misspelt_name, offered, 0.40 s\n",
        "  check basedpyright  missing",
        "  verdict             confirm  0.91\n",
        "  stopped by size\n",
        "  signal target_gone  1        weight 0.50\n",
        "  signal kept         unknown  weight 0.00\n",
        "Edit XE: 1 lines removed, 1 added\n",
        "  kept     1\n",
    ):
        assert part in shown


@pytest.mark.parametrize(
    "arguments", [["runs", "show", "X", "--json"], ["runs", "--json", "show", "X"]]
)
def test_a_run_is_shown_as_json(arguments: list[str], capsys: Output) -> None:
    store(journal_file(), *run_rows("X"))
    assert main(arguments) == 0
    shown = json.loads(capsys.readouterr().out)
    parts = {"run", "attempts", "checks", "gates", "edits", "outcomes", "calls"}
    assert set(shown) == parts | {"strategies", "lessons", "route"}
    assert shown["route"]["models"] == ["builtin/rules", "acme/large"]
    assert shown["route"]["rejected"][1] == {
        "why": "has no key",
        "models": ["acme/dear", "acme/huge"],
    }
    assert shown["gates"][0]["hard_stops"] == ["size"]
    assert shown["gates"][0]["reasons"][1] == {"signal": "kept", "value": None, "weight": 0.0}


def test_an_unfinished_run_without_attempts_is_shown_too(capsys: Output) -> None:
    first = run_rows("X")[0]
    assert isinstance(first, Run)
    store(journal_file(), replace(first, line=0, source="", code=""))
    assert main(["runs"]) == 0
    assert "src/my app/main.py  -" in (listed := capsys.readouterr().out)
    assert "unfinished" in listed
    assert main(["runs", "show", "XR"]) == 0
    assert "  status    unfinished\n" in capsys.readouterr().out


@pytest.mark.parametrize("written", ["nothing", "NOTHING"])
def test_an_id_that_names_no_run_is_quoted_as_it_was_written(written: str, capsys: Output) -> None:
    store(journal_file(), *run_rows("X"))
    assert main(["runs", "show", written]) == 2
    said = f"understudy: No run has an id that begins with `{written}`.\n"
    assert capsys.readouterr().err == said
    assert main(["runs", "show", "xr"]) == 0


def test_without_a_journal_there_is_nothing_to_show(capsys: Output) -> None:
    assert main(["runs"]) == 0
    assert capsys.readouterr().out == "No runs have been recorded yet.\n"
    assert main(["runs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["runs", "show", "X"]) == 2
    assert not journal_file().exists()


def test_a_terminal_gets_a_drawn_table_without_markup(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = run_rows("X")
    assert isinstance(first, Run)
    store(journal_file(), replace(first, path="a/[red]x.py"), *rest)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["runs"]) == 0
    assert "a/[red]x.py:12" in capsys.readouterr().out


def test_a_place_without_a_path_is_a_line(capsys: Output) -> None:
    rows = [replace(row, path="") if isinstance(row, Run) else row for row in run_rows("X")]
    store(journal_file(), *rows)
    assert main(["runs"]) == 0
    assert "  line 12  " in capsys.readouterr().out
