"""How much strategies help: from rows of a journal, against the plain question, with bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import START_US, store, strategy_row
from understudy.core.binomial import wilson
from understudy.engine.effectiveness import Asked, Effect, effects
from understudy.engine.effectiveness_text import effect_json, report, summary
from understudy.journal.records import Run, RunEnded

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.records import Row

HALF_LIFE = 30.0
MINUTE_US = 60_000_000


def rows(strategy: str, results: list[str], *, step: int = 1, **values: object) -> list[Row]:
    """A run for each result."""
    found: list[Row] = []
    for number, result in enumerate(results):
        run, at_us = f"{strategy}{step}{number:03}".upper(), START_US + number * MINUTE_US
        given = {"strategy": strategy, "result": result, "step": step, **values}
        found += [
            Run(run, at_us, "w", "fix", "lsp", "python", "a.py", 1),
            strategy_row(run, "", at_us, **given),
            RunEnded(run, "offered" if result == "cleared" else "unfixed", "acme/large", 1.0),
        ]
    return found


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    store(
        path,
        *rows("plain_retry", ["cleared"] * 4 + ["same"] * 6, tokens=0),
        *rows("show_finding", ["cleared"] * 9 + ["worse"], tokens=100, seconds=4.0),
        *rows("lower_temperature", ["cleared", *["changed"] * 9], tokens=0),
        *rows("smaller_scope", ["cleared", "same"], step=2),
        *rows("tidy_first", ["cleared"] * 3, step=0, why="free"),
        *rows("other_format", ["unanswered"]),
    )
    return path


def found(path: Path, asked: Asked = Asked()) -> dict[str, Effect]:  # noqa: B008 - it is frozen
    return {one.strategy: one for one in effects(path, asked, HALF_LIFE, START_US + MINUTE_US)}


def test_a_strategy_is_told_with_bounds_and_against_the_plain_question(journal: Path) -> None:
    every = found(journal)
    one = every["show_finding"]
    assert (one.uses, one.results, one.solved) == (10, (9, 0, 0, 1), 9)
    assert one.bounds == wilson(9, 10)
    assert one.lift == pytest.approx(0.5)
    assert (one.tokens, one.seconds) == (100, 4)
    assert one.state == "in_use"
    assert every["plain_retry"].state == "baseline"
    assert every["plain_retry"].lift is None


def test_what_does_not_beat_the_plain_question_is_retired_and_that_is_said(journal: Path) -> None:
    one = found(journal)["lower_temperature"]
    assert one.state == "retired"
    assert one.lift == pytest.approx(-0.3)
    text = report(tuple(found(journal).values()))
    assert "`lower_temperature` is retired for type_error of acme/large" in text
    assert "cleared 1 of 10" in text
    assert "tried again" in text


def test_later_tries_are_not_compared_with_first_ones(journal: Path) -> None:
    one = found(journal)["smaller_scope"]
    assert one.lift is None
    assert one.firsts == (0, 0)
    assert one.rate == 0.5


def test_the_best_stands_first_and_unanswered_questions_count_for_nobody(journal: Path) -> None:
    order = list(found(journal))
    assert order[0] == "show_finding"
    assert order.index("plain_retry") < order.index("lower_temperature")
    assert "other_format" not in order


def test_only_what_is_asked_for_is_counted(journal: Path) -> None:
    assert found(journal, Asked(model="other/model")) == {}
    assert found(journal, Asked(language="go")) == {}
    assert found(journal, Asked(category="parse_error")) == {}
    late = found(journal, Asked(since_us=START_US + 9 * MINUTE_US))
    assert late["plain_retry"].uses == 1
    assert late["show_finding"].state == "in_use"


def test_programs_are_told_the_same(journal: Path) -> None:
    told = effect_json(found(journal)["show_finding"])
    assert told["attempts"] == 10
    assert told["successes"] == 9
    assert told["successRate"] == 0.9
    assert told["ci95"] == list(wilson(9, 10))
    assert told["first"] == {"attempts": 10, "successes": 9}
    assert told["lastUsed"].startswith("2025-10-09T")


def test_a_sentence_tells_it_in_short(journal: Path) -> None:
    assert summary(tuple(found(journal).values())) == (
        "35 failed edits asked about again or mended, 18 cleared; helps: show_finding,"
        " tidy_first; retired for some failures: lower_temperature."
    )


def test_nothing_helps_that_never_cleared_anything(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *rows("plain_retry", ["same"] * 10), *rows("show_finding", ["same"] * 2))
    assert found(path)["show_finding"].state == "in_use"
    assert summary(tuple(found(path).values())) == (
        "12 failed edits asked about again or mended, 0 cleared; in use, but not seen to help yet:"
        " show_finding."
    )


@pytest.mark.parametrize(("uses", "helps"), [(1, False), (4, False), (5, True)])
def test_a_few_uses_may_be_chance(tmp_path: Path, uses: int, helps: bool) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *rows("plain_retry", ["same"] * uses), *rows("show_finding", ["cleared"] * uses))
    one = found(path)["show_finding"]
    assert (one.state, one.compared, one.is_helping) == ("in_use", uses, helps)


def test_without_any_use_a_sentence_says_so(tmp_path: Path) -> None:
    assert effects(tmp_path / "none.sqlite3", Asked(), HALF_LIFE, START_US) == ()
    assert report(()) == f"{summary(())}\n"
    assert "nothing to tell" in summary(())
