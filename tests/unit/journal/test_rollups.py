"""Sums of time that is over tell the same as the rows they were made of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.journal.planted import DAY_US, LARGE, RULES, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import START_US, count, store
from understudy.core.clock import HOUR_US
from understudy.journal.database import open_for_writing
from understudy.journal.latencies import SHORTEST_S, bucket_of, percentile_s
from understudy.journal.model_regressions import regressions
from understudy.journal.model_stats import Stats, model_stats, stats_cells
from understudy.journal.model_tally import Scope
from understudy.journal.pruning import prune, prune_to_size, used_bytes
from understudy.journal.records import OutcomeRow, Row, RunEnded
from understudy.journal.rolling import count_next
from understudy.journal.writing import write

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.model_tally import By, Tally

LATER_US = START_US + 10 * DAY_US
"""When all planted days are over."""


def count_all(path: Path, now_us: int = LATER_US) -> int:
    """Count all that is over; how many stretches that were."""
    number = 0
    with closing(open_for_writing(path)) as connection:
        while count_next(connection, now_us):
            number += 1
    return number


def states(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT hours, state FROM rollups ORDER BY hour")
        return [tuple(row) for row in found]


def told(stats: Stats) -> Any:
    """All numbers but the percentiles, floats as near as adding in another order lets them be."""
    return (
        astuple(stats.runs),
        {
            one.name: (
                sums(one.total),
                {task: sums(tally) for task, tally in one.tasks.items()},
                {day: astuple(runs) for day, runs in one.days.items()},
            )
            for one in stats.groups
        },
    )


def sums(tally: Tally) -> dict[str, Any]:
    named = {name: getattr(tally, name) for name in tally.__slots__}
    return {
        name: pytest.approx(value) if isinstance(value, float) else value
        for name, value in named.items()
    }


def plain(value: Any) -> Any:
    """`told` without approximations, to be compared with one that has them."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(each) for each in value)
    return getattr(value, "expected", value)


asks = st.builds(
    lambda model, category, seconds, cost: (
        bad(model, category, seconds=seconds, cost_usd=cost)
        if category
        else good(model, seconds=seconds, cost_usd=cost)
    ),
    st.sampled_from([SMALL, LARGE, RULES]),
    st.sampled_from(["", "", "type_error", "timeout", "cancelled", "rate_limit"]),
    st.floats(0.0005, 200),
    st.sampled_from([None, 0.002]),
)
plants = st.lists(
    st.builds(
        lambda tried, became, place, later_us, stopped: Planted(
            "",
            tuple(tried),
            became if any(not one.category for one in tried) and not stopped else (),
            place[0],
            place[1],
            place[2],
            START_US + later_us,
            stopped=stopped,
        ),
        st.lists(asks, max_size=4),
        st.sampled_from([(), ("offered",), ("applied", "kept"), ("applied", "undone")]),
        st.sampled_from([("fix", "python", "v"), ("edit", "go", "w"), ("fix", "go", "w")]),
        st.integers(0, 4 * DAY_US),
        st.sampled_from(["", "", "", "cancelled", "stale_document"]),
    ),
    max_size=12,
)
times = st.sampled_from([0, START_US, START_US + DAY_US, START_US + 2 * DAY_US + 5, LATER_US])
scopes = st.builds(
    Scope,
    since_us=times,
    until_us=st.sampled_from([START_US + 3 * DAY_US, LATER_US, 1 << 62]),
    model=st.sampled_from(["", SMALL]),
    task=st.sampled_from(["", "fix"]),
    language=st.sampled_from(["", "go"]),
    workspace=st.sampled_from(["", "w"]),
)


@settings(max_examples=40)
@given(plants, scopes, st.sampled_from(["model", "task", "language"]), st.integers(0, 4 * DAY_US))
def test_sums_tell_the_same_as_rows(
    tmp_path_factory: pytest.TempPathFactory,
    planted: list[Planted],
    scope: Scope,
    by: By,
    now_us: int,
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    named = [replace(run, name=f"R{n}") for n, run in enumerate(planted)]
    store(path, *rows_of(*named))
    rows, cells = model_stats(path, scope, by), stats_cells(path, scope)
    # First when some of it is over, and again when all is: hours give way to days.
    for moment_us in (START_US + now_us, LATER_US):
        count_all(path, moment_us)
        counted = model_stats(path, scope, by)
        assert plain(told(counted)) == told(rows)
        found = {cell: sums(tally) for cell, tally in cells.items()}
        assert {cell: plain(sums(t)) for cell, t in stats_cells(path, scope).items()} == found
        exact = {one.name: (one.p50_s, one.p95_s) for one in rows.groups}
        for one in counted.groups:
            for near, right in zip((one.p50_s, one.p95_s), exact[one.name], strict=True):
                assert (near is None) == (right is None)
                assert right is None or near == pytest.approx(right, rel=0.1, abs=SHORTEST_S)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60), st.sampled_from([50, 95]))
