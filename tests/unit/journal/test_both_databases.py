"""Every question about runs has the same answer in the journal's file and in a team's database."""

from __future__ import annotations

import io
import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.planted import (
    DAY_US,
    LARGE,
    RULES,
    SMALL,
    Planted,
    bad,
    good,
    rows_of,
)
from tests.unit.journal.samples import START_US, call_row, run_rows, store
from understudy.core.failures import BadRequestError
from understudy.journal import team_journal
from understudy.journal.copying import Terms
from understudy.journal.database import open_for_writing
from understudy.journal.exporting import Format, Wanted, export
from understudy.journal.failure_stats import failure_stats
from understudy.journal.labels import labels
from understudy.journal.model_choice import best_for
from understudy.journal.model_stats import model_stats, shares, stats_cells
from understudy.journal.model_tally import By, Scope
from understudy.journal.postgres import Database
from understudy.journal.pushing import Pushing, push
from understudy.journal.queries import count_runs, recent_runs, run_details, runs_named
from understudy.journal.query import Limits, query
from understudy.journal.reading import reading
from understudy.journal.records import OutcomeRow
from understudy.journal.rolling import count_next
from understudy.journal.rollup_sql import TABLES
from understudy.journal.saved_queries import SAVED, saved_query, since
from understudy.journal.span_use import span_use
from understudy.learning.recall import recall

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.postgres_server import Server
    from understudy.journal.postgres import Where

NOW_US = START_US + 40 * DAY_US
FULL = Terms(level="full")
COPIED = (
    "runs",
    "attempts",
    "gates",
    "edits",
    "outcomes",
    "calls",
    "call_lessons",
    "strategy_uses",
    "routes",
    "checks",
    "fragments_used",
)


def planted() -> list[Any]:
    unknown = {"fingerprint": "f1", "code": "weird", "words": "some words"}
    return [
        *run_rows("X", started_us=START_US + 5),
        *run_rows("Y", what="undone", started_us=START_US + DAY_US + 5),
        *rows_of(
            Planted("A", (bad(SMALL, "timeout"), good(LARGE, seconds=2.25)), ("applied", "kept")),
            Planted("B", (bad(SMALL, "timeout"),), started_us=START_US + DAY_US),
            Planted("C", (good(RULES),), ("applied", "undone"), started_us=START_US + 2 * DAY_US),
            Planted("D", (bad(LARGE, "unknown", **unknown),), language="rust"),
            Planted("E", (bad(SMALL, "unknown", **unknown),), task="explain"),
            Planted("F", (good(SMALL, cost_usd=None, estimated_usd=0.125),), ("kept",)),
            Planted("G", (bad(SMALL, "stale_document"),), stopped="stale_document"),
            Planted("H", (good(LARGE, remembered=True, requests=0),), workspace="v"),
            Planted("I", (good(LARGE),), ended=True, started_us=START_US + 9 * DAY_US),
        ),
        OutcomeRow("A-E", START_US + 900, "changed", 0.25),
        OutcomeRow("A-E", START_US + 901, "survived_600", 0.25),
        OutcomeRow("C-E", START_US + 2 * DAY_US + 900, "applied"),
        call_row("LOOSE", "A", at_us=START_US + 77, model=SMALL),
    ]


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Server
) -> tuple[Path, Database]:
    """The same runs in both."""
    path = tmp_path_factory.mktemp("pair") / "journal.sqlite3"
    team = Database(postgres_server.database())
    store(path, *planted())
    assert push(Pushing(path, team, FULL)) == 11
    return path, team


def counted(where: Where, hours: int) -> None:
    """Make sums of some stretches; those that copying made are gone before."""

    def work(connection: Any) -> None:
        for table in ("rollups", *TABLES):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
        for _ in range(hours):
            count_next(connection, NOW_US)

    if isinstance(where, Database):
        with team_journal.writing(where) as connection:
            work(connection)
    else:
        with closing(open_for_writing(where)) as connection:
            work(connection)


SCOPES = (
    Scope(),
    Scope(task="fix"),
    Scope(language="python", model=SMALL),
    Scope(workspace="v"),
    Scope(owner="nobody"),
    Scope(since_us=START_US + DAY_US - 1, until_us=START_US + 3 * DAY_US),
)


@pytest.mark.parametrize("stretches", [0, 2, 20])
@pytest.mark.parametrize("by", ["model", "task", "language", "owner"])
def test_stats_are_the_same(pair: tuple[Path, Database], by: By, stretches: int) -> None:
    path, team = pair
    for where in pair:
        counted(where, stretches)
    for scope in SCOPES:
        found = model_stats(path, scope, by)
        assert model_stats(team, scope, by) == found
        assert stats_cells(team, scope) == stats_cells(path, scope)
        assert best_for(model_stats(team, scope)) == best_for(model_stats(path, scope))
    assert model_stats(path, Scope(), by).groups


@pytest.mark.parametrize("stretches", [2, 20])
def test_sums_are_the_same(pair: tuple[Path, Database], stretches: int) -> None:
    found = []
    for where in pair:
        counted(where, stretches)
        with reading(where) as connection:
            assert connection is not None
            sums = [
                sorted(tuple(row) for row in connection.execute(f"SELECT * FROM {table}"))  # noqa: S608 - our own tables
                for table in TABLES
            ]
            states = connection.execute("SELECT hour, hours, state FROM rollups ORDER BY hour")
            found.append((sums, [tuple(row) for row in states], shares(connection, Scope())))
    assert found[0] == found[1]
    assert found[0][1]


