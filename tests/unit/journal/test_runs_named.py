from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import run_rows, store
from understudy.core.failures import BadRequestError
from understudy.journal.queries import runs_named
from understudy.journal.records import Run
from understudy.journal.run_text import one_line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal with a job of two runs, of which the first gave the job its id, and another job."""
    path = tmp_path / "journal.sqlite3"
    for name, job in (("1", "1R"), ("2", "1R"), ("3", "3R")):
        rows = [replace(row, job=job) if isinstance(row, Run) else row for row in run_rows(name)]
        store(path, *rows)
    return path


def test_the_id_of_a_job_names_all_its_runs(path: Path) -> None:
    assert [found.run.id for found in runs_named(path, "1r")] == ["1R", "2R"]


def test_the_id_of_a_later_run_names_that_run_alone(path: Path) -> None:
    assert [found.run.id for found in runs_named(path, " 2 ")] == ["2R"]


@pytest.mark.parametrize("name", ["", "4", "no such run"])
def test_an_id_of_nothing_is_refused_with_a_sentence(path: Path, name: str) -> None:
    with pytest.raises(BadRequestError, match="No run has an id that begins with"):
        runs_named(path, name)


def test_a_journal_that_is_not_there_holds_no_runs(tmp_path: Path) -> None:
    with pytest.raises(BadRequestError, match="No runs have been recorded yet"):
        runs_named(tmp_path / "none.sqlite3", "1R")


def test_a_run_in_one_line_tells_where_what_and_how_it_ended(path: Path) -> None:
    (found,) = runs_named(path, "3R")
    assert one_line(found.run) == (
        "Run 3R: offered, src/my app/main.py:12, ruff F821, builtin/rules, confirm 0.91, kept. "
        "`understudy runs show 3R` tells all."
    )
