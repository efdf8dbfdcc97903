"""What tests do to the verdict on an edit."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.engine.facts_factory import AUTO, DEFAULT, SYNTAX, WRITTEN, evidence
from understudy.engine.evidence import Band, Comparison
from understudy.engine.gate import judge
from understudy.engine.ran_tests import RanTests

PASSED = RanTests("pytest", 7)
MENDED = RanTests("pytest", 7, mended=("test_one",))
BROKEN = RanTests("pytest", 6, broken=("test_two",))
NEW_FAIL = RanTests("pytest", 3, failing=("test_new",), new_failing=1)
ONLY_OLD_FAIL = RanTests("pytest", 0, failing=("test_old",))
LIMITED = replace(
    WRITTEN,
    target=None,
    checks=(SYNTAX,),
    comparison=Comparison(None),
)
"""An edit that no checker compared."""


def test_tests_that_pass_speak_for_an_edit_and_one_that_is_mended_speaks_louder() -> None:
    plain = judge(WRITTEN, DEFAULT).score
    passed = judge(replace(WRITTEN, tests=PASSED), DEFAULT)
    mended = judge(replace(WRITTEN, tests=MENDED), DEFAULT)
    assert plain < passed.score < mended.score
    assert "7 tests passed" in evidence(passed)
    assert "7 tests passed, 1 of which failed before" in evidence(mended)


def test_a_test_that_breaks_stops_the_best_edit() -> None:
    verdict = judge(replace(WRITTEN, tests=BROKEN, agrees=True), AUTO)
    assert verdict.band is Band.BLOCK
    assert verdict.hard_stops == ("1 test that passed before and would not with it: test_two.",)


def test_new_tests_that_fail_are_looked_at() -> None:
    verdict = judge(replace(WRITTEN, tests=NEW_FAIL), DEFAULT)
    assert verdict.band is Band.REVIEW
    assert "1 of its own tests would fail: test_new" in evidence(verdict)


def test_an_edit_of_limited_evidence_may_be_confirmed_once_its_tests_passed() -> None:
    assert judge(LIMITED, DEFAULT).band is Band.REVIEW
    assert judge(replace(LIMITED, tests=PASSED), DEFAULT).band is Band.CONFIRM
    assert judge(replace(LIMITED, tests=PASSED), AUTO).band is Band.CONFIRM
    broken = replace(LIMITED, tests=PASSED, parses_after=False, parsed_before=False)
    assert judge(broken, DEFAULT).band is not Band.CONFIRM


def test_tests_that_fail_before_and_after_say_nothing() -> None:
    assert judge(replace(WRITTEN, tests=ONLY_OLD_FAIL), DEFAULT) == judge(WRITTEN, DEFAULT)
