"""Who is best, who is tied, and who did too little to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import LARGE, SMALL, Ask, Planted, bad, good, rows_of
from tests.unit.journal.samples import store
from understudy.core.binomial import wilson
from understudy.journal.model_choice import Choice, best_for
from understudy.journal.model_stats import model_stats
from understudy.journal.model_tally import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.records import What


def runs(
    model: str, solved: int, of: int, became: tuple[What, ...] = (), usd: float = 0.002
) -> list[Planted]:
    def ask(number: int) -> Ask:
        return good(model, cost_usd=usd) if number < solved else bad(model, "timeout", cost_usd=usd)

    return [Planted(f"{model}-{n}", (ask(n),), became if n < solved else ()) for n in range(of)]


def chosen(path: Path, *planted: Planted, language: str = "") -> Choice:
    store(path / "journal.sqlite3", *rows_of(*planted))
    scope = Scope(task="fix", language=language)
    return best_for(model_stats(path / "journal.sqlite3", scope))


def test_a_clear_winner_is_named_with_its_count_and_bound(tmp_path: Path) -> None:
    found = chosen(tmp_path, *runs(LARGE, 38, 40), *runs(SMALL, 12, 40))
    assert found.best == (LARGE,)
    assert found.verdict == "`acme/large` is best for `fix`: 38 of 40 runs, at least 83%."
    assert [one.name for one in found.ranking] == [LARGE, SMALL]


def test_three_successes_of_three_beat_nobody(tmp_path: Path) -> None:
    found = chosen(tmp_path, *runs(LARGE, 3, 3), *runs(SMALL, 20, 40))
    assert found.best == (SMALL,)
    assert found.verdict.startswith("Only `acme/small` has enough data for `fix`")
    assert [(one.name, one.enough) for one in found.ranking] == [(SMALL, True), (LARGE, False)]


def test_too_little_of_all_is_said_with_the_counts(tmp_path: Path) -> None:
    found = chosen(tmp_path, *runs(LARGE, 3, 3), language="python")
    assert found.best == ()
    assert found.verdict == (
        "Not enough data to say which model is best for `fix` in `python`: `acme/large` (n=3)."
    )


def test_nothing_at_all_is_said_to_be_nothing(tmp_path: Path) -> None:
    assert "because no run is recorded" in chosen(tmp_path).verdict


def test_what_chance_can_do_is_a_tie_and_the_cheaper_one_is_told(tmp_path: Path) -> None:
    found = chosen(tmp_path, *runs(LARGE, 18, 20, usd=0.2), *runs(SMALL, 17, 20))
    assert found.best == (LARGE, SMALL)
    assert found.verdict == (
        "A tie for `fix` between `acme/large` and `acme/small`: the difference can be chance."
        " `acme/small` is the cheapest of them."
    )


def test_edits_that_were_taken_back_are_no_successes(tmp_path: Path) -> None:
    undone: tuple[What, ...] = ("applied", "undone")
    found = chosen(tmp_path, *runs(LARGE, 40, 40, undone), *runs(SMALL, 30, 40, ("kept",)))
    assert found.best == (SMALL,)


@pytest.mark.parametrize(
    ("good_ones", "of", "low", "high"),
    [(0, 10, 0.0, 0.277533), (5, 10, 0.236593, 0.763407), (10, 10, 0.722467, 1.0), (0, 0, 0, 1)],
)
def test_the_score_interval_is_the_textbooks(
    good_ones: int, of: int, low: float, high: float
) -> None:
    assert list(wilson(good_ones, of)) == pytest.approx([low, high], abs=1e-6)


def test_a_model_of_which_nothing_stands_is_not_the_best(tmp_path: Path) -> None:
    found = chosen(tmp_path, *runs(LARGE, 0, 12), *runs(SMALL, 2, 2))
    assert found.best == ()
    assert found.verdict == "No model is good for `fix`: nothing stands of `acme/large` in 12 runs."
