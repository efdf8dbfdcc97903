"""How often the offline model found a fix that stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import START_US, edit_row, store
from understudy.config.settings import OFFLINE_MODEL
from understudy.journal.offline_runs import fixed_offline
from understudy.journal.records import Attempt, OutcomeRow, Run, RunEnded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "fixed"),
    [
        (["applied"], 1),
        (["applied", "undone"], 0),
        (["applied", "undone", "applied"], 1),
        (["applied", "kept", "undone"], 0),
        (["undone", "kept"], 1),
    ],
)
def test_what_was_undone_and_done_again_was_a_fix(
    said: list[str], fixed: int, tmp_path: Path
) -> None:
    path = tmp_path / "journal.sqlite3"
    store(
        path,
        Run("R", START_US, "w", "fix", "lsp", "python", "a.py", 1),
        Attempt("A", "R", 1, OFFLINE_MODEL, "", "offered"),
        edit_row("E"),
        *(OutcomeRow("E", START_US + at, what) for at, what in enumerate(said)),  # type: ignore[arg-type]  # the words are literals
        RunEnded("R", "offered", OFFLINE_MODEL, 1.0),
    )
    assert fixed_offline(path)["python", ""] == (fixed, 1)
