from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.samples import START_US, WAIT_S, edit_row, journal_at, run_rows, store
from understudy.journal.history import History
from understudy.journal.queries import kept_by_kind
from understudy.journal.records import OutcomeRow, What

if TYPE_CHECKING:
    from pathlib import Path

KIND = ("builtin/rules", "fix", "python", "misspelt_name")
ALL: list[What] = ["offered", "applied", "kept", "changed", "undone", "discarded", "stale"]


def test_nothing_is_known_of_a_kind_that_was_never_judged(tmp_path: Path) -> None:
    assert History().kept(*KIND) == (0, 0)
    assert kept_by_kind(tmp_path / "missing.sqlite3") == {}
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(what="discarded"))
    assert kept_by_kind(path) == {}


def test_counts_come_from_the_file_and_grow_with_what_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(what="kept"), *run_rows(what="undone"), *run_rows(what="changed"))
    journal = journal_at(path)
    journal.start()
    assert journal.flush(WAIT_S)
    assert journal.history.kept(*KIND) == (1, 3)
    for row in run_rows(what="kept"):
        journal.record(row)
    assert journal.history.kept(*KIND) == (2, 4)
    assert journal.close(WAIT_S)
    assert kept_by_kind(path) == {KIND: (2, 4)}


def test_rows_that_wait_for_the_file_are_not_counted_twice(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3")
    for row in run_rows():
        journal.record(row)
    assert journal.flush(WAIT_S)
    assert journal.history.kept(*KIND) == (1, 1)
    assert journal.close(WAIT_S)


def test_kinds_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows("ONE"), edit_row("OTHER", "ONER", "ONEA", author="unused_import"))
    store(path, OutcomeRow("OTHER", START_US, "undone"))
    other = (*KIND[:3], "unused_import")
    assert kept_by_kind(path) == {KIND: (1, 1), other: (0, 1)}


def test_the_last_judgement_of_an_edit_is_the_one_that_counts() -> None:
    history = History()
    history.observe(edit_row("E"))
    for what, expected in (("kept", (1, 1)), ("changed", (0, 1)), ("kept", (1, 1))):
        history.observe(OutcomeRow("E", 1, what))  # type: ignore[arg-type] # mypy widens the tuple's words
        assert history.kept(*KIND) == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ALL)), max_size=20))
def test_kept_is_never_above_judged_and_judged_never_above_the_edits(
    outcomes: list[tuple[int, What]],
) -> None:
    history = History()
    for number in range(3):
        history.observe(edit_row(f"E{number}"))
    for number, what in outcomes:
        history.observe(OutcomeRow(f"E{number}", 1, what))
        kept, judged = history.kept(*KIND)
        assert 0 <= kept <= judged <= 3


def test_a_journal_that_is_off_still_counts_in_memory(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3", enabled=False)
    for row in run_rows():
        journal.record(row)
    assert journal.history.kept(*KIND) == (1, 1)
