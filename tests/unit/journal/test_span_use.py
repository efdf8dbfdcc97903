from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import START_US, WAIT_S, call_row, run_rows
from understudy.cli.context_report import print_report
from understudy.config.paths import journal_file
from understudy.config.settings import Settings
from understudy.journal.prompt_records import CallSpan
from understudy.journal.span_use import SpanUse, span_use
from understudy.journal.store import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.records import Row


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))


def written(*rows: Row) -> SpanUse:
    journal = Journal.open(journal_file(), Settings())
    journal.start()
    for row in rows:
        journal.record(row)
    journal.close(WAIT_S)
    return span_use(journal_file())


def failing(number: int) -> list[Row]:
    """A call that failed and showed two pieces of one tier, and one that showed nothing."""
    call = f"F{number}"
    return [
        call_row(call, "R", status="failed", category="timeout"),
        CallSpan(call, "old.py", 1, 5, "examples", "full", 30),
        CallSpan(call, "old.py", 9, 12, "examples", "full", 10),
        call_row(f"N{number}", "R"),
    ]


def test_without_a_journal_nothing_is_known() -> None:
    assert span_use(journal_file()) == SpanUse()


def test_each_tier_is_told_with_how_its_calls_ended(capsys: pytest.CaptureFixture[str]) -> None:
    found = written(*run_rows("A"), *(row for number in range(3) for row in failing(number)))
    assert (found.calls, found.answered, found.without) == (4, 1, 3)
    examples, types = found.tiers
    assert (examples.what, examples.calls, examples.answered) == ("examples", 3, 0)
    assert (examples.failed, examples.tokens) == (3, 120)
    assert (types.what, types.answered, types.tokens) == ("required_types", 1, 21)
    # Three calls say nothing yet, and nobody pretends that they do.
    assert not found.is_telling
    assert not any(one.is_never_useful for one in found.tiers)
    assert found.paths == ()
    assert print_report(as_json=False) == 0
    assert "too few calls to tell" in capsys.readouterr().out


def test_how_much_of_the_prompts_providers_had_in_their_caches_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = written(
        *run_rows("A"),
        call_row("C1", "R", input_tokens=1_000, cached_tokens=900),
        call_row("C2", "R", input_tokens=1_000, cached_tokens=0),
        # Nobody told, or nobody was asked.
        call_row("C3", "R", input_tokens=5_000, cached_tokens=None),
        call_row("C4", "R", input_tokens=5_000, cached_tokens=5_000, remembered=True),
    )
    assert (found.sent, found.cached) == (2_000, 900)
    assert print_report(as_json=False) == 0
    assert "2,000 tokens of prompts, providers had 900 (45%)" in capsys.readouterr().out


def test_what_was_shown_often_and_never_of_use_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = written(*run_rows("A"), *(row for number in range(10) for row in failing(number)))
    assert [one.what for one in found.tiers if one.is_never_useful] == ["examples"]
    assert [(one.what, one.calls) for one in found.paths] == [("old.py", 10)]
    assert span_use(journal_file(), START_US + 1).calls == 0
    assert print_report(as_json=False) == 0
    assert "never of use: `examples`." in capsys.readouterr().out
