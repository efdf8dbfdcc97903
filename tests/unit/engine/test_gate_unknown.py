"""A checker that did not see both texts proves nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import AFTER, BEFORE, DEFAULT, TARGET, evidence, facts_of
from understudy.engine.compare import compare
from understudy.engine.evidence import Band, CheckReport, CheckStatus, Facts
from understudy.engine.gate import judge
from understudy.workspace.diagnostics import Diagnostic, Severity

TYPES = replace(TARGET, source="basedpyright", code="reportUndefinedVariable")
PYRIGHT = CheckReport("basedpyright", CheckStatus.DONE, (TYPES,))
WRITTEN = Diagnostic("ruff", "F821", "Undefined name `result`", TARGET.span, Severity.ERROR)


def facts(*before: CheckReport) -> Facts:
    """What is known when ruff finds an undefined name afterwards, and others find nothing."""
    now = (
        CheckReport("basedpyright", CheckStatus.DONE),
        CheckReport("ruff", CheckStatus.DONE, (WRITTEN,)),
    )
    plain = facts_of(BEFORE, AFTER)
    comparison = compare(before, now, plain.before, plain.edits, TARGET)
    return replace(plain, comparison=comparison, checks=now)


@pytest.mark.parametrize("status", [CheckStatus.TIMEOUT, CheckStatus.FAILED, CheckStatus.MISSING])
def test_a_checker_that_did_not_see_the_text_before_says_nothing(status: CheckStatus) -> None:
    verdict = judge(facts(PYRIGHT, CheckReport("ruff", status)), DEFAULT)
    (line,) = [one for one in verdict.reasons if one.signal == "check:ruff"]
    assert (line.value, line.weight) == (None, 0)
    assert line.evidence == "ruff did not look at the text before, so it proves nothing"
    assert "basedpyright: F821 gone, nothing new" in evidence(verdict)


def test_when_no_checker_saw_both_texts_the_evidence_is_limited() -> None:
    lost = CheckReport("ruff", CheckStatus.FAILED)
    verdict = judge(facts(replace(PYRIGHT, status=CheckStatus.TIMEOUT), lost), DEFAULT)
    assert verdict.band is Band.REVIEW
    assert "Limited evidence: no checker looked at it before and after" in evidence(verdict)


def test_it_does_not_count_as_more_than_syntax_for_applying_unseen() -> None:
    checks = (CheckReport("python_syntax", CheckStatus.DONE), CheckReport("ruff", CheckStatus.DONE))
    plain = facts_of(BEFORE, AFTER)
    known = replace(plain.comparison, compared=frozenset({"python_syntax"}))
    verdict = judge(
        replace(plain, comparison=known, checks=checks), replace(DEFAULT, auto_apply=True)
    )
    assert verdict.band is Band.CONFIRM
    assert "Only its syntax was checked" in evidence(verdict)


def test_nothing_is_claimed_about_other_edits_when_none_was_tried() -> None:
    plain = facts_of(BEFORE, AFTER)
    assert "rivals" not in {one.signal for one in judge(plain, DEFAULT).reasons}
    assert "No other edit was proved as well" in evidence(judge(replace(plain, rivals=0), DEFAULT))