def test_a_percentile_of_buckets_is_within_a_tenth_of_the_exact_one(
    seconds: list[float], percent: int
) -> None:
    counts: dict[int, int] = {}
    for one in seconds:
        counts[bucket_of(one)] = counts.get(bucket_of(one), 0) + 1
    ranked = sorted(seconds)
    exact = next(one for n, one in enumerate(ranked, 1) if n * 100 >= len(ranked) * percent)
    assert percentile_s(counts, percent) == pytest.approx(exact, rel=0.1, abs=SHORTEST_S)


def test_an_hour_is_counted_when_it_is_over_and_gives_way_to_its_day(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    hour_us = START_US // HOUR_US * HOUR_US
    store(path, *rows_of(Planted("A", (good(SMALL),), started_us=hour_us)))
    assert count_all(path, hour_us + HOUR_US) == 0
    assert count_all(path, hour_us + 2 * HOUR_US) == 1
    assert {state for _, state in states(path)} == {"closed"}
    assert count_all(path, hour_us + 2 * DAY_US) == 1
    assert states(path)[0] == (24, "closed")
    assert model_stats(path).groups[0].total.runs == 1


LATE: list[tuple[Row, str]] = [
    (OutcomeRow("A-E", START_US + 900, "undone"), "undone"),
    (RunEnded("OPEN", "offered", SMALL, 1.0), "runs"),
]


@pytest.mark.parametrize(("row", "name"), LATE)
def test_what_comes_late_is_counted_when_it_has_come(tmp_path: Path, row: Row, name: str) -> None:
    path = tmp_path / "journal.sqlite3"
    store(
        path,
        *rows_of(
            Planted("A", (good(SMALL),), ("applied", "kept")),
            Planted("OPEN", (good(SMALL),), ended=False),
        ),
    )
    count_all(path)
    before = getattr(model_stats(path).groups[0].total, name)
    with closing(open_for_writing(path)) as connection:
        assert write(connection, [row]) == 0
    assert "open" in {state for _, state in states(path)}
    assert getattr(model_stats(path).groups[0].total, name) == before + 1
    # The time of the row is now, so it is settled long after the planted days.
    assert count_all(path, 1 << 60) >= 1
    assert "open" not in {state for _, state in states(path)}
    assert getattr(model_stats(path).groups[0].total, name) == before + 1


def test_a_row_that_comes_while_a_day_is_counted_leaves_it_uncounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from understudy.journal import rolling

    path = tmp_path / "journal.sqlite3"
    store(path, *rows_of(Planted("A", (good(SMALL),), ("applied", "kept"))))
    real = rolling._counted

    def meanwhile(connection: sqlite3.Connection, scope: Any) -> Any:
        found = real(connection, scope)
        with closing(open_for_writing(path)) as other:
            write(other, [OutcomeRow("A-E", START_US + 900, "undone")])
        return found

    with closing(open_for_writing(path)) as connection:
        monkeypatch.setattr(rolling, "_counted", meanwhile)
        assert not rolling.count(connection, rolling.Stretch(START_US // DAY_US * 24, 24), LATER_US)
    assert states(path) == [(24, "open")]
    assert model_stats(path).groups[0].total.undone == 1


def test_numbers_outlive_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    week = [
        Planted(f"N{n}", (bad(SMALL), good(LARGE)), ("kept",), started_us=START_US + n * DAY_US)
        for n in range(7)
    ]
    store(path, *rows_of(*week))
    before = told(model_stats(path))
    with closing(open_for_writing(path)) as connection:
        prune(connection, START_US + 4 * DAY_US, LATER_US)
    assert count(path, "runs") == 3
    assert plain(told(model_stats(path))) == before
    # Of a day whose rows are gone nobody knows the parts, so it counts as a whole.
    partly = model_stats(path, Scope(since_us=START_US + DAY_US + 1))
    assert partly.runs.total == 6


def test_the_alarm_hears_of_sums(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    now_us = START_US + 30 * DAY_US
    old = [Planted(f"O{n}", (good(SMALL),), started_us=now_us - 15 * DAY_US + n) for n in range(40)]
    new = [Planted(f"N{n}", (bad(SMALL),), started_us=now_us - 2 * DAY_US + n) for n in range(20)]
    store(path, *rows_of(*old, *new))
    count_all(path, now_us)
    assert len(states(path)) > 2
    (found,) = regressions(path, now_us)
    assert (found.week.runs, found.month.solved) == (20, 40)


def test_a_file_that_is_too_large_loses_its_oldest_days_and_gives_the_disk_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.sqlite3"
    days = [
        Planted(f"D{day}N{n}", (good(SMALL),), ("kept",), started_us=START_US + day * DAY_US + n)
        for day in range(6)
        for n in range(300)
    ]
    store(path, *rows_of(*days))
    numbers = told(model_stats(path))
    size = path.stat().st_size
    now_us = START_US + 5 * DAY_US
    with closing(open_for_writing(path)) as connection:
        most = used_bytes(connection) * 7 // 10
        while prune_to_size(connection, most, now_us):
            pass
        assert used_bytes(connection) <= most
        # Today and yesterday stay, however large they are.
        while prune_to_size(connection, 1, now_us):
            pass
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert count(path, "runs") == 600
    assert path.stat().st_size < size * 0.7
    assert plain(told(model_stats(path))) == numbers
