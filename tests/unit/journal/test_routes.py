"""Why a run asked the models that it asked is kept, once for all that were decided alike."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.released import build
from tests.unit.journal.samples import START_US, count, routed_row, run_rows, store
from understudy.journal.database import open_for_writing
from understudy.journal.forgetting import forget_before
from understudy.journal.queries import run_details
from understudy.journal.records import Run
from understudy.journal.route_text import route_rows
from understudy.journal.routes import LeftOut, RouteOfRun
from understudy.journal.run_text import detail_lines
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from pathlib import Path

DAY_US = 86_400_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def run_row(name: str, started_us: int = START_US) -> Run:
    return Run(name, started_us, "w", "fix", "lsp", "python", "a.py", 1)


def test_a_run_tells_whom_it_might_ask_by_whose_choice_and_why_no_others(path: Path) -> None:
    store(path, *run_rows("X"))
    details = run_details(path, "XR")
    assert details.route == RouteOfRun(
        models=("builtin/rules", "acme/large"),
        provenance="`routing.strategy` (learned)",
        explored="",
        rejected=(
            LeftOut("has a window of … tokens, and … are needed", ("acme/tiny",)),
            LeftOut("has no key", ("acme/dear", "acme/huge")),
        ),
    )
    text = "\n".join(detail_lines(details))
    assert "chosen by  `routing.strategy` (learned)" in text
    assert "not asked  has no key: acme/dear, acme/huge" in text


def test_runs_that_were_decided_alike_share_a_row(path: Path) -> None:
    windows = (
        "has a window of 4,096 tokens, and 7 are needed",
        "is left alone until 12:40 (timeout)",
    )
    one = [("acme/a", windows[0]), ("acme/b", windows[1])]
    same = [
        ("acme/b", "is left alone until 2026-11-24 09:05 (timeout)"),
        ("acme/a", "has a window of 4,096 tokens, and 90,000 are needed"),
    ]
    store(path, run_row("A"), routed_row("A", rejected=tuple(one)))
    store(path, run_row("B"), routed_row("B", rejected=tuple(same)))
    store(path, run_row("C"), routed_row("C", explored="acme/large", rejected=tuple(same)))
    assert count(path, "routes") == 2
    assert run_details(path, "A").route == run_details(path, "B").route
    route = run_details(path, "C").route
    assert route is not None
    assert [one.why for one in route.rejected][1] == "is left alone until … (timeout)"
    assert ("asked to learn about it", "acme/large") in [*route_rows(route)]


def test_of_many_models_left_out_alike_some_are_named(path: Path) -> None:
    many = tuple((f"acme/{number}", "has no key") for number in range(9))
    store(path, run_row("A"), routed_row("A", rejected=many))
    route = run_details(path, "A").route
    assert route is not None
    assert len(route.rejected[0].models) == 9
    told = dict(route_rows(route))["not asked"]
    assert told == "has no key: acme/0, acme/1, acme/2, acme/3, 5 more"


def test_a_run_without_a_decision_and_one_of_an_older_file_have_none(path: Path) -> None:
    store(path, run_row("A"))
    assert run_details(path, "A").route is None
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 10")
        connection.execute("ALTER TABLE runs DROP COLUMN route")
        connection.execute("DROP TABLE routes")
    assert run_details(path, "A").route is None


def test_a_decision_goes_with_the_last_run_that_it_was_made_for(path: Path) -> None:
    later = START_US + 3 * DAY_US
    store(path, run_row("A"), routed_row("A", provenance="built-in"))
    store(path, run_row("B"), routed_row("B"), run_row("C", later), routed_row("C"))
    forget_before(path, START_US + DAY_US)
    assert count(path, "routes") == 1
    assert run_details(path, "C").route is not None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("has no key (ACME_KEY)", "has no key"),
        ("has no key ({env:acme})", "has no key"),
        ("would exceed `budget.per_day_usd` ($2.50)", "would exceed `budget.per_day_usd`"),
        ("is switched off, or its provider is", "is switched off, or its provider is"),
        ("lacks vision", "lacks vision"),
        (
            "has a key that `acme2` refused; it is left alone until 9:05, or until the key changes",
            "has a key that `acme2` refused; it is left alone until …, or until the key changes",
        ),
        ("says\x07 nothing", "?"),
        ("x" * 201, "?"),
    ],
)
def test_a_clause_is_kept_without_figures_and_asides(said: str, kept: str) -> None:
    assert clean("clause", said) == kept


@given(st.text(max_size=400))
def test_any_clause_is_kept_on_one_line(said: str) -> None:
    kept = clean("clause", said)
    assert kept.isprintable()
    assert len(kept) <= 200
    assert clean("clause", kept) == kept or "(" in said


def test_what_is_over_is_counted_once_more_after_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    build(10, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO rollups VALUES (24, 24, 'closed', 1), (48, 24, 'pruned', 1)"
        )
    with closing(open_for_writing(path)) as connection:
        states = connection.execute("SELECT state FROM rollups ORDER BY hour").fetchall()
    assert states == [("open",), ("pruned",)]
