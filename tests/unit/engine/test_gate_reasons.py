"""What a verdict says about why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import (
    AUTO,
    DEFAULT,
    GOOD,
    NEW_ERROR,
    NEW_WARNING,
    NO_TYPES,
    RUFF,
    SYNTAX,
    compared,
    evidence,
)
from understudy.engine.evidence import Band, CheckReport, CheckStatus
from understudy.engine.gate import judge


def test_a_proved_fix_says_line_by_line_what_was_proved() -> None:
    lines = evidence(judge(GOOD, DEFAULT)).split("\n")
    assert "ruff: F821 gone, nothing new" in lines
    assert "python_syntax: nothing new" in lines
    assert "`basedpyright` is not installed" in lines
    assert "ruff F821 is gone, ruff says" in lines
    assert "1 line changed" in lines


@pytest.mark.parametrize("status", [CheckStatus.MISSING, CheckStatus.TIMEOUT, CheckStatus.FAILED])
def test_a_checker_that_did_not_look_is_named_and_weighs_nothing(status: CheckStatus) -> None:
    absent = judge(replace(GOOD, checks=(SYNTAX, RUFF)), DEFAULT)
    present = judge(replace(GOOD, checks=(SYNTAX, RUFF, CheckReport("mypy", status))), DEFAULT)
    assert present.score == pytest.approx(absent.score)
    assert "mypy" in evidence(present)


def test_limited_evidence_says_so() -> None:
    verdict = judge(replace(GOOD, checks=(NO_TYPES,), comparison=compared(None)), DEFAULT)
    assert verdict.band is Band.REVIEW
    assert "Limited evidence: no checker looked at it" in evidence(verdict)


def test_a_new_warning_lowers_the_score_strongly_and_is_named() -> None:
    verdict = judge(replace(GOOD, comparison=compared(True, NEW_WARNING)), DEFAULT)
    assert verdict.score < judge(GOOD, DEFAULT).score - 0.2
    assert "ruff: F821 gone, new: ruff F841" in evidence(verdict)


def test_a_new_problem_of_an_unlisted_tool_is_named_as_well() -> None:
    foreign = replace(NEW_WARNING, source="pylint")
    verdict = judge(replace(GOOD, comparison=compared(True, foreign)), DEFAULT)
    assert "New: pylint F841" in evidence(verdict)
    assert verdict.band is Band.BLOCK


def test_hard_stops_are_whole_sentences_and_all_of_them_are_told() -> None:
    verdict = judge(replace(GOOD, comparison=compared(False, NEW_ERROR), parses_after=False), AUTO)
    assert len(verdict.hard_stops) == 3
    assert all(stop[0].isupper() or stop.startswith("ruff") for stop in verdict.hard_stops)
    assert all(stop.endswith(".") for stop in verdict.hard_stops)
