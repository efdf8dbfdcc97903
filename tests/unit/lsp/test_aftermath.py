"""Whether a mended problem came back, by the checker that saw it go."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.core.text import Span
from understudy.engine.evidence import (
    Band,
    CheckReport,
    CheckStatus,
    Comparison,
    Verdict,
)
from understudy.engine.outcome import Candidate, Outcome, Status
from understudy.lsp.problem_back import is_back
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

TEXT = "return reslt\nother\n"
VIEW = View("file:///a.py", TEXT, Policy())
TARGET = Diagnostic("ruff", "F821", "Undefined name `reslt`", Span(7, 12))


def outcome(judge: str = "ruff") -> Outcome:
    candidate = Candidate(
        id="E1",
        edits=(),
        model="builtin/rules",
        author="did_you_mean",
        why="",
        safe=True,
        verdict=Verdict(1.0, Band.CONFIRM),
        comparison=Comparison(target_gone=True, target_judged_by=judge),
        checks=(),
    )
    return Outcome("R1", Status.OFFERED, VIEW, TARGET, candidate)


def report(*found: Diagnostic, status: CheckStatus = CheckStatus.DONE) -> CheckReport:
    return CheckReport("ruff", status, found)


def test_the_same_problem_on_the_edits_lines_is_back() -> None:
    assert is_back(outcome(), (report(TARGET),), VIEW, [range(1)]) is True


def test_another_problem_on_the_edits_lines_is_not_this_one() -> None:
    other = Diagnostic("ruff", "E501", "Line too long", Span(0, 12))
    assert is_back(outcome(), (report(other),), VIEW, [range(1)]) is False


def test_the_same_problem_elsewhere_was_there_before() -> None:
    assert is_back(outcome(), (report(TARGET),), VIEW, [range(1, 2)]) is False


@pytest.mark.parametrize("status", [CheckStatus.MISSING, CheckStatus.TIMEOUT, CheckStatus.FAILED])
def test_a_checker_that_did_not_look_says_nothing(status: CheckStatus) -> None:
    assert is_back(outcome(), (report(status=status),), VIEW, [range(1)]) is None


def test_a_problem_that_nobody_judged_stays_unknown() -> None:
    assert is_back(outcome(judge=""), (report(),), VIEW, [range(1)]) is None
