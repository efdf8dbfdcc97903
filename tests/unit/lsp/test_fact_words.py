"""What a client is told of a verdict that lies in the journal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.journal.samples import run_rows, store
from understudy.config.paths import journal_file
from understudy.engine import evading, gate, others, signals, stops, traits
from understudy.engine.gate_weights import WEIGHTS
from understudy.journal.queries import runs_named
from understudy.journal.records import Check, Gate
from understudy.lsp.fact_words import GRADED, STOPS, WORDS, check_told, signal_told, stop_told

ANOTHER_COEFFICIENT = {"still_broken", "new_error", "new_problem", "tests_mended", "tests_failing"}
NAMED = re.compile(r'(?:weighed|_note|Reason)\(\s*"(\w+)"')


def test_every_signal_has_words_of_its_own() -> None:
    texts = [
        Path(one.__file__ or "").read_text(encoding="utf-8")
        for one in (signals, traits, evading, gate, others)
    ]
    named = {name for text in texts for name in NAMED.findall(text)}
    assert {"target_gone", "hatch", "not_run", "file_gone"} <= named
    assert (named | WEIGHTS.keys()) - ANOTHER_COEFFICIENT - WORDS.keys() - GRADED.keys() == set()


def test_every_stop_has_words_of_its_own() -> None:
    text = Path(stops.__file__ or "").read_text(encoding="utf-8").partition("_STOPS:")[2]
    assert set(re.findall(r'^    \("(\w+)", _', text, re.MULTILINE)) == STOPS.keys()
    assert stop_told("another_one") == "another one"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("parses", 1.0, "The file parses"),
        ("parses", 0.0, "The file does not parse"),
        ("parses", None, "Nothing could tell whether the file parses"),
        ("hatch", 0.0, "It gets around a check"),
        ("size", 1.0, "1 line changed"),
        ("size", 0.8495, "2 lines changed"),
        ("size", 0.0, "100 lines changed or more"),
        ("attempt", 1 / 3, "The model needed 3 attempts"),
        ("rivals", 1.0, "No other edit was proved as well"),
        ("rivals", 0.5, "1 other edit proved just as well"),
        ("kept", 0.857, "Edits of this kind that are kept: 86%"),
        ("scope", 0.75, "25% of the places lie outside the lines asked about"),
        ("words", 0.2, "The model sounds unsure"),
        ("new_one", 0.5, "New one: 0.5"),
        ("new_one", None, "New one: unknown"),
    ],
)
def test_a_signal_is_a_clause(name: str, value: float | None, told: str) -> None:
    assert signal_told(name, value) == told


@pytest.mark.parametrize(
    ("values", "gone", "told"),
    [
        ({"fixed_count": 1}, 1.0, "ruff: F821 gone, nothing new"),
        ({"fixed_count": 3}, 1.0, "ruff: F821 and 2 others gone, nothing new"),
        ({"fixed_count": 1, "new_count": 2}, 0.0, "ruff: 1 problem gone, 2 new"),
        ({"checker": "ty", "fixed_count": 2}, 1.0, "ty: 2 problems gone, nothing new"),
        ({}, 1.0, "ruff: nothing new"),
        ({"status": "missing"}, None, "ruff: not available"),
        ({"status": "timeout"}, None, "ruff: no answer in time"),
    ],
)
def test_a_checker_says_what_went_and_what_came(
    values: dict[str, Any], gone: float | None, told: str
) -> None:
    store(journal_file(), *run_rows("A"))
    (found,) = runs_named(journal_file(), "A")
    check = Check(**{"attempt_id": "A", "checker": "ruff", "status": "done", **values})
    verdict = Gate("A", 0.9, "confirm", (("target_gone", gone, 0.5),), ())
    assert check_told(check, found.run, verdict) == told
