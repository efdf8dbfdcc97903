"""How each model did at each run, as the journal has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.samples import START_US, call_row, edit_row, run_rows, store
from understudy.journal.records import Attempt, Call, CallJudged, OutcomeRow, Row, Run, RunEnded
from understudy.journal.trials import asked, trials

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.records import What

SMALL, LARGE = "acme/small", "acme/large"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def run(name: str = "R", *, ended: bool = True, task: str = "fix") -> list[Row]:
    began = Run(name, START_US, "w", task, "lsp", "python", "a.py", 1)
    return [began, *([RunEnded(name, "offered", LARGE, 1.0)] if ended else [])]


def call(number: int, model: str, judged: str = "", **values: Any) -> list[Row]:
    """A call with what was found out about its reply."""
    row = call_row(f"C{number}", at_us=START_US + number, model=model)
    filled = {one: getattr(row, one) for one in Call.__slots__}
    made = Call(**{**filled, "number": number, **values})
    return [made, *([CallJudged(made.id, judged)] if judged else [])]


def told(path: Path, *parts: list[Row]) -> list[tuple[str, float]]:
    store(path, *run(), *(row for part in parts for row in part))
    return [(one.model, one.good) for one in trials(path)]


def test_without_a_journal_there_are_none(path: Path) -> None:
    assert trials(path) == ()
    assert asked(path) == ()
    assert not path.exists()


def test_a_proved_reply_is_a_success_with_cost_and_time(path: Path) -> None:
    store(path, *run(), *call(1, LARGE))
    (trial,) = trials(path)
    assert (trial.model, trial.task, trial.language, trial.good) == (LARGE, "fix", "python", True)
    assert (trial.usd, trial.seconds) == (0.002, 1.5)


def test_a_model_that_was_told_and_did_better_succeeded_once(path: Path) -> None:
    store(path, *run(), *call(1, LARGE, "type_error"), *call(2, LARGE))
    (trial,) = trials(path)
    assert trial.good
    assert trial.usd == pytest.approx(0.004)
    assert trial.seconds == pytest.approx(3.0)


def test_under_a_cascade_each_attempt_is_its_own_models(path: Path) -> None:
    calls = call(1, SMALL, "syntax_error"), call(2, SMALL, "type_error"), call(3, LARGE)
    assert told(path, *calls) == [(SMALL, False), (LARGE, True)]


def test_a_second_opinion_is_no_trial(path: Path) -> None:
    assert told(path, call(1, SMALL), call(2, LARGE)) == [(SMALL, True)]


@pytest.mark.parametrize(
    "category",
    ["rate_limit", "timeout", "provider_unavailable", "auth_error", "budget_exceeded", "unknown"],
)
def test_what_a_server_or_an_account_did_says_nothing_about_the_model(
    path: Path, category: str
) -> None:
    down = call(1, SMALL, status="failed", category=category)
    assert told(path, down, call(2, LARGE)) == [(LARGE, True)]


def test_what_was_cancelled_is_no_failure(path: Path) -> None:
    stopped = call(2, SMALL, status="failed", category="cancelled")
    assert told(path, call(1, SMALL, "type_error"), stopped) == []


def test_a_remembered_reply_is_no_new_witness(path: Path) -> None:
    assert told(path, call(1, SMALL, remembered=True)) == []


def test_a_run_that_goes_on_has_no_result_yet(path: Path) -> None:
    store(path, *run(ended=False), *call(1, LARGE))
    assert trials(path) == ()


@pytest.mark.parametrize(
    ("what", "good"), [("kept", True), ("changed", False), ("undone", False), ("applied", True)]
)
def test_what_became_of_the_edit_counts_above_what_was_proved(
    path: Path, what: What, good: bool
) -> None:
    edit = edit_row("E")
    values = {one: getattr(edit, one) for one in edit.__slots__}
    rows: list[Row] = [
        *run(),
        *call(1, LARGE),
        Attempt("A", "R", 1, LARGE, "region", "offered"),
        type(edit)(**{**values, "model": LARGE}),
        OutcomeRow("E", START_US + 5, what),
    ]
    store(path, *rows)
    assert [one.good for one in trials(path)] == [good]


def test_an_edit_that_was_changed_is_worth_what_is_left_of_it(path: Path) -> None:
    edit = edit_row("E")
    values = {one: getattr(edit, one) for one in edit.__slots__}
    store(
        path,
        *run(),
        *call(1, LARGE),
        Attempt("A", "R", 1, LARGE, "region", "offered"),
        type(edit)(**{**values, "model": LARGE}),
        OutcomeRow("E", START_US + 5, "undone", 3.0),
        OutcomeRow("E", START_US + 6, "applied"),
        OutcomeRow("E", START_US + 7, "changed", 0.5),
        OutcomeRow("E", START_US + 7, "survived_600", 0.5),
    )
    assert [one.good for one in trials(path)] == [0.5]


def test_a_diagnostic_that_came_back_is_not_forgotten_by_a_later_keeping(path: Path) -> None:
    rows = run_rows("X")
    back = OutcomeRow("XE", START_US + 1, "diagnostic_back")
    edit = next(row for row in rows if type(row).__name__ == "EditRow")
    values = {one: getattr(edit, one) for one in edit.__slots__}
    rows[rows.index(edit)] = type(edit)(**{**values, "model": LARGE})
    store(path, *rows, back)
    assert [one.good for one in trials(path)] == [False]


def test_a_model_with_a_space_in_its_name_is_told_apart(path: Path) -> None:
    found = told(path, call(1, "my model/a b", "type_error"), call(2, "my model/c d"))
    assert len({model for model, _ in found}) == 2


def test_only_calls_since_a_time_are_told(path: Path) -> None:
    store(path, *run(), *call(1, SMALL, "type_error"), *call(2, LARGE))
    assert [one.model for one in asked(path, since_us=START_US + 2)] == [LARGE]
