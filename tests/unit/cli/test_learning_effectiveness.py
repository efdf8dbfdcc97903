"""`understudy learning effectiveness`, and what other commands tell of strategies."""

from __future__ import annotations

import json

import pytest

from tests.unit.engine.test_effectiveness import rows
from tests.unit.journal.samples import run_rows, store
from understudy.cli import main
from understudy.config.paths import journal_file

Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("project")


def printed(capsys: Output, *arguments: str) -> str:
    assert main(["learning", "effectiveness", *arguments]) == 0
    return capsys.readouterr().out


def test_without_a_record_a_sentence_says_so(capsys: Output) -> None:
    assert "nothing to tell of strategies" in printed(capsys)
    assert json.loads(printed(capsys, "--json")) == {"strategies": []}
    assert not journal_file().exists()


def test_a_table_for_people_and_an_object_for_programs(capsys: Output) -> None:
    store(
        journal_file(),
        *rows("plain_retry", ["cleared", "same"]),
        *rows("show_finding", ["cleared", "cleared"]),
    )
    text = printed(capsys)
    assert "acme/large, type_error, python" in text
    assert "+50 points" in text
    told = json.loads(printed(capsys, "--json"))["strategies"]
    assert [one["strategy"] for one in told] == ["show_finding", "plain_retry"]
    assert printed(capsys, "--category", "parse_error") == printed(capsys, "--model", "no/model")


def test_a_run_names_the_strategies_that_it_used(capsys: Output) -> None:
    store(journal_file(), *run_rows("X"))
    assert main(["runs", "show", "XR"]) == 0
    shown = capsys.readouterr().out
    assert "Asked again" in shown
    line = " ".join(next(one for one in shown.split("\n") if "show_finding" in one).split())
    assert line == (
        "show_finding after type_error F821 acme/large, explored cleared +120 tokens 2.00 s"
    )


def test_the_doctor_tells_it_in_one_line(capsys: Output) -> None:
    store(journal_file(), *rows("show_finding", ["cleared", "same"]))
    main(["doctor", "--json"])
    found = {one["subject"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found["strategies"]["state"] == "ok"
    assert found["strategies"]["text"].startswith("2 failed edits asked about again or mended, 1")
