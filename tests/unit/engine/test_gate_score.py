"""What moves the score of an edit, and in which direction."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tests.unit.engine.facts_factory import (
    AFTER,
    AT,
    BEFORE,
    DEFAULT,
    GONE,
    GOOD,
    NEW_WARNING,
    TARGET,
    evidence,
    facts_of,
    longer,
)
from understudy.core.text import Span
from understudy.engine.gate import judge


def test_history_moves_the_score_smoothly_and_in_its_direction() -> None:
    scores = [judge(replace(GOOD, kept=(kept, 20)), DEFAULT).score for kept in range(21)]
    assert scores == sorted(scores)
    assert max(b - a for a, b in pairwise(scores)) < 0.02


def test_fewer_changed_lines_score_higher() -> None:
    scores = [judge(longer(lines), DEFAULT).score for lines in (1, 2, 3, 6, 30)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_lines_that_nobody_asked_about_lower_the_score() -> None:
    elsewhere = (Span(0, 1),)
    inside, outside = judge(GOOD, DEFAULT), judge(replace(GOOD, scope=elsewhere), DEFAULT)
    assert outside.score < inside.score
    assert "1 of 1 place outside the lines asked about" in evidence(outside)


def test_a_new_import_is_never_out_of_scope() -> None:
    after = AFTER.replace("import os\n", "import os\nfrom pathlib import Path\n")
    facts = replace(facts_of(BEFORE, after), scope=(Span(AT, AT + 5),))
    assert "Only the lines asked about and imports are touched" in evidence(judge(facts, DEFAULT))


def test_other_problems_that_went_away_count_for_the_edit() -> None:
    more = replace(GONE, fixed=(TARGET, NEW_WARNING))
    doubtful = replace(GOOD, kept=(0, 50))
    both = replace(doubtful, comparison=more)
    assert judge(both, DEFAULT).score > judge(doubtful, DEFAULT).score
    assert "1 other problem gone as well" in evidence(judge(both, DEFAULT))
