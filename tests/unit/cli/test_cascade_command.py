from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.models.conftest import home
from understudy.cli import FAILED, main

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]

CHAIN = ["--model", "acme/a:7b", "--model", "other/b c@d"]


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)


def script(tmp_path: Path, *rows: dict[str, Any]) -> str:
    path = tmp_path / "script.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_a_model_that_answers_prose_for_ever_is_asked_three_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = script(tmp_path, {"model": "acme/a:7b", "category": "markdown_pollution", "times": 100})
    assert main(["cascade", "simulate", name, *CHAIN, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    asked = [step["model"] for step in found["trace"] if step["action"] == "ask"]
    assert asked == ["acme/a:7b"] * 3 + ["other/b c@d"]
    assert (found["passed"], found["calls"]) == ("other/b c@d", 4)


def test_the_trace_reads_from_top_to_bottom(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = script(
        tmp_path,
        {"category": "context_overflow", "seconds": 1, "limit": 200_000},
        {"category": "rate_limit", "afterS": 60},
        {"category": "cancelled", "message": "It was cancelled."},
    )
    assert main(["cascade", "simulate", name, *CHAIN, "--yes"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "  1. ask acme/a:7b (first)",
        "  2. acme/a:7b failed context_overflow: ask acme/a:7b (reduce_context)",
        "     It failed: context_overflow.",
        "  3. acme/a:7b failed rate_limit: stop",
        "     No model is left: `acme/a:7b` failed rate_limit (asks for 60 s); `other/b c@d` has no"
        " larger window.",
        "End: no edit, after 2 calls and 1.0 s.",
    ]


def test_a_script_can_come_in_by_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"category": "stale_document"}\n'))
    assert main(["cascade", "simulate", "-", *CHAIN]) == 1
    assert "failed stale_document: stop" in capsys.readouterr().out


def test_without_a_chain_the_configured_route_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cascade", "simulate", script(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"] == "builtin/rules"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "Line 1 of the script is no JSON"),
        ("[]", "no JSON object"),
        ('{"category": "flu"}', "`category` must be one of parse_error"),
        ("{}", "`category` must be one of"),
        ('{"category": "timeout", "afterS": "soon"}', "`afterS` must be a number"),
        ('{"category": "timeout", "after": 1}', "`after`, which means nothing here"),
        ('{"category": "timeout", "times": 1e999}', "`times` must be a number"),
        ('{"category": "timeout", "times": 0}', "`times` must be from 1 to 500"),
    ],
)
def test_a_script_that_can_not_be_read_names_the_line(
    line: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text(line, encoding="utf-8")
    assert main(["cascade", "simulate", str(path), *CHAIN]) == FAILED
    assert why in capsys.readouterr().err


def test_a_script_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cascade", "simulate", "nowhere.jsonl"]) == FAILED
    assert "`nowhere.jsonl` can't be read" in capsys.readouterr().err


def test_a_finished_reply_counts_for_its_server_as_in_a_live_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from understudy.journal.ledger import MemoryLedger

    heard: list[str] = []
    monkeypatch.setattr(MemoryLedger, "reached", lambda _, model: heard.append(model.id))
    monkeypatch.setattr(
        MemoryLedger, "reset", lambda _, about, model: heard.append(f"{about.task} {model}")
    )
    name = script(
        tmp_path,
        {"model": "acme/a:7b", "category": "type_error"},
        {"model": "acme/a:7b", "category": "timeout"},
    )
    assert main(["cascade", "simulate", name, *CHAIN, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"] == "other/b c@d"
    assert heard == ["acme/a:7b", "other/b c@d", "fix other/b c@d"]


TWO_MODELS = """
[model_routing]
explain = ["one/model", "two/model"]
[providers.one]
base_url = "http://127.0.0.1:9/v1"
[providers.two]
base_url = "http://127.0.0.1:9/v1"
[models."one/model"]
price_in = 0.5
price_out = 1.5
[models."two/model"]
price_in = 15.0
price_out = 75.0
"""


def test_a_report_without_requests_has_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cascade", "report"]) == 0
    assert capsys.readouterr().out == (
        "No request to a model over the network has been recorded yet.\n"
    )
    assert main(["cascade", "report", "--days", "7", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["requests"] == 0
    assert (found["saved_usd"], found["escalation_rate"], found["first_us"]) == (None, None, None)


def test_a_report_tells_what_was_saved_how_often_and_when(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.unit.engine.simulated import ONE, TWO, closing_world, settings_with
    from understudy.config.paths import journal_file

    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(TWO_MODELS, encoding="utf-8")
    own = settings_with({ONE: (0.5, 1.5), TWO: (15.0, 75.0)})
    rates = {"explain": {ONE: 1.0, TWO: 1.0}}
    with closing_world(journal_file(), rates, settings=own) as world:
        for _ in range(3):
            world.run("explain", ONE, TWO)
        world.rates = {"explain": {ONE: 0.0, TWO: 1.0}}
        world.run("explain", ONE, TWO)
    assert main(["cascade", "report"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == (
        "4 requests from 2025-10-09 to 2025-10-09: saved about $0.3910 against always asking"
        " two/model, escalation rate 25%, verified success 100%."
    )
    assert second == "The first model ended 3 of them."
    assert main(["cascade", "report", "--days", "1"]) == 0
    assert "in the last 1 day" in capsys.readouterr().out


def test_a_script_about_a_model_that_nobody_asks_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = script(tmp_path, {"model": "acme/slip", "category": "type_error"})
    assert main(["cascade", "simulate", name, *CHAIN]) == FAILED
    told = capsys.readouterr()
    assert told.out == ""
    assert "The script tells of `acme/slip`, and the models that are asked are" in told.err
