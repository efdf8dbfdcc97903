"""`understudy stats` for people, for programs and for good."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from typing import TYPE_CHECKING, get_args

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, RULES, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import store
from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.journal.model_tally import By
from understudy.journal.workspaces import workspace_id

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]
NOW_US = time.time_ns() // 1_000
pytestmark = pytest.mark.usefixtures("project")


def planted(project: Path) -> None:
    here, day = workspace_id(project), NOW_US - DAY_US
    runs = [
        Planted("A", (good(RULES),), ("applied", "kept"), started_us=day),
        Planted("B", (bad(SMALL), good(LARGE)), workspace=here, started_us=day),
        Planted("C", (good(SMALL, cost_usd=None),), task="edit", started_us=day),
        Planted("D", (bad(SMALL, "cancelled"),), stopped="cancelled", started_us=day),
        Planted("E", (bad(SMALL, "timeout"),), language="go", started_us=NOW_US - 20 * DAY_US),
    ]
    store(journal_file(), *rows_of(*runs))


def printed(capsys: Output, *arguments: str) -> str:
    assert main(["stats", *arguments]) == 0
    return capsys.readouterr().out


def test_without_runs_a_sentence_says_so(capsys: Output) -> None:
    assert printed(capsys) == "No run has ended yet.\n"
    assert printed(capsys, "--days", "7") == "No run has ended in the last 7 days.\n"
    assert not journal_file().exists()


LOOK = """\
4 runs, 3 solved (75%); 1 cancelled more.

model          runs  solved              95% range  kept
acme/small     3     33%     ####......  6%-79%     -
acme/large     1     100%    ##########  21%-100%   -
builtin/rules  1     100%    ##########  21%-100%   100% of 1

model          first try  rescued  p50     p95     cost     runs by day
acme/small     33%        1        1.5 s   1.5 s   ~$0.016  .............@
acme/large     100%       0        1.5 s   1.5 s   $0.002   .............@
builtin/rules  100%       0        250 ms  250 ms  free     .............@

failure     times  share           of
timeout     1      #####..... 50%  acme/small 1
type_error  1      #####..... 50%  acme/small 1

