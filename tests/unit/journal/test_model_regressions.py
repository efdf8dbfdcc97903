"""Models that do worse this week, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import START_US, store
from understudy.core.failures import UnavailableError
from understudy.journal.model_regressions import claim, regressions

if TYPE_CHECKING:
    from pathlib import Path

NOW_US = START_US + 30 * DAY_US


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def runs(solved: int, of: int, days_ago: int) -> list[Planted]:
    at_us = NOW_US - days_ago * DAY_US
    return [
        Planted(
            f"RUN{days_ago:02}N{n:02}OFSOMETHING",
            (good(SMALL) if n < solved else bad(SMALL, "timeout"),),
            started_us=at_us + n,
        )
        for n in range(of)
    ]


def test_a_fall_is_told_with_examples(path: Path) -> None:
    store(path, *rows_of(*runs(38, 40, 15), *runs(5, 20, 2)))
    (found,) = regressions(path, NOW_US)
    assert found.model == SMALL
    assert (found.week.runs, found.month.runs) == (20, 60)
    assert found.told == (
        "`acme/small` does worse than it did: it solved 5 of 20 in the last 7 days, and 43 of 60 in"
        " the last 30. Examples: `RUN02N19OFSOME`, `RUN02N18OFSOME`, `RUN02N17OFSOME`"
        " (`understudy runs show ID`)."
    )


@pytest.mark.parametrize(
    ("before", "week"),
    [
        ((38, 40), (4, 4)),
        ((38, 40), (9, 9)),
        ((38, 40), (18, 20)),
        ((38, 40), (1, 4)),
        ((10, 40), (2, 20)),
        ((3, 3), (0, 20)),
    ],
)
def test_few_runs_and_chance_are_no_alarm(
    path: Path, before: tuple[int, int], week: tuple[int, int]
) -> None:
    store(path, *rows_of(*runs(*before, 15), *runs(*week, 2)))
    assert regressions(path, NOW_US) == ()


def test_a_planted_recovery_ends_the_alarm(path: Path) -> None:
    store(path, *rows_of(*runs(38, 40, 20), *runs(2, 20, 9), *runs(20, 20, 2)))
    assert regressions(path, NOW_US) == ()


def test_one_program_tells_it_and_not_again_within_a_week(path: Path) -> None:
    store(path, *rows_of(*runs(1, 1, 2)))
    assert claim(path, SMALL, NOW_US)
    assert not claim(path, SMALL, NOW_US + 6 * DAY_US)
    assert claim(path, "acme/other", NOW_US + 6 * DAY_US)
    assert claim(path, SMALL, NOW_US + 7 * DAY_US)


def test_a_damaged_journal_is_moved_aside_by_whoever_would_tell_it(path: Path) -> None:
    path.write_bytes(b"no database " * 500)
    with pytest.raises(UnavailableError, match="damaged and was moved"):
        claim(path, SMALL, NOW_US)
    assert claim(path, SMALL, NOW_US)


def test_without_a_journal_there_is_no_alarm(path: Path) -> None:
    assert regressions(path, NOW_US) == ()
    assert not path.exists()
