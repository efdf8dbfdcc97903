from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, SMALL, Planted, bad, good
from tests.unit.journal.released import build
from tests.unit.journal.samples import START_US, WAIT_S, call_row, count, run_rows
from understudy.cli.context_report import print_report
from understudy.config.paths import journal_file
from understudy.config.settings import Settings
from understudy.journal.database import open_for_writing
from understudy.journal.forgetting import forget_before, forget_model
from understudy.journal.prompt_records import CallSpan
from understudy.journal.rolling import count_next
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
        call_row(call, "AR", status="failed", category="timeout"),
        CallSpan(call, "old.py", 1, 5, "examples", "full", 30),
        CallSpan(call, "old.py", 9, 12, "examples", "full", 10),
        call_row(f"N{number}", "AR"),
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


def shown_runs() -> list[Row]:
    """Runs of three days whose calls showed things, each with an end of its own."""
    rows: list[Row] = []
    for day in range(3):
        for number in range(12):
            run = Planted(
                f"D{day}N{number}",
                (bad(SMALL, "timeout"), good(LARGE)) if number % 2 else (good(SMALL),),
                ("kept",) if number % 3 else ("undone",),
                started_us=START_US + day * DAY_US + number,
            )
            rows += run.rows()
            call = f"{run.name}-1"
            rows += [
                CallSpan(call, "old.py" if number % 2 else "new.py", 1, 5, "examples", "full", 30),
                CallSpan(call, "both.py", 1, 5, "types", "full", 7),
            ]
    return rows


@pytest.mark.parametrize("stretches", [1, 2, 99])
def test_sums_tell_the_same_as_rows(stretches: int) -> None:
    found = written(*shown_runs())
    assert (found.calls, found.without) == (36, 18)
    assert [one.what for one in found.paths] == ["old.py"]
    lately = span_use(journal_file(), START_US + DAY_US)
    with closing(open_for_writing(journal_file())) as connection:
        for _ in range(stretches):
            count_next(connection, START_US + 10 * DAY_US)
    assert count(journal_file(), "rollup_context") > 0
    assert span_use(journal_file()) == found
    assert span_use(journal_file(), START_US + DAY_US) == lately


def test_tiers_outlive_their_rows_and_names_of_files_do_not() -> None:
    found = written(*shown_runs())
    forget_before(journal_file(), START_US + 5 * DAY_US)
    assert count(journal_file(), "call_spans") == 0
    assert count(journal_file(), "rollup_paths") == 0
    assert span_use(journal_file()) == replace(found, paths=())


def test_a_model_that_is_forgotten_is_in_no_sum() -> None:
    found = written(*shown_runs())
    with closing(open_for_writing(journal_file())) as connection:
        while count_next(connection, START_US + 10 * DAY_US):
            pass
    forget_model(journal_file(), SMALL)
    left = span_use(journal_file())
    assert (left.calls, left.without) == (0, found.without)
    forget_model(journal_file(), LARGE)
    assert span_use(journal_file()) == SpanUse()


def test_a_file_of_an_older_version_is_told_by_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    build(10, path)
    assert [one.what for one in span_use(path).tiers] == ["required_types"]


def test_how_much_of_the_prompts_providers_had_in_their_caches_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = written(
        *run_rows("A"),
        call_row("C1", "AR", input_tokens=1_000, cached_tokens=900),
        call_row("C2", "AR", input_tokens=1_000, cached_tokens=0),
        # Nobody told, or nobody was asked.
        call_row("C3", "AR", input_tokens=5_000, cached_tokens=None),
        call_row("C4", "AR", input_tokens=5_000, cached_tokens=5_000, remembered=True),
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
