"""`understudy failures stats` and the user's own rules in `understudy failures classify`."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.samples import call_row, store
from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.journal.records import CallJudged

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]

NOW_US = time.time_ns() // 1_000
DAY_US = 86_400_000_000
UNKNOWN: dict[str, Any] = {
    "status": "failed",
    "category": "unknown",
    "code": "E77",
    "fingerprint": "00112233aabbccdd",
    "words": "the flux of * is too low",
}
pytestmark = pytest.mark.usefixtures("project")


def recorded() -> None:
    """Six calls of two models: one went well, one was found useless later, four failed."""
    store(
        journal_file(),
        call_row("C1", at_us=NOW_US),
        call_row("C2", at_us=NOW_US),
        CallJudged("C2", "type_error", code="reportCallIssue"),
        call_row("C3", at_us=NOW_US, status="failed", category="timeout"),
        call_row("C4", at_us=NOW_US - 1, model="acme/small", **UNKNOWN),
        call_row("C5", at_us=NOW_US - 2, **{**UNKNOWN, "words": "older words of it"}),
        call_row("C6", at_us=NOW_US - 9 * DAY_US, status="failed", category="refusal"),
        call_row("C7", at_us=NOW_US, remembered=True),
    )


def test_without_failures_a_sentence_says_so(capsys: Output) -> None:
    assert main(["failures", "stats"]) == 0
    assert capsys.readouterr().out == "No failures have been recorded yet.\n"
    store(journal_file(), call_row("C1", at_us=NOW_US))
    assert main(["failures", "stats", "--days", "1"]) == 0
    assert capsys.readouterr().out == (
        "No failures of 1 call have been recorded in the last 1 day.\n"
    )


def test_each_category_is_counted_for_each_model_and_for_all(capsys: Output) -> None:
    recorded()
    assert main(["failures", "stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "5 failures in 6 calls; 40% of them unknown."
    cells = [line.split() for line in lines]
    assert ["unknown", "2", "40%"] in cells
    assert ["acme/large", "5", "type_error", "1", "25%"] in cells
    assert ["acme/small", "1", "unknown", "1", "100%"] in cells
    (kind,) = [line for line in lines if "00112233aabbccdd" in line]
    assert "2      E77   acme/large, acme/small  the flux of * is too low" in kind


def test_only_the_last_days_are_counted_and_json_has_all_of_it(capsys: Output) -> None:
    recorded()
    assert main(["failures", "stats", "--days", "7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["calls"], told["failed"], told["unknown_rate"]) == (5, 4, 0.5)
    assert told["categories"] == {"unknown": 2, "timeout": 1, "type_error": 1}
    assert told["models"]["acme/small"] == {"calls": 1, "categories": {"unknown": 1}}
    (kind,) = told["unknown"]
    assert (kind["number"], kind["code"], kind["words"]) == (2, "E77", "the flux of * is too low")
    assert kind["models"] == ["acme/large", "acme/small"]


@pytest.mark.parametrize("days", ["0", "-1", "many", "999999"])
def test_days_that_are_no_days_are_refused(days: str) -> None:
    assert main(["failures", "stats", f"--days={days}"]) == 2


def test_an_error_is_classified_as_the_users_rules_say(
    home: Path, tmp_path: Path, capsys: Output
) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"source": "acme", "text": "The flux of core 7 is too low"}\n', "utf-8")
    assert main(["failures", "classify", str(lines)]) == 0
    assert json.loads(capsys.readouterr().out)["category"] == "unknown"
    rules = '[failures.rules]\n"the flux of * is too low" = "provider_unavailable"\n'
    (home / "config.toml").write_text(rules, encoding="utf-8")
    assert main(["failures", "classify", str(lines)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["category"], told["secondary"]) == ("provider_unavailable", ["unknown"])
