"""The numbers of models, from journals with a known course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, RULES, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import START_US, store
from understudy.journal.model_stats import (
    Group,
    Stats,
    model_stats,
    stats_cells,
)
from understudy.journal.model_stats_json import group_json
from understudy.journal.model_tally import Scope
from understudy.journal.records import OutcomeRow

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def stats(path: Path, *runs: Planted, **scope: Any) -> Stats:
    store(path, *rows_of(*runs))
    return model_stats(path, Scope(**scope))


def of(found: Stats, name: str) -> Group:
    (group,) = [one for one in found.groups if one.name == name]
    return group


def test_without_a_journal_there_are_no_numbers_and_none_is_made(path: Path) -> None:
    assert model_stats(path).groups == ()
    assert stats_cells(path) == {}
    assert not path.exists()


def test_a_model_that_succeeds_at_the_third_try_shows_two_failures_and_one_success(
    path: Path,
) -> None:
    run = Planted("R", (bad(SMALL, "syntax_error"), bad(SMALL), good(SMALL)))
    found = of(stats(path, run), SMALL).total
    assert (found.runs, found.solved, found.at_once, found.attempts) == (1, 1, 0, 3)
    assert found.failures == {"syntax_error": 1, "type_error": 1}


def test_the_first_model_needed_rescue_and_the_success_is_the_finishers(path: Path) -> None:
    middle = "acme/middle"
    found = stats(path, Planted("R", (bad(SMALL), bad(middle), good(LARGE))))
    told = {
        name: (one.solved, one.runs, one.rescued)
        for name in (SMALL, middle, LARGE)
        for one in [of(found, name).total]
    }
    assert told == {SMALL: (0, 1, 1), middle: (0, 1, 0), LARGE: (1, 1, 0)}
    assert (found.runs.total, found.runs.solved) == (1, 1)


def test_nobody_is_rescued_where_nobody_solves_it(path: Path) -> None:
    found = stats(path, Planted("R", (bad(RULES, "lint_failure"), bad(SMALL))))
    assert [one.total.rescued for one in found.groups] == [0, 0]


def test_cancelled_and_superseded_attempts_are_no_failures(path: Path) -> None:
    found = of(
        stats(
            path,
            Planted("A", (bad(SMALL, "cancelled"),), stopped="cancelled"),
            Planted("B", (bad(SMALL, "cancelled"),), stopped="stale_document"),
            Planted("C", (good(SMALL),)),
        ),
        SMALL,
    ).total
    assert (found.runs, found.solved, found.cancelled, found.superseded) == (1, 1, 1, 1)
    assert not found.failures
    assert (found.attempts, found.timed) == (1, 1)


def test_a_race_that_was_lost_counts_as_cancelled_and_not_as_a_second_opinion(path: Path) -> None:
    found = stats(path, Planted("R", (good(LARGE), bad(SMALL, "cancelled"))))
    lost = of(found, SMALL).total
    assert (lost.runs, lost.cancelled, lost.opinions, lost.rescued) == (0, 1, 0, 0)


def test_the_offline_model_is_counted_by_runs_and_is_free(path: Path) -> None:
    found = of(
        stats(
            path,
            Planted("A", (bad(RULES, "lint_failure"), good(RULES))),
            Planted("B", (bad(RULES, "lint_failure"), good(SMALL))),
        ),
        RULES,
    )
    told = found.total
    assert (told.runs, told.solved, told.rescued) == (2, 1, 1)
    assert told.failures == {"lint_failure": 1}
    shown = group_json(found)
    assert (shown["costUsd"], shown["seconds"], shown["estimated"]) == (0.0, 0.75, False)
    assert (shown["avgLatencyMs"], shown["p50LatencyMs"], shown["p95LatencyMs"]) == (375, 250, 500)


def test_a_second_opinion_costs_and_decides_nothing(path: Path) -> None:
    found = of(stats(path, Planted("R", (good(SMALL), bad(LARGE)))), LARGE).total
    assert (found.runs, found.attempts, found.opinions, found.usd) == (0, 0, 1, 0.002)
    assert not found.failures


def test_what_came_from_the_cache_or_was_never_sent_says_nothing_of_the_model(path: Path) -> None:
    found = of(
        stats(
            path,
            Planted("A", (good(SMALL, remembered=True, cost_usd=0.0),)),
            Planted("B", (bad(SMALL, "auth_error", requests=0, cost_usd=0.0),)),
        ),
        SMALL,
    ).total
    assert (found.runs, found.attempts, found.remembered, found.timed) == (0, 0, 1, 0)


def test_a_run_that_goes_on_is_not_counted(path: Path) -> None:
    found = stats(path, Planted("R", (good(SMALL),), ended=False))
    assert (found.groups, found.runs.total) == ((), 0)


def test_an_unknown_cost_is_estimated_and_said_to_be(path: Path) -> None:
    found = of(
        stats(
            path,
            Planted("A", (good(SMALL, cost_usd=None, input_tokens=None),)),
            Planted("B", (good(SMALL, cost_usd=0.5),)),
        ),
        SMALL,
    )
    shown = group_json(found)
    assert (shown["costUsd"], shown["estimated"], shown["estimatedCalls"]) == (0.51, True, 1)
    assert (shown["tokensIn"], shown["unmeteredCalls"]) == (900, 1)


def test_a_cost_that_nobody_knows_is_no_zero(path: Path) -> None:
    run = Planted("A", (good(SMALL, cost_usd=None, estimated_usd=None),))
    shown = group_json(of(stats(path, run), SMALL))
    assert (shown["costUsd"], shown["unpricedCalls"]) == (None, 1)


@pytest.mark.parametrize(
    ("became", "kept", "undone", "standing"),
    [
        (("offered", "applied", "kept"), 1.0, 0.0, 1),
        (("offered", "applied", "changed"), 0.0, 0.0, 0),
        (("offered", "applied", "undone"), 0.0, 1.0, 0),
        (("kept", "undone"), 0.0, 1.0, 0),
        (("undone", "kept"), 1.0, 0.0, 1),
        (("diagnostic_back", "kept"), 0.0, 0.0, 0),
        (("offered", "applied"), None, None, 1),
    ],
)
@pytest.mark.parametrize("model", [RULES, LARGE])
def test_what_became_of_edits(
    path: Path,
    model: str,
    became: Any,
    kept: float | None,
    undone: float | None,
    standing: int,
) -> None:
    group = of(stats(path, Planted("R", (good(model),), became)), model)
    shown = group_json(group)
    assert (shown["keptRate"], shown["undoneRate"]) == (kept, undone)
    assert (group.total.solved, group.total.standing) == (1, standing)


def test_a_run_stands_by_the_share_of_its_edit_that_is_left(path: Path) -> None:
    rows = rows_of(Planted("R", (good(LARGE),), ("applied",)))
    edit = next(row.edit_id for row in rows if isinstance(row, OutcomeRow))
    later = START_US + 1_000
    shares = [
        OutcomeRow(edit, later, "changed", 1.0),
        OutcomeRow(edit, later + 1, "undone", 2.0),
        OutcomeRow(edit, later + 2, "changed", 0.25),
        OutcomeRow(edit, later + 3, "survived_600", 0.25),
    ]
    store(path, *rows, *shares)
    group = of(model_stats(path, Scope()), LARGE)
    assert (group.total.solved, group.total.standing, group.total.kept) == (1, 0.25, 0)


def test_percentiles_are_nearest_ranks_of_what_was_waited_for(path: Path) -> None:
    runs = [Planted(f"R{n}", (good(SMALL, seconds=n / 10),)) for n in range(1, 21)]
    lost = Planted("X", (bad(SMALL, "cancelled", seconds=900.0),), stopped="cancelled")
    group = of(stats(path, *runs, lost), SMALL)
    assert (group.p50_s, group.p95_s) == (1.0, 1.9)
    assert group_json(group)["avgLatencyMs"] == 1050


def test_ids_that_differ_in_a_blank_are_two_models(path: Path) -> None:
    found = stats(
        path,
        Planted("A", (good("ollama/qwen2.5-coder:7b"),)),
        Planted("B", (good("ollama/qwen2.5-coder 7b"),)),
        Planted("C", (good("ollama/qwen2.5-coder@7b"),)),
    )
    assert [one.total.runs for one in found.groups] == [1, 1, 1]


def test_a_scope_leaves_out_all_else(path: Path) -> None:
    store(
        path,
        *rows_of(
            Planted("A", (good(SMALL),)),
            Planted("B", (good(SMALL),), task="edit"),
            Planted("C", (good(SMALL),), language="go"),
            Planted("D", (good(SMALL),), workspace="v"),
            Planted("E", (good(SMALL),), started_us=START_US + DAY_US),
            Planted("F", (bad(SMALL), good(LARGE))),
        ),
    )
    scopes: list[dict[str, Any]] = [
        {"task": "edit"},
        {"language": "go"},
        {"workspace": "v"},
        {"since_us": START_US + DAY_US},
    ]
    for scope in scopes:
        found = model_stats(path, Scope(**scope))
        assert [(one.name, one.total.runs) for one in found.groups] == [(SMALL, 1)]
        assert found.runs.total == 1
    (only,) = model_stats(path, Scope(model=SMALL)).groups
    # Who solved it is still known, though that one is not shown.
    assert (only.total.runs, only.total.rescued) == (6, 1)