* acme/small: the cost of 1 call is estimated; nobody told it.
* acme/small: 1 cancelled and 0 superseded, which count nowhere else.
"""


def test_the_tables_in_a_terminal_that_knows_letters_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted(project)
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline=""))
    assert main(["stats"]) == 0
    sys.stdout.flush()
    assert raw.getvalue().decode("ascii") == LOOK


def test_bars_and_curves_are_drawn_without_colour(project: Path, capsys: Output) -> None:
    planted(project)
    text = printed(capsys)
    assert "33%     ████░░░░░░" in text
    assert "·············█" in text
    assert "\x1b" not in text


def test_json_has_the_shape_of_the_request(project: Path, capsys: Output) -> None:
    planted(project)
    told = json.loads(printed(capsys, "--json", "--days", "7"))
    assert (told["by"], told["runs"]["total"]) == ("model", 4)
    rows = {row["name"]: row for row in told["stats"]}
    assert rows[SMALL]["byTaskType"] == {
        "edit": {"success": 1, "fail": 0},
        "fix": {"success": 0, "fail": 1},
    }
    assert rows[SMALL]["estimated"]
    assert told["since"] is not None


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--model", SMALL), [SMALL]),
        (("--task", "edit"), [SMALL]),
        (("--language", "go"), [SMALL]),
        (("--workspace", "."), [LARGE, SMALL]),
        (("--by", "task"), ["fix", "edit"]),
        (("--by", "language"), ["python", "go"]),
        (("--by", "category"), ["timeout", "type_error"]),
        (("--days", "1000", "--by", "category", "--task", "edit"), []),
    ],
)
def test_options_choose_what_is_told(
    project: Path, capsys: Output, options: tuple[str, ...], names: list[str]
) -> None:
    planted(project)
    told = json.loads(printed(capsys, "--json", *options))
    assert [row["name"] for row in told["stats"]] == names
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "--csv", *options))))
    assert [row["name"] for row in rows] == names


@pytest.mark.parametrize("by", get_args(By))
def test_there_is_a_table_by_whatever_runs_can_be_told_apart_by(
    project: Path, capsys: Output, by: By
) -> None:
    planted(project)
    headings = [line.split()[:2] for line in printed(capsys, "--by", by).splitlines() if line]
    assert [by, "runs"] in headings
    assert [by, "first"] in headings


def test_runs_that_nobody_owns_stand_behind_a_dash(project: Path, capsys: Output) -> None:
    planted(project)
    text = printed(capsys, "--by", "owner")
    assert "\n-      5     60%" in text
    assert "\n* -: the cost of 1 call is estimated" in text


def test_one_models_numbers_stand_below_its_own_runs(project: Path, capsys: Output) -> None:
    planted(project)
    text = printed(capsys, "--model", SMALL)
    assert text.startswith("3 runs with `acme/small`, 1 solved (33%); 1 cancelled more.\n")
    by_task = json.loads(printed(capsys, "--model", SMALL, "--by", "task", "--json"))
    assert by_task["runs"] == {"total": 4, "solved": 1, "cancelled": 1, "superseded": 0}
    assert printed(capsys, "--model", "nosuch") == "No run with `nosuch` has ended yet.\n"
    asked = ["--task", "fax", "--language", "klingon", "--owner", "eve", "--days", "7"]
    assert printed(capsys, *asked) == (
        "No run of `fax` in `klingon` of the owner `eve` has ended in the last 7 days.\n"
    )
    assert json.loads(printed(capsys, "--model", "nosuch", "--json"))["runs"]["total"] == 0


def test_truths_are_written_as_in_json(project: Path, capsys: Output) -> None:
    planted(project)
    rows = csv.DictReader(io.StringIO(printed(capsys, "--csv")))
    assert {row["name"]: row["estimated"] for row in rows}[SMALL] == "true"


def test_the_best_model_is_told_only_where_that_is_known(project: Path, capsys: Output) -> None:
    planted(project)
    text = printed(capsys, "--best", "edit")
    assert text.startswith(
        "Not enough data to say which model is best for `edit`: `acme/small` (n=1)."
    )
    assert "not enough data (n=1)" in text
    told = json.loads(printed(capsys, "--best", "edit", "--json"))
    assert (told["best"], told["ranking"][0]["n"]) == ([], 1)
    assert printed(capsys, "--best", "edit", "--csv") == (
        "name,n,rate,ci95Low,ci95High,usdPerRun,secondsPerRun,enough,best\n"
        "acme/small,1,1.0,0.206549,1.0,0.01,1.5,false,false\n"
    )


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_an_export_holds_all_sums(
    project: Path, tmp_path: Path, capsys: Output, suffix: str
) -> None:
    planted(project)
    file = tmp_path / f"sums.{suffix}"
    assert printed(capsys, "export", str(file)) == f"5 records written to `{file}`.\n"
    text = file.read_text(encoding="utf-8")
    records = (
        list(csv.DictReader(io.StringIO(text)))
        if suffix == "csv"
        else [json.loads(line) for line in text.splitlines()]
    )
    assert sum(int(one["runs"]) for one in records) == 5
    assert {one["model"] for one in records} == {RULES, SMALL, LARGE}
    assert printed(capsys, "export", "-").count("\n") == 5


def test_an_export_that_can_not_be_written_is_refused(tmp_path: Path, capsys: Output) -> None:
    assert main(["stats", "export", str(tmp_path / "sums.xlsx")]) == 2
    assert main(["stats", "export", str(tmp_path / "missing" / "sums.csv")]) == 2
    said = capsys.readouterr().err
    assert "must end with `.csv` or `.jsonl`" in said
    assert "can't be written" in said


def test_nothing_is_forgotten_unless_somebody_agrees(
    project: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted(project)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert main(["stats", "reset"]) == 1
    assert "Nothing was forgotten." in capsys.readouterr().out
    assert json.loads(printed(capsys, "--json"))["runs"]["total"] == 5


def test_one_model_old_runs_or_all_are_forgotten(project: Path, capsys: Output) -> None:
    planted(project)
    told = printed(capsys, "prune", "--days", "7", "--yes")
    assert told == "1 run forgotten. What they add up to stays in the numbers.\n"
    assert json.loads(printed(capsys, "--json"))["runs"]["total"] == 5
    assert printed(capsys, "prune", "--days", "7", "--sums", "--yes") == "0 runs forgotten.\n"
    assert json.loads(printed(capsys, "--json"))["runs"]["total"] == 4
    assert printed(capsys, "reset", "--model", SMALL, "--yes") == "3 runs forgotten.\n"
    told = json.loads(printed(capsys, "--json"))
    assert [row["name"] for row in told["stats"]] == [LARGE, RULES]
    assert printed(capsys, "reset", "--yes") == "2 runs forgotten.\n"
    assert printed(capsys) == "No run has ended yet.\n"


@pytest.mark.parametrize(
    "arguments", [["--days", "0"], ["--by", "moon"], ["--json", "--csv"], ["prune", "--yes"]]
)
def test_options_that_mean_nothing_are_refused(arguments: list[str]) -> None:
    assert main(["stats", *arguments]) == 2
