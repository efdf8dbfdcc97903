"""What is learned beside the runs from failures that happen again and again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import MODEL, lesson, use_rows
from understudy.caches.store import open_caches
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.config.settings import CacheSettings, JournalSettings, Settings
from understudy.core.clock import now_us
from understudy.core.failures import Failure, FailureCategory
from understudy.engine.proposals import (
    Mishap,
    Notebook,
    learn_from,
    note_standings,
    notebook_of,
    wait_for_lessons,
)
from understudy.engine.reach import open_reach
from understudy.engine.services import Nowhere, Services
from understudy.journal.strategy_records import Result, StrategyUse
from understudy.learning.identity import identity
from understudy.learning.recall import recall
from understudy.learning.reviewing import add
from understudy.learning.shelf import load_shelf
from understudy.strategies import all_strategies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAILED = ("lint_failure", "F401")
MISSED = Failure(FailureCategory.LINT_FAILURE, "check", "model", "Unused.", code="F401")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> Iterator[Notebook]:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    caches = open_caches(CacheSettings())
    yield Notebook(journal_file(), LearningSettings(), caches, told.append)
    caches.close()


def failed_runs(count: int) -> None:
    for number in range(count):
        store(journal_file(), *use_rows(f"R{number}", lesson(), failed=FAILED, at_us=now_us()))


def strategy_rows(strategy: str, results: list[Result]) -> None:
    for number, result in enumerate(results):
        run = f"{strategy}{number}"
        rows = use_rows(run, lesson(), at_us=now_us())
        use = StrategyUse(
            run,
            1,
            f"C{run}",
            now_us(),
            strategy,
            "explored",
            MODEL,
            "python",
            *FAILED,
            "",
            1,
            result,
        )
        store(journal_file(), *rows, use)


def learn(notebook: Notebook, mishap: Mishap) -> None:
    learn_from(mishap, notebook)
    wait_for_lessons()


MISHAP = Mishap("R9", MODEL, "python", MISSED, sample="-import os\n+import sys\n")


def test_the_third_run_in_a_week_makes_a_lesson_in_our_words(
    notebook: Notebook, told: list[str]
) -> None:
    failed_runs(1)
    learn(notebook, MISHAP)
    assert load_shelf(None).lessons == ()
    failed_runs(2)
    learn(notebook, MISHAP)
    (one,) = load_shelf(None).lessons
    assert one.remedy.body == (
        "When you edit python, do not leave an import that nothing uses behind (F401)."
    )
    assert (one.review, one.source, len(one.attempts)) == ("waiting", "measured", 3)
    assert one.remedy.is_ours
    assert told == [f"There is a lesson to review: `{one.id}`."]
    assert notebook.caches.samples(identity(one)) == (MISHAP.sample,)
    learn(notebook, replace(MISHAP, run="R10"))
    assert len(told) == 1
    assert recall(journal_file()).seen[identity(one)].count == 2


def test_runs_that_a_waiting_lesson_is_left_out_of_are_counted_for_it(
    notebook: Notebook, told: list[str]
) -> None:
    failed_runs(3)
    learn(notebook, MISHAP)
    (one,) = load_shelf(None).lessons
    before = recall(journal_file()).seen[identity(one)]
    learn(notebook, replace(MISHAP, run="R10", held_out=frozenset({identity(one)})))
    (now,) = load_shelf(None).lessons
    after = recall(journal_file()).seen[identity(one)]
    assert (before.count, after.count) == (1, 2)
    assert after.last_us > before.last_us
    assert "R10" in now.attempts
    assert len(told) == 1


def test_a_strategy_that_clears_the_failure_for_certain_becomes_a_lesson(
    notebook: Notebook,
) -> None:
    failed_runs(3)
    strategy_rows("lower_temperature", ["cleared"] * 6)
    strategy_rows("plain_retry", ["same", "same", "cleared", "same"])
    learn(notebook, MISHAP)
    bodies = {one.remedy.kind: one.remedy.body for one in load_shelf(None).lessons}
    assert bodies["model_param"] == "temperature=0"


def test_what_mends_imports_becomes_a_lesson_about_imports_alone(notebook: Notebook) -> None:
    failed_runs(3)
    strategy_rows("tidy_first", ["cleared"] * 6)
    strategy_rows("plain_retry", ["same"] * 4)
    learn(notebook, MISHAP)
    bodies = {one.remedy.kind: one.remedy.body for one in load_shelf(None).lessons}
    assert bodies["post_processor"] == "organize_imports"
    known = all_strategies()["tidy_first"]
    assert known.remedy_for("E999") is None


@pytest.mark.parametrize(
    ("own", "plain"),
    [
        (["cleared"] * 4, ["same"] * 4),
        (["cleared", "same"] * 4, ["cleared"] * 8),
        (["same"] * 8, ["same"] * 8),
    ],
)
def test_a_strategy_that_is_not_proved_better_becomes_none(
    own: list[Result], plain: list[Result], notebook: Notebook
) -> None:
    failed_runs(3)
    strategy_rows("lower_temperature", own)
    strategy_rows("plain_retry", plain)
    learn(notebook, MISHAP)
    assert {one.remedy.kind for one in load_shelf(None).lessons} == {"prompt_fragment"}


@pytest.mark.parametrize(
    "failure",
    [
        replace(MISSED, category=FailureCategory.TIMEOUT),
        replace(MISSED, blame="project"),
        replace(MISSED, category=FailureCategory.UNKNOWN, code=""),
    ],
)
def test_failures_that_tell_nothing_of_the_model_teach_nothing(
    failure: Failure, notebook: Notebook
) -> None:
    failed_runs(3)
    learn(notebook, replace(MISHAP, failure=failure))
    assert load_shelf(None).lessons == ()


@pytest.mark.usefixtures("notebook")
def test_a_folder_that_refuses_to_be_recorded_teaches_nothing() -> None:
    reach = open_reach(Settings(), Nowhere())
    refusing = Services(settings=Settings(journal=JournalSettings(enabled=False)))
    assert notebook_of(reach, refusing) is None
    assert notebook_of(reach, Services()) is not None


def test_a_lesson_that_does_harm_is_paused_and_the_user_is_told_once(
    notebook: Notebook, told: list[str]
) -> None:
    one = add(lesson(code="F401"), notebook.registry, None)
    note_standings(notebook)
    wait_for_lessons()
    later = now_us() + 1_000_000
    for run in ("A", "B"):
        store(journal_file(), *use_rows(run, one, failed=FAILED, at_us=later))
    from understudy.learning.memory import forget

    forget(journal_file())
    for _ in range(2):
        note_standings(notebook)
        wait_for_lessons()
    assert told == [f"The lesson `{one.id}` is paused: it did harm twice in a row."]


def test_what_goes_wrong_in_the_thread_ends_nothing(notebook: Notebook, tmp_path: Path) -> None:
    failed_runs(3)
    (tmp_path / "lessons").write_text("not a folder", encoding="utf-8")
    learn(notebook, MISHAP)
    (tmp_path / "lessons").unlink()
    learn(notebook, replace(MISHAP, failure=replace(MISSED, code="F841")))
    assert recall(journal_file()).seen
