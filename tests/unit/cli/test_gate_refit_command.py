"""`understudy gate refit`, `reset` and `report` on a journal in which much was judged."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.labelled_user import OVERCONFIDENT
from tests.unit.journal.samples import edit_row, journal_at, store
from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.config.settings import Settings
from understudy.engine.recording import open_journal
from understudy.engine.refit_file import RefitRecord, read_refit, refit_file, write_refit
from understudy.engine.refitting import refitted
from understudy.journal.labels import labels
from understudy.journal.records import Attempt, Gate, OutcomeRow, Row, Run

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.labels import Label

Output = pytest.CaptureFixture[str]
START_US = 1_760_000_000_000_000
WAIT_S = 30.0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    return tmp_path


def rows(number: int, one: Label) -> list[Row]:
    """What the journal is given of a judged edit."""
    run, trial, edit = f"{number:04}R", f"{number:04}A", f"{number:04}E"
    language = one.kind.language.replace(" ", "")
    reasons = tuple((name, value, 0.1) for name, value in one.evidence)
    return [
        Run(run, START_US, "w", "fix", "lsp", language, "a.py", number + 1),
        Attempt(trial, run, 1, "builtin/rules", "x", "offered"),
        Gate(trial, one.score, "confirm", reasons, (), "s", one.log_odds),
        replace(edit_row(edit, run, trial), language=language),
        OutcomeRow(edit, START_US + number, "kept" if one.good else "undone"),
    ]


def judged(count: int, language: str = "") -> list[Label]:
    found = OVERCONFIDENT.labels(count)
    if language:
        found = [replace(one, kind=one.kind._replace(language=language)) for one in found]
    store(journal_file(), *(row for n, one in enumerate(found) for row in rows(n, one)))
    return found


def told(capsys: Output, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["gate", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_evidence_of_labels_comes_back_from_the_journal() -> None:
    planted = judged(5)
    found = labels(journal_file())
    assert [one.good for one in found] == [one.good for one in planted]
    assert [one.at_us for one in found] == [START_US + n for n in range(5)]
    for one, known in zip(found, planted, strict=True):
        assert dict(one.evidence) == pytest.approx(dict(known.evidence), abs=1e-3)


def test_ten_labels_change_nothing(capsys: Output) -> None:
    judged(10)
    assert told(capsys, "refit")["verdict"] == "too_few"
    assert not refit_file().exists()


def test_a_sentence_says_how_many_labels_it_takes(capsys: Output) -> None:
    right = sum(one.good for one in judged(60))
    assert main(["gate", "refit"]) == 0
    assert capsys.readouterr().out.startswith(
        "Too few problems were judged to refit the coefficients: 60 of the 100 that it takes,"
        f" {right:g} of them right and {60 - right:g} wrong, of which it takes 10 each."
    )


def test_a_dry_run_tells_and_writes_nothing(capsys: Output) -> None:
    judged(160)
    assert told(capsys, "refit", "--dry-run")["verdict"] == "refitted"
    assert not refit_file().exists()


def test_what_would_count_is_told_apart_from_what_counts(capsys: Output) -> None:
    judged(160)
    would = "Coefficients that would count after `understudy gate refit`"
    for words in (["report"], ["refit", "--dry-run"]):
        assert main(["gate", *words]) == 0
        assert would in capsys.readouterr().out
    assert main(["gate", "refit"]) == 0
    assert "Coefficients that count, refitted" in capsys.readouterr().out
    assert main(["gate", "report"]) == 0
    assert "Coefficients that count, refitted" in capsys.readouterr().out


def test_a_refit_that_fell_behind_counts_until_the_next_one(capsys: Output) -> None:
    planted = judged(160)
    refit = refitted(planted)
    bad = replace(refit, intercept=3.0, until_us=0)
    write_refit(RefitRecord(bad, 0))
    assert main(["gate", "report"]) == 0
    assert "the next refit goes back" in capsys.readouterr().out
    assert main(["gate", "refit"]) == 0
    assert "came along count again" in capsys.readouterr().out


def test_a_refit_is_kept_counts_and_can_be_taken_back(capsys: Output) -> None:
    judged(160)
    assert main(["gate", "refit"]) == 0
    shown = capsys.readouterr().out
    assert "Refitted coefficients are better." in shown
    assert "size" in shown
    assert str(refit_file()) in shown
    refit = read_refit().refit
    assert refit is not None
    journal = open_journal(Settings())
    journal.start()
    assert journal.flush(WAIT_S)
    assert journal.history.refit() == refit
    assert journal.close(WAIT_S)
    assert main(["gate", "reset"]) == 0
    assert "count again" in capsys.readouterr().out
    assert read_refit().refit is None
    assert told(capsys, "refit")["verdict"] == "too_few"
    assert main(["gate", "reset"]) == 0
    assert "count anyway" in capsys.readouterr().out


def test_the_report_shows_the_tables_before_and_after(capsys: Output) -> None:
    judged(160)
    assert main(["gate", "report"]) == 0
    shown = capsys.readouterr().out
    assert "by coefficients as they came" in shown
    assert "by coefficients refitted" in shown
    assert not refit_file().exists()
    found = told(capsys, "report")["refit"]
    assert isinstance(found, dict)
    assert found["after"]["ece"] < found["before"]["ece"]
    assert found["proof"]["held_out"] == 80
    assert found["after"]["bins"]


def test_what_is_learned_for_a_group_is_no_longer_learned_twice() -> None:
    judged(400, "python")
    journal = journal_at(journal_file())
    stored = labels(journal_file())
    journal.history.load(stored)
    kind = stored[0].kind
    assert journal.history.lean(kind) < -0.8
    refit = refitted(stored)
    journal.history.read_refit = lambda: refit
    journal.history.weigh_anew(stored)
    whole = journal.history.lean(kind)
    # The intercept is part of it; what is left for the group is small.
    assert abs(whole - refit.intercept) < 0.5
    assert journal.history.lean(kind._replace(model="other/model")) == refit.intercept
    assert journal.close(WAIT_S)
