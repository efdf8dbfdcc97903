"""The shape of the numbers, and that they add up."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.journal.planted import DAY_US, LARGE, RULES, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import START_US, store
from understudy.journal.model_stats import model_stats, stats_cells
from understudy.journal.model_stats_json import by_category, stats_json
from understudy.journal.model_tally import By, Scope, Tally, total

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = {
    "name": "acme/large",
    "successRate": 0.5,
    "avgLatencyMs": 1500,
    "failuresByCategory": {"type_error": 1},
    "byTaskType": {"edit": {"success": 0, "fail": 1}, "fix": {"success": 1, "fail": 0}},
    "totalRuns": 2,
    "n": 2,
    "ci95": [0.094531, 0.905469],
    "firstTryRate": 0.5,
    "neededRescue": 0,
    "cancelled": 0,
    "superseded": 0,
    "attempts": 2,
    "secondOpinions": 0,
    "keptRate": 1.0,
    "undoneRate": 0.0,
    "judgedEdits": 1,
    "p50LatencyMs": 1500,
    "p95LatencyMs": 1500,
    "ttftMs": 500,
    "seconds": 3.0,
    "tokensIn": 1800,
    "tokensOut": 120,
    "tokensCached": 0,
    "costUsd": 0.004,
    "estimated": False,
    "estimatedCalls": 0,
    "unpricedCalls": 0,
    "unmeteredCalls": 0,
    "fromCache": 0,
    "lastSeen": "2025-10-09T08:53:20+00:00",
    "trend": [{"day": "2025-10-09", "runs": 2, "solved": 1}],
}


def test_the_shape_of_the_json(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    runs = (
        Planted("A", (good(LARGE),), ("offered", "applied", "kept")),
        Planted("B", (bad(LARGE),), task="edit"),
    )
    store(path, *rows_of(*runs))
    assert stats_json(model_stats(path)) == {
        "by": "model",
        "since": None,
        "model": None,
        "task": None,
        "language": None,
        "runs": {"total": 2, "solved": 1, "cancelled": 0, "superseded": 0},
        "stats": [SHAPE],
    }


asks = st.builds(
    lambda model, category: bad(model, category) if category else good(model),
    st.sampled_from([SMALL, LARGE, RULES]),
    st.sampled_from(["", "", "type_error", "timeout", "cancelled", "rate_limit"]),
)
plants = st.lists(
    st.builds(
        lambda tried, became, task, language, day, stopped: Planted(
            "",
            tuple(tried),
            became if any(not one.category for one in tried) and not stopped else (),
            task,
            language,
            started_us=START_US + day * DAY_US,
            stopped=stopped,
        ),
        st.lists(asks, max_size=4),
        st.sampled_from([(), ("offered",), ("applied", "kept"), ("applied", "undone")]),
        st.sampled_from(["fix", "edit"]),
        st.sampled_from(["python", "go"]),
        st.integers(0, 3),
        st.sampled_from(["", "", "", "cancelled", "stale_document"]),
    ),
    max_size=12,
)


def sums(tally: Tally) -> dict[str, object]:
    return {
        one.name: pytest.approx(getattr(tally, one.name))
        if one.name != "failures"
        else dict(tally.failures)
        for one in fields(tally)
    }


@settings(max_examples=15)
@given(plants)
def test_totals_over_any_division_add_up(
    tmp_path_factory: pytest.TempPathFactory, planted: list[Planted]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    named = [replace(run, name=f"R{n}") for n, run in enumerate(planted)]
    store(path, *rows_of(*named))
    every = total(one.total for one in model_stats(path).groups)
    expected = sums(every)
    divisions: tuple[By, ...] = ("task", "language")
    for by in divisions:
        assert sums(total(one.total for one in model_stats(path, by=by).groups)) == expected
    assert sums(total(stats_cells(path).values())) == expected
    parts: list[list[dict[str, Any]]] = [
        [{"model": one} for one in (SMALL, LARGE, RULES)],
        [{"task": one} for one in ("fix", "edit")],
        [{"language": one} for one in ("python", "go")],
        [{"until_us": START_US + DAY_US}, {"since_us": START_US + DAY_US}],
        [{"workspace": "w"}],
    ]
    for scopes in parts:
        found = [group for one in scopes for group in model_stats(path, Scope(**one)).groups]
        assert sums(total(group.total for group in found)) == expected
    whole = model_stats(path)
    assert sum(one.times for one in by_category(whole)) == sum(every.failures.values())
    # Every attempt was good or failed, and every run of a model was solved or not.
    assert every.attempts == every.solved + sum(every.failures.values())
    assert every.standing <= every.solved <= every.runs
    assert every.rescued <= whole.runs.solved
