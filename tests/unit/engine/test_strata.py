"""Which kinds of edits may be applied unseen, and what takes that from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AUTO,
    GOOD,
    NEW_WARNING,
    SUGGESTED,
    UNSAFELY_SUGGESTED,
    WRITTEN,
    compared,
    longer,
)
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.strata import SHIPPED, WINDOW, standing, stratum_of
from understudy.reading import Match

LEARNED = "fix:python:given:acme/one"


@pytest.mark.parametrize(
    ("facts", "stratum"),
    [
        (GOOD, "rule_fix"),
        (replace(GOOD, safe=False), "fix:python:given:builtin/rules"),
        (replace(GOOD, rivals=1), "fix:python:given:builtin/rules"),
        (replace(GOOD, target=SUGGESTED), "tool_fix"),
        (WRITTEN, LEARNED),
        (replace(WRITTEN, target=SUGGESTED), "tool_fix"),
        (replace(WRITTEN, target=UNSAFELY_SUGGESTED), LEARNED),
        (replace(WRITTEN, agrees=True), "two_models"),
        (replace(WRITTEN, agrees=False), LEARNED),
        (replace(longer(2), rule="", agrees=True, who=WRITTEN.who), LEARNED),
        # What was counted was Python.
        (replace(GOOD, before=replace(GOOD.before, language="go")), "rule_fix:go"),
        (
            replace(GOOD, before=replace(GOOD.before, language="go"), target=SUGGESTED),
            "tool_fix:go",
        ),
        # What was counted were small edits that are clean, surely placed, and for one problem.
        (replace(longer(10), rule="", agrees=True, who=WRITTEN.who), LEARNED),
        (replace(WRITTEN, agrees=True, comparison=compared(True, NEW_WARNING)), LEARNED),
        (replace(WRITTEN, agrees=True, comparison=compared(None)), LEARNED),
        (replace(WRITTEN, agrees=True, target=None), LEARNED),
        (
            replace(WRITTEN, agrees=True, match=Match.ELISION),
            "fix:python:elision:acme/one",
        ),
    ],
)
def test_every_edit_has_its_kind(facts: Facts, stratum: str) -> None:
    assert stratum_of(facts) == stratum


def test_what_was_counted_for_one_language_certifies_no_other() -> None:
    assert not standing("tool_fix:go", ()).is_certain
    assert standing("tool_fix:go", [True] * 59).is_certain


@pytest.mark.parametrize("stratum", SHIPPED)
def test_what_is_certain_from_the_start_has_counts_that_prove_it(stratum: str) -> None:
    found = standing(stratum, ())
    assert found.is_certain
    assert not found.drifted


def test_a_kind_earns_it_with_59_right_edits_and_loses_it_with_the_next_wrong_one() -> None:
    assert not standing(LEARNED, ()).is_certain
    assert not standing(LEARNED, [True] * 58).is_certain
    assert standing(LEARNED, [True] * 59).is_certain
    assert not standing(LEARNED, [*[True] * 59, False]).is_certain
    assert not standing(LEARNED, [*[True] * 59, False]).drifted


@pytest.mark.parametrize("stratum", SHIPPED)
def test_wrong_edits_take_it_from_a_kind_that_had_it(stratum: str) -> None:
    found = standing(stratum, [False] * 20)
    assert not found.is_certain
    assert found.drifted
    # A long time without a wrong one gives it back.
    assert standing(stratum, [*[False] * 20, *[True] * WINDOW]).is_certain


def test_a_demoted_kind_is_confirmed_and_the_user_is_told() -> None:
    verdict = judge(replace(GOOD, labels=(False,) * 20), AUTO)
    assert verdict.band is Band.CONFIRM
    (told,) = [one.evidence for one in verdict.reasons if one.signal == "not_by_itself"]
    assert told.startswith("Edits of this kind have been wrong too often of late")


@given(st.lists(st.booleans(), max_size=300), st.sampled_from([*SHIPPED, LEARNED]))
def test_no_label_more_against_a_kind_ever_helps_it(labels: list[bool], stratum: str) -> None:
    before = standing(stratum, labels)
    assert standing(stratum, [*labels, False]).bound <= before.bound + 1e-12
    assert 0 <= before.good <= before.total <= WINDOW + 1e-9


@given(st.floats(0, 1), st.text(max_size=40), st.integers(1, 30))
def test_no_score_and_no_words_lift_a_kind_without_a_record(
    floor: float, prose: str, kept: int
) -> None:
    settings = replace(AUTO, auto_score=floor, confirm_score=0.0, review_score=0.0)
    facts = replace(WRITTEN, prose=prose, kept=(kept, kept), lean=8.0)
    assert judge(facts, settings).band is not Band.AUTO
