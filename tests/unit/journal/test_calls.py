from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import START_US, call_row, run_rows, store
from understudy.journal.calls import usual_silence_s
from understudy.journal.pruning import prune
from understudy.journal.queries import run_details
from understudy.journal.records import CallJudged
from understudy.journal.run_text import detail_lines
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from pathlib import Path

DAY_US = 86_400_000_000


def silence(path: Path, model: str = "acme/large") -> float | None:
    with closing(sqlite3.connect(path)) as connection:
        return usual_silence_s(connection, model)


def stored(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM calls").fetchone()[0])


def test_a_call_is_stored_with_its_run_and_shown_there(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    call = call_row("C", "NAMER", cost_usd=None, cached_tokens=100)
    store(path, *run_rows("NAME"), call)
    details = run_details(path, "NAMER")
    assert call in details.calls
    lines = [line for line in detail_lines(details) if " acme/large  first" in line]
    assert len(lines) == 2
    assert any("? USD" in line and "900 + 60 tokens" in line for line in lines)


def test_a_reply_that_turned_out_useless_says_why_and_so_does_who_took_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    calls = [
        call_row("C1", "NAMER"),
        replace(call_row("C2", "NAMER", how="next", model="acme/huge"), number=2),
        replace(call_row("C3", "NAMER", status="failed", category="timeout"), number=3),
    ]
    judged = [CallJudged("C1", "parse_error"), CallJudged("C3", "parse_error")]
    store(path, *run_rows("NAME"), *calls, *judged, CallJudged("C9", "parse_error"))
    details = run_details(path, "NAMER")
    mine = [one for one in details.calls if one.id in {"C1", "C2", "C3"}]
    assert [one.category for one in mine] == ["parse_error", "", "timeout"]
    lines = "\n".join(detail_lines(details))
    assert "answered parse_error" in lines
    assert "next after parse_error" in lines
    assert "failed timeout" in lines


def test_a_question_that_had_to_be_sent_twice_says_so(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows("NAME"), call_row("C", "NAMER", requests=2))
    details = run_details(path, "NAMER")
    assert 2 in [call.requests for call in details.calls]
    lines = [line for line in detail_lines(details) if "sent twice" in line]
    assert len(lines) == 1


def test_what_a_failure_was_is_told_by_the_call_or_by_its_judgement(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    failed = call_row("C1", "NAMER", status="failed", category="unknown", code="E99")
    failed = replace(failed, fingerprint="0123456789abcdef", words="the flux of * is low")
    judged = CallJudged("C2", "type_error", code="reportCallIssue", fingerprint="fedcba9876543210")
    store(path, *run_rows("NAME"), failed, call_row("C2", "NAMER"), judged)
    one, two = (call for call in run_details(path, "NAMER").calls if call.id in {"C1", "C2"})
    assert (one.code, one.fingerprint, one.words) == (failed.code, failed.fingerprint, failed.words)
    assert (two.code, two.fingerprint, two.words) == (judged.code, judged.fingerprint, "")


@pytest.mark.parametrize("words", ["a\nb", "x" * 201, "tab\tbed", "\x1b[2J"])
def test_words_of_a_failure_are_one_short_line(words: str) -> None:
    assert clean("words", words) == "?"
    assert clean("words", "the flux of * is low") == "the flux of * is low"


def test_a_call_is_kept_when_its_run_was_never_recorded(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = store(path, call_row("C", "NOBODY"))
    assert journal.dropped == 0
    assert stored(path) == 1


def test_the_usual_silence_is_that_of_the_last_two_hundred_real_answers(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    old = [call_row(f"O{at}", at_us=at, first_token_s=100.0) for at in range(50)]
    good = [call_row(f"G{at}", at_us=1_000 + at, first_token_s=float(at + 1)) for at in range(200)]
    other = [
        call_row("F", at_us=9_000, first_token_s=900.0, status="failed"),
        call_row("R", at_us=9_001, first_token_s=900.0, remembered=True),
        call_row("N", at_us=9_002, first_token_s=None),
        call_row("M", at_us=9_003, first_token_s=900.0, model="acme/small"),
    ]
    store(path, *old, *good, *other)
    assert silence(path) == 190.0


def test_a_few_calls_say_nothing_about_silence(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *(call_row(f"C{at}") for at in range(9)))
    assert silence(path) is None


def test_old_calls_are_pruned(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, call_row("OLD"), call_row("NEW", at_us=START_US + DAY_US))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        prune(connection, START_US + DAY_US, START_US + DAY_US)
    assert stored(path) == 1


@pytest.mark.parametrize("name", ["beta/t w@o", "my model", "ollama/qwen 2.5:7b"])
def test_an_id_with_spaces_is_stored_as_it_is(name: str) -> None:
    assert clean("model", name) == clean("provider", name) == name


@pytest.mark.parametrize("name", [" a", "a ", "a\nb", "a\u2028b", "a\tb", "a `b`", "x" * 129])
def test_an_id_with_anything_else_is_not(name: str) -> None:
    assert clean("model", name).startswith("?")


@pytest.mark.parametrize("model", ["my\tmodel", "modèle", "a\nb"])
def test_ids_that_are_no_words_are_told_apart_without_being_stored(
    model: str, tmp_path: Path
) -> None:
    path = tmp_path / "journal.sqlite3"
    store(
        path,
        *(call_row(f"1{at}", model=model, first_token_s=1.0) for at in range(10)),
        *(call_row(f"2{at}", model=f"{model}!", first_token_s=2.0) for at in range(10)),
    )
    assert (silence(path, model), silence(path, f"{model}!")) == (1.0, 2.0)
    assert model.encode() not in path.read_bytes()


def test_how_a_model_was_asked_is_one_of_a_few_words() -> None:
    assert clean("how", "reduce_context") == "reduce_context"
    assert clean("how", "password") == "?"
