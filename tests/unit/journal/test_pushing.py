"""Runs are copied to a team's database: each, as it is now, and no more than may be known there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.planted import LARGE, Planted, good, rows_of
from tests.unit.journal.samples import START_US, run_rows, store
from understudy.core.failures import UnavailableError
from understudy.journal import changed_runs, team_journal
from understudy.journal.copying import Terms
from understudy.journal.database import open_for_writing
from understudy.journal.model_stats import model_stats
from understudy.journal.model_tally import Scope
from understudy.journal.pushing import Pushing, push
from understudy.journal.queries import recent_runs, run_details
from understudy.journal.query import query
from understudy.journal.records import OutcomeRow

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.postgres import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "journal.sqlite3"
    store(found, *run_rows("X"))
    return found


def rows(team: Database, sql: str) -> tuple[tuple[Any, ...], ...]:
    return query(team, sql).rows


def test_only_what_is_new_is_copied(path: Path, team: Database) -> None:
    what = Pushing(path, team)
    assert [push(what), push(what)] == [1, 0]
    store(path, *run_rows("Y", started_us=START_US + 9))
    assert [push(what), push(what)] == [1, 0]
    assert [run.id for run in recent_runs(team)] == ["YR", "XR"]
    assert push(what, anew=True) == 2
    assert len(recent_runs(team)) == 2


def test_a_run_is_copied_when_it_has_ended(path: Path, team: Database) -> None:
    what = Pushing(path, team)
    push(what)
    planted = Planted("Z", (good(LARGE),))
    store(path, *replace(planted, ended=False).rows())
    assert push(what) == 0
    store(path, planted.rows()[-1])
    assert push(what) == 1
    assert [run.id for run in recent_runs(team)] == ["Z", "XR"]


def test_what_became_of_an_edit_later_is_copied_too(path: Path, team: Database) -> None:
    what = Pushing(path, team)
    push(what)
    store(path, OutcomeRow("XE", START_US + 999, "undone"))
    assert push(what) == 1
    assert run_details(team, "XR").run.became == "undone"
    found, told = model_stats(team), model_stats(path)
    assert [one.total for one in found.groups] == [one.total for one in told.groups]


def test_a_change_that_comes_while_its_run_is_copied_is_not_missed(
    path: Path, team: Database
) -> None:
    target = Pushing(path, team).target
    push(Pushing(path, team))
    store(path, OutcomeRow("XE", START_US + 998, "changed"))
    with closing(open_for_writing(path)) as local:
        seen = changed_runs.next_changed(local, target, 9)
        store(path, OutcomeRow("XE", START_US + 999, "undone"))
        changed_runs.done(local, target, seen, START_US)
        assert [one.run_id for one in changed_runs.next_changed(local, target, 9)] == ["XR"]


def test_nothing_is_noted_for_a_database_that_is_not_asked_any_more(
    path: Path, team: Database
) -> None:
    what = Pushing(path, team)
    push(what)
    with closing(sqlite3.connect(path, isolation_level=None)) as local:
        local.execute("UPDATE push_targets SET at_us = 1")
        store(path, *run_rows("Y"))
        assert local.execute("SELECT COUNT(*) FROM unpushed").fetchone() == (0,)
    assert push(what) == 2


def test_names_of_files_and_texts_stay_here_unless_told(path: Path, team: Database) -> None:
    push(Pushing(path, team))
    assert rows(team, "SELECT path FROM runs") == (("",),)
    assert rows(team, "SELECT words FROM calls") == (("",),)
    assert rows(team, "SELECT COUNT(*) AS n FROM shown") == ((0,),)
    assert push(Pushing(path, team, Terms(level="full"))) == 1
    assert rows(team, "SELECT path FROM runs") == (("src/my app/main.py",),)
    assert rows(team, "SELECT path FROM shown") == (("shop/prices.py",),)


@pytest.mark.parametrize(("level", "there"), [("metrics", 0), ("redacted", 1), ("full", 2)])
def test_texts_are_copied_as_far_as_their_level_allows(
    path: Path, team: Database, level: Any, there: int
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as local:
        for number, kept in enumerate(("redacted", "full")):
            which = {"sha": str(number), "level": kept, "part": ("prompt", "reply")[number]}
            local.execute("INSERT INTO contents VALUES (:sha, 1, :level, 3, x'00ff')", which)
            local.execute("INSERT INTO content_uses VALUES ('XC', :part, :sha, 1)", which)
    push(Pushing(path, team, Terms(level=level)))
    assert rows(team, "SELECT COUNT(*) AS n FROM contents") == ((there,),)
    assert rows(team, "SELECT COUNT(*) AS n FROM content_uses") == ((there,),)


def test_two_machines_share_a_database_and_are_told_apart(tmp_path: Path, team: Database) -> None:
    for name, number in (("ada", 2), ("bob", 3)):
        path = tmp_path / name
        # The same words have other numbers here and there.
        store(path, *run_rows(name.upper()))
        store(path, *rows_of(*(Planted(f"{name}{one}", (good(LARGE),)) for one in range(number))))
        assert push(Pushing(path, team, Terms(owner=name))) == number + 1
    found = model_stats(team, by="owner").groups
    assert [(one.name, one.total.runs) for one in found] == [("bob", 5), ("ada", 4)]
    assert model_stats(team, Scope(owner="ada")).runs.total == 3
    assert rows(team, "SELECT COUNT(*) AS n FROM check_sets") == ((1,),)
    assert len(run_details(team, "BOBR").checks) == len(run_details(team, "ADAR").checks) == 2


def test_sums_are_made_and_made_anew(path: Path, team: Database) -> None:
    what = Pushing(path, team)
    push(what)
    assert rows(team, "SELECT DISTINCT state FROM rollups") == (("closed",),)
    store(path, OutcomeRow("XE", START_US + 999, "undone"))
    push(what)
    assert rows(team, "SELECT COUNT(*) AS n FROM rollups WHERE state = 'open'") == ((1,),)
    assert sum(one.total.undone for one in model_stats(team).groups) == 1


def test_what_is_forgotten_here_stays_there(path: Path, team: Database) -> None:
    what = Pushing(path, team)
    push(what)
    store(path, OutcomeRow("XE", START_US + 999, "undone"))
    with closing(open_for_writing(path)) as local:
        local.execute("DELETE FROM runs")
        assert push(what) == 0
        assert local.execute("SELECT COUNT(*) FROM unpushed").fetchone() == (0,)
    assert len(recent_runs(team)) == 1


def test_many_runs_go_in_batches_and_can_be_stopped(tmp_path: Path, team: Database) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *rows_of(*(Planted(f"P{one:03}", (good(LARGE),)) for one in range(250))))
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert push(Pushing(path, team, stop=stop)) == 200
    assert push(Pushing(path, team)) == 50
    assert len(recent_runs(team, 999)) == 250


def test_a_database_that_is_down_is_told_without_its_password(path: Path) -> None:
    from understudy.journal.postgres import Database

    team = Database("postgresql://me:hunter2@127.0.0.1:1/understudy")
    with pytest.raises(UnavailableError) as failure:
        push(Pushing(path, team))
    assert "127.0.0.1/understudy" in str(failure.value)
    assert "hunter2" not in f"{failure.value} {team!r}"


def test_a_connection_over_a_network_is_encrypted() -> None:
    from understudy.journal.postgres import defaults

    assert defaults({"host": "db.example"})["sslmode"] == "require"
    assert defaults({"host": "localhost"})["sslmode"] == "prefer"


def test_characters_that_a_database_cannot_hold_are_replaced(path: Path, team: Database) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as local:
        local.execute("UPDATE runs SET code = 'a' || char(0) || 'b'")
    push(Pushing(path, team))
    assert rows(team, "SELECT code FROM runs") == (("a\N{REPLACEMENT CHARACTER}b",),)
    with team_journal.writing(team) as remote:
        assert remote.execute("SELECT COUNT(*) FROM runs").fetchone()[0] == 1
