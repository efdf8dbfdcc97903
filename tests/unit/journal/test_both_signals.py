"""Every signal counts the same in the journal's file and in a team's database."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US
from tests.unit.journal.samples import store
from tests.unit.signals.test_signals import CASES
from understudy.journal.copying import Terms
from understudy.journal.measuring import measured
from understudy.journal.postgres import Database
from understudy.journal.pushing import Pushing, push
from understudy.signals import all_signals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres_server import Server


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Server
) -> tuple[Path, Database]:
    """What every signal is planted with, in both."""
    path = tmp_path_factory.mktemp("signals") / "journal.sqlite3"
    team = Database(postgres_server.database())
    store(path, *(row for case in CASES.values() for row in case.rows()))
    assert push(Pushing(path, team, Terms(owner="ada")))
    return path, team


@pytest.mark.parametrize("name", list(CASES))
def test_a_signal_counts_the_same(pair: tuple[Path, Database], name: str) -> None:
    path, team = pair
    signal, now_us = all_signals()[name], time.time_ns() // 1_000
    asked = {
        "all": (signal.sql, 0),
        "its days": (signal.sql, now_us - signal.days * DAY_US),
        "none": (signal.sql, now_us + DAY_US),
    }
    found = measured(path, asked)
    assert {one: sorted(many) for one, many in measured(team, asked).items()} == {
        one: sorted(many) for one, many in found.items()
    }
    assert any(total for _, _, total, _ in found["all"])
