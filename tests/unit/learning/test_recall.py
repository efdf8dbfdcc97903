"""What is read of lessons when there is more than is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import NOW_US, lesson, use_rows
from understudy.journal.records import OutcomeRow
from understudy.learning import recall as module
from understudy.learning.identity import identity
from understudy.learning.recall import recall

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.learning.lesson import Lesson

SELDOM, OFTEN = lesson(), lesson(code="F401")
OWN_FAILURE = ("lint_failure", "F821")


def runs_of(path: Path, of: Lesson) -> list[str]:
    return [one.use.run for one in recall(path).uses.get(identity(of), ())]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    for number in range(6):
        store(path, *use_rows(f"R{number}", OFTEN, at_us=NOW_US + number))
    store(path, *use_rows("S", SELDOM, at_us=NOW_US - 1))
    return path


def test_the_newest_uses_are_read_in_the_order_of_time(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_ROWS", 3)
    assert runs_of(journal, OFTEN) == ["R3", "R4", "R5"]


def test_what_is_used_often_takes_no_place_from_what_is_seldom_used(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_ROWS", 3)
    monkeypatch.setattr(module, "_MOST_OF_ONE", 2)
    assert runs_of(journal, OFTEN) == ["R4", "R5"]
    assert runs_of(journal, SELDOM) == ["S"]


@pytest.mark.parametrize(
    ("said", "good"),
    [
        (["undone"], False),
        (["undone", "applied"], True),
        (["undone", "kept"], True),
        (["kept", "undone"], False),
        (["diagnostic_back", "kept"], False),
    ],
)
def test_the_last_word_on_an_edit_counts_and_a_problem_that_came_back_always(
    said: list[str], good: bool, tmp_path: Path
) -> None:
    path = tmp_path / "journal.sqlite3"
    *rows, applied, _ = use_rows("R", SELDOM, undone=True)
    told = [OutcomeRow("ER", NOW_US + 2 + at, what) for at, what in enumerate(said)]  # type: ignore[arg-type]  # the words are literals
    store(path, *rows, applied, *told)
    (one,) = recall(path).uses[identity(SELDOM)]
    assert one.use.good is good