QUESTIONS: dict[str, Callable[[Where], object]] = {
    "runs": recent_runs,
    "newest": lambda where: recent_runs(where, 3),
    "number": count_runs,
    "details": lambda where: [run_details(where, one.id) for one in recent_runs(where, 99)],
    "by a part of an id": lambda where: run_details(where, "xr"),
    "by job": lambda where: runs_named(where, "XJOB"),
    "failures": failure_stats,
    "judged edits": labels,
    "pieces shown": span_use,
    "pieces shown lately": lambda where: span_use(where, START_US + DAY_US),
    "lessons": recall,
    "late failures": lambda where: failure_stats(where, START_US + DAY_US),
}


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_questions_have_the_same_answer(pair: tuple[Path, Database], question: str) -> None:
    path, team = pair
    assert QUESTIONS[question](team) == QUESTIONS[question](path)


def test_these_questions_have_something_to_tell(pair: tuple[Path, Database]) -> None:
    path, _ = pair
    assert labels(path)
    assert span_use(path).tiers
    assert recall(path).uses


@pytest.mark.parametrize("stretches", [0, 2, 20])
def test_pieces_that_were_shown_are_counted_the_same(
    pair: tuple[Path, Database], stretches: int
) -> None:
    path, _ = pair
    found = span_use(path)
    for where in pair:
        counted(where, stretches)
        assert span_use(where) == found


@pytest.mark.parametrize("name", list(SAVED))
def test_saved_queries_have_the_same_answer(pair: tuple[Path, Database], name: str) -> None:
    path, team = pair
    saved = saved_query(name)
    for days in (None, 35):
        which = since(days, NOW_US)
        assert query(team, saved.sql, which) == query(path, saved.sql, which)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT model, COUNT(*) AS n, AVG(seconds) AS mean FROM calls GROUP BY model ORDER BY model",
        "SELECT id FROM runs WHERE path LIKE 'src/%' OR path = 'a:b' ORDER BY id -- :nothing 100 %",
        'WITH few AS (SELECT * FROM runs) SELECT COUNT(*) AS "a:b %" FROM few',
        "SELECT SUM(tokens) AS all_of_them, 7 % 4 AS rest FROM strategy_uses",
        "SELECT ROUND(SUM(seconds), 1) AS s FROM calls",
    ],
)
def test_own_questions_have_the_same_answer(pair: tuple[Path, Database], sql: str) -> None:
    path, team = pair
    assert query(team, sql) == query(path, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM runs",
        "DROP TABLE runs",
        "SELECT 1; DROP TABLE runs",
        "WITH gone AS (DELETE FROM runs RETURNING id) SELECT * FROM gone",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT nextval('check_sets_id_seq')",
        "COPY runs TO STDOUT",
        "SELECT pg_sleep(20)",
        "SELECT nothing FROM nowhere",
        "",
    ],
)
def test_a_question_to_a_team_changes_nothing_and_does_not_last(
    pair: tuple[Path, Database], sql: str
) -> None:
    with pytest.raises(BadRequestError):
        query(pair[1], sql, limits=Limits(seconds=0.5))
    assert count_runs(pair[1]) == 11


def test_a_question_to_a_team_gets_no_more_rows_than_it_may(pair: tuple[Path, Database]) -> None:
    found = query(pair[1], "SELECT id FROM runs ORDER BY id", limits=Limits(rows=2))
    assert (len(found.rows), found.truncated) == (2, True)


@pytest.mark.parametrize("table", COPIED)
@pytest.mark.parametrize("since_us", [0, START_US + DAY_US])
def test_exported_rows_are_the_same(pair: tuple[Path, Database], table: str, since_us: int) -> None:
    lines = []
    for where in pair:
        out = io.StringIO()
        export(where, Wanted("jsonl", table, since_us), out)
        rows = [json.loads(line) for line in out.getvalue().splitlines()]
        lines.append(sorted(_without_numbers(row) for row in rows))
    assert lines[0] == lines[1]
    assert lines[0] or since_us


def _without_numbers(row: dict[str, Any]) -> str:
    """A row without the numbers that stand for shared words, which are others in each database."""
    kept = {
        name: row[name]
        for name in row
        if name not in {"check_set", "shape", "fragment_set", "set_id", "route"}
        and (name != "id" or row["table"] != "routes")
    }
    return json.dumps(kept)


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_exported_texts_begin_with_the_same_columns(
    pair: tuple[Path, Database], form: Format
) -> None:
    texts = []
    for where in pair:
        out = io.StringIO()
        export(where, Wanted(form, "outcomes"), out)
        texts.append(sorted(out.getvalue().splitlines()))
    assert texts[0] == texts[1]


def test_everything_is_exported_in_one_go(pair: tuple[Path, Database]) -> None:
    out = io.StringIO()
    assert export(pair[1], Wanted(), out) == len(out.getvalue().splitlines()) > 50


def test_an_empty_database_has_no_runs(team: Database) -> None:
    assert recent_runs(team) == ()
    assert model_stats(team).groups == ()
    assert query(team, "SELECT 1").rows == ()
    assert replace(team, read_s=1.0).read_s == 1.0
