from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.samples import START_US, WAIT_S, edit_row, journal_at, run_rows, store
from understudy.journal.history import History
from understudy.journal.labels import Kind, labels
from understudy.journal.records import EditRow, Gate, OutcomeRow, Row, Run, What

if TYPE_CHECKING:
    from pathlib import Path

KIND = Kind("builtin/rules", "fix", "python", "misspelt_name")
ALL: list[What] = [
    *("offered", "applied", "kept", "changed", "undone", "discarded", "stale"),
    "diagnostic_back",
]


def stored(path: Path) -> History:
    """What a new process knows from a file."""
    history = History()
    history.load(labels(path))
    return history


def about(rows: list[Row], *, line: int, stratum: str = "rule_fix") -> list[Row]:
    """A run on another line, with an edit of a stratum."""
    changed: list[Row] = []
    for row in rows:
        if isinstance(row, Run):
            changed.append(replace(row, line=line))
        elif isinstance(row, Gate):
            changed.append(replace(row, stratum=stratum, log_odds=2.0))
        else:
            changed.append(row)
    return changed


def test_nothing_is_known_of_a_kind_that_was_never_judged(tmp_path: Path) -> None:
    assert History().kept(KIND) == (0, 0)
    assert labels(tmp_path / "missing.sqlite3") == ()
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(what="discarded"))
    assert labels(path) == ()


def test_counts_come_from_the_file_and_grow_with_what_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(what="kept"), *run_rows(what="undone"), *run_rows(what="changed"))
    journal = journal_at(path)
    journal.start()
    assert journal.flush(WAIT_S)
    assert journal.history.kept(KIND) == (1, 3)
    for row in run_rows(what="kept"):
        journal.record(row)
    assert journal.history.kept(KIND) == (2, 4)
    assert journal.close(WAIT_S)
    assert stored(path).kept(KIND) == (2, 4)


def test_an_edit_that_was_changed_counts_by_what_is_left_of_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows(what="kept"), *run_rows(what="changed", share=0.25))
    assert sorted(one.good for one in labels(path)) == [0.25, 1.0]
    journal = journal_at(path)
    journal.start()
    assert journal.flush(WAIT_S)
    for row in run_rows(what="changed", share=0.5):
        journal.record(row)
    assert journal.history.kept(KIND) == (1.75, 3)
    assert journal.close(WAIT_S)
    assert stored(path).kept(KIND) == (1.75, 3)


def test_a_later_look_says_nothing_of_its_own_about_an_edit(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    edit = run_rows("X", what="kept")
    later = OutcomeRow("XE", START_US + 50, "survived_30", 0.0)
    store(path, *edit, later)
    assert [one.good for one in labels(path)] == [1.0]


def test_rows_that_wait_for_the_file_are_not_counted_twice(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3")
    for row in run_rows():
        journal.record(row)
    assert journal.flush(WAIT_S)
    assert journal.history.kept(KIND) == (1, 1)
    assert journal.close(WAIT_S)


def test_kinds_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows("ONE"), edit_row("OTHER", "ONER", "ONEA", author="unused_import"))
    store(path, OutcomeRow("OTHER", START_US, "undone"))
    history = stored(path)
    assert history.kept(KIND) == (1, 1)
    assert history.kept(KIND._replace(author="unused_import")) == (0, 1)
    assert history.kept(KIND._replace(placed="similar")) == (0, 0)


def test_the_last_judgement_of_an_edit_is_the_one_that_counts() -> None:
    history = History()
    history.observe(edit_row("E"))
    for what, expected in (("kept", (1, 1)), ("changed", (0, 1)), ("kept", (1, 1))):
        history.observe(OutcomeRow("E", 1, what))  # type: ignore[arg-type] # mypy widens the tuple's words
        assert history.kept(KIND) == expected


def test_an_edit_whose_diagnostic_came_back_was_not_right_however_long_it_stood(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.sqlite3"
    rows = run_rows("ONE")
    back = OutcomeRow("ONEE", START_US + 1, "diagnostic_back")
    store(path, *rows, back)
    history = History()
    for row in (*rows, back):
        history.observe(row)
    assert history.kept(KIND) == stored(path).kept(KIND) == (0, 1)


def test_taking_an_edit_back_takes_its_credit_back() -> None:
    history = History()
    for row in about(run_rows("ONE"), line=1):
        history.observe(row)
    assert history.labels("rule_fix") == (True,)
    history.observe(OutcomeRow("ONEE", START_US + 9, "undone"))
    assert history.kept(KIND) == (0, 1)
    assert history.labels("rule_fix") == (False,)


def test_several_edits_for_one_problem_are_one_label_of_their_stratum(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *about(run_rows("A", what="kept"), line=7))
    store(path, *about(run_rows("B", what="undone"), line=7))
    store(path, *about(run_rows("C", what="kept"), line=8))
    journal = journal_at(path)
    journal.start()
    assert journal.flush(WAIT_S)
    assert sorted(journal.history.labels("rule_fix")) == [False, True]
    for row in about(run_rows("D", what="kept"), line=7):
        journal.record(row)
    assert journal.history.labels("rule_fix") == (True, True)
    assert journal.close(WAIT_S)
    assert journal.history.labels("another") == ()


def test_the_intercept_is_fitted_from_fifty_judged_problems_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    for line in range(49):
        store_rows = about(run_rows(f"R{line:02}", what="undone"), line=line)
        store(path, *store_rows)
    assert stored(path).lean(KIND) == 0
    store(path, *about(run_rows("R49", what="undone"), line=49))
    lean = stored(path).lean(KIND)
    assert -8 <= lean < -5
    assert stored(path).lean(KIND._replace(language="go")) == 0
    assert stored(path).lean(KIND._replace(author="another rule")) == lean


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ALL)), max_size=20))
def test_kept_is_never_above_judged_and_judged_never_above_the_edits(
    outcomes: list[tuple[int, What]],
) -> None:
    history = History()
    for number in range(3):
        history.observe(edit_row(f"E{number}"))
    for number, what in outcomes:
        history.observe(OutcomeRow(f"E{number}", 1, what))
        kept, judged = history.kept(KIND)
        assert 0 <= kept <= judged <= 3


def test_a_journal_that_is_off_still_counts_in_memory(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.sqlite3", enabled=False)
    for row in run_rows():
        journal.record(row)
    assert journal.history.kept(KIND) == (1, 1)


def test_how_an_edit_was_placed_is_part_of_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    rows = [
        replace(row, placed="elision") if isinstance(row, EditRow) else row for row in run_rows()
    ]
    store(path, *rows)
    assert stored(path).kept(KIND) == (0, 0)
    assert stored(path).kept(KIND._replace(placed="elision")) == (1, 1)
