from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import START_US, call_row, edit_row, run_rows, store
from understudy.core.failures import BadRequestError, UnavailableError
from understudy.journal.queries import recent_runs, run_details
from understudy.journal.reading import reading
from understudy.journal.records import Attempt, Checks, Gate, OutcomeRow, Run
from understudy.journal.run_text import detail_lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal with # and %20.sqlite3"


def test_a_run_comes_back_with_what_was_proved_and_what_became_of_it(path: Path) -> None:
    store(path, *run_rows("X"))
    (run,) = recent_runs(path)
    assert (run.id, run.task, run.path, run.line) == ("XR", "fix", "src/my app/main.py", 12)
    assert (run.source, run.code, run.model) == ("ruff", "F821", "builtin/rules")
    assert (run.status, run.score, run.band, run.became) == ("offered", 0.91, "confirm", "kept")
    assert [(check.checker, check.status) for check in run.checks] == [
        ("basedpyright", "missing"),
        ("ruff", "done"),
    ]


def test_the_newest_runs_come_first_and_no_more_than_asked_for(path: Path) -> None:
    for number in range(5):
        store(path, *run_rows(f"N{number}", started_us=START_US + number))
    assert [run.id for run in recent_runs(path, 3)] == ["N4R", "N3R", "N2R"]


def test_a_run_costs_what_its_calls_do_and_nobody_knows_where_one_is_not_known(path: Path) -> None:
    store(path, *run_rows("X"), *run_rows("Y"), *run_rows("Z"))
    before = {run.id: run.cost_usd for run in recent_runs(path)}
    store(path, call_row("1", "XR", cost_usd=0.25), call_row("2", "XR", cost_usd=0.5))
    store(path, call_row("3", "YR", cost_usd=0.25), call_row("4", "YR", cost_usd=None))
    told = {run.id: run.cost_usd for run in recent_runs(path)}
    assert told == {"XR": (before["XR"] or 0.0) + 0.75, "YR": None, "ZR": before["ZR"]}
    assert run_details(path, "XR").run.cost_usd == told["XR"]
    lines = {name: "\n".join(detail_lines(run_details(path, name))) for name in ("XR", "YR")}
    assert re.search(rf"cost +{told['XR']:.4f} USD", lines["XR"])
    assert re.search(r"cost +not known", lines["YR"])


def test_a_run_that_goes_on_has_no_end_yet(path: Path) -> None:
    store(path, run_rows("X")[0])
    (run,) = recent_runs(path)
    assert (run.seconds, run.status, run.score, run.band, run.became) == (None, "", None, "", "")


def test_the_attempt_that_was_offered_stands_for_the_run_and_not_the_best_score(
    path: Path,
) -> None:
    rows = run_rows("X")
    better = Attempt("B", "XR", 2, "builtin/rules", "other", "withheld")
    store(path, *rows, better, Gate("B", 0.99, "block"))
    assert recent_runs(path)[0].score == 0.91


def test_the_best_attempt_stands_for_a_run_without_an_offer(path: Path) -> None:
    run = run_rows("X")[0]
    attempts = [Attempt(f"A{n}", "XR", n, "builtin/rules", "one", "withheld") for n in (1, 2, 3)]
    store(path, run, *attempts, Gate("A1", 0.2, "block"), Gate("A2", 0.3, "block"))
    assert recent_runs(path)[0].score == 0.3


def test_a_judgement_says_more_about_an_edit_than_what_happened_last(path: Path) -> None:
    store(path, *run_rows("X", what="undone"), OutcomeRow("XE", START_US + 9, "diagnostic_back"))
    assert recent_runs(path)[0].became == "undone"


def test_a_run_is_found_by_its_id_in_any_case_and_by_a_unique_beginning(path: Path) -> None:
    store(path, *run_rows("AB1"), *run_rows("AB2"), *run_rows("C"))
    assert run_details(path, "AB1R").run.id == "AB1R"
    assert run_details(path, " ab2r\n").run.id == "AB2R"
    assert run_details(path, "C").run.id == "CR"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("ZZ", "No run has an id that begins with `ZZ`."),
        ("", "No run has an id that begins with ``."),
        ("A%", "No run has an id that begins with `A%`."),
        ("AB", "More than one run has an id that begins with `AB`."),
    ],
)
def test_an_id_that_names_no_single_run_is_refused(path: Path, wanted: str, sentence: str) -> None:
    store(path, *run_rows("AB1"), *run_rows("AB2"))
    with pytest.raises(BadRequestError) as caught:
        run_details(path, wanted)
    assert str(caught.value) == sentence


def test_details_hold_the_rows_as_they_were_recorded(path: Path) -> None:
    rows = run_rows("X")
    store(path, *rows)
    details = run_details(path, "XR")
    assert details.attempts == (rows[1],)
    assert isinstance(rows[2], Checks)
    assert set(details.checks) == set(rows[2].checks)
    assert details.gates == (rows[3],)
    assert details.edits == (edit_row("XE", "XR", "XA"),)
    assert details.outcomes == (rows[5], rows[6])


def test_without_a_journal_there_are_no_runs(path: Path) -> None:
    assert recent_runs(path) == ()
    with pytest.raises(BadRequestError, match=r"No runs have been recorded yet\."):
        run_details(path, "X")
    assert not path.exists()


def test_a_damaged_journal_is_a_sentence(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    with pytest.raises(UnavailableError, match="can't be read"):
        recent_runs(path)


def test_a_newer_journal_that_has_changed_too_much_is_a_sentence(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UnavailableError, match="A newer Understudy wrote"):
        recent_runs(path)


def test_reading_cannot_write(path: Path) -> None:
    store(path, *run_rows("X"))
    with reading(path) as connection:
        assert connection is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM runs")


def test_fifty_runs_of_many_are_found_by_index(path: Path) -> None:
    run = run_rows("X")[0]
    assert isinstance(run, Run)
    store(path, run)
    with reading(path) as connection:
        assert connection is not None
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM runs ORDER BY started_us DESC, id DESC LIMIT 50"
        )
        assert "runs_by_time" in plan.fetchone()["detail"]
