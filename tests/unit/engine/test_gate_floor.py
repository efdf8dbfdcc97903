"""What never stands above `block`, whatever else speaks for it; and how a score follows evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AUTO,
    GOOD,
    NEW_ERROR,
    NEW_WARNING,
    WRITTEN,
    compared,
)
from understudy.config.settings import GateSettings
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.traits import WORD_WEIGHT
from understudy.reading import Match
from understudy.workspace.diagnostics import Severity

HOPELESS = [
    replace(WRITTEN, parses_after=False),
    replace(WRITTEN, comparison=compared(False)),
    replace(WRITTEN, comparison=compared(True, NEW_ERROR)),
    replace(WRITTEN, comparison=compared(True, NEW_WARNING)),
    replace(
        WRITTEN, comparison=compared(True, replace(NEW_WARNING, severity=Severity.INFORMATION))
    ),
    replace(WRITTEN, flaw="The reply was cut off before its end."),
]


@given(
    st.sampled_from(HOPELESS),
    st.text(max_size=60),
    st.tuples(st.integers(0, 200), st.integers(0, 200)),
    st.booleans(),
    st.lists(st.booleans(), max_size=30),
)
def test_what_fails_a_check_is_blocked_whatever_else_is_known(
    facts: Facts, prose: str, kept: tuple[int, int], agrees: bool, labels: list[bool]
) -> None:
    rich = replace(
        facts,
        prose=prose,
        kept=(min(kept), max(kept)),
        agrees=agrees,
        labels=tuple(labels),
        lean=8.0,
        margin=1.0,
    )
    lax = GateSettings(auto_apply=True, auto_score=0.0, confirm_score=0.0, review_score=0.0)
    assert judge(rich, lax).band is Band.BLOCK


@given(st.text(), st.text(), st.sampled_from([GOOD, WRITTEN, *HOPELESS]))
def test_more_text_lifts_the_score_by_at_most_the_weight_of_words(
    first: str, more: str, facts: Facts
) -> None:
    before = judge(replace(facts, prose=first), AUTO)
    after = judge(replace(facts, prose=first + more), AUTO)
    assert after.score <= before.score + WORD_WEIGHT + 1e-9
    words = [one.weight for one in after.reasons if one.signal == "words"]
    assert all(weight <= WORD_WEIGHT for weight in words)


@pytest.mark.parametrize("claim", ["There is no bug here.", "The code is already correct."])
def test_a_model_that_sees_no_bug_lowers_its_own_score(claim: str) -> None:
    assert judge(replace(WRITTEN, prose=claim), AUTO).score < judge(WRITTEN, AUTO).score


@pytest.mark.parametrize(
    ("worse", "signal"),
    [
        (replace(WRITTEN, agrees=False), "agreement"),
        (replace(WRITTEN, match=Match.WHITESPACE), "match"),
        (replace(WRITTEN, risk="low"), "repairs"),
        (replace(WRITTEN, attempt=2), "attempt"),
        (replace(WRITTEN, margin=0.1), "margin"),
        (replace(WRITTEN, kept=(0, 5)), "kept"),
        (replace(WRITTEN, lean=-1.0), "size"),
    ],
)
def test_evidence_against_an_edit_lowers_its_score_and_is_named(worse: Facts, signal: str) -> None:
    verdict = judge(worse, AUTO)
    assert verdict.score < judge(WRITTEN, AUTO).score
    assert signal in {one.signal for one in verdict.reasons}


def test_the_surer_a_place_was_found_the_higher_is_the_score() -> None:
    order = [Match.EXACT, Match.WHITESPACE, Match.INDENTATION, Match.CHARACTERS, Match.ELISION]
    scores = [judge(replace(WRITTEN, match=one), AUTO).score for one in order]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(order)


def test_agreement_moves_the_score_from_86_to_what_was_counted() -> None:
    """At the neutral size of 3.7 lines: 94.9 % with agreement and 77.4 % without."""
    weight = WEIGHTS["agreement"]
    assert weight.log_odds * (1 - weight.neutral) == pytest.approx(2.924 - 1.815, abs=0.01)
    assert weight.log_odds * -weight.neutral == pytest.approx(1.231 - 1.815, abs=0.01)


def test_limited_evidence_is_said_and_never_applied_unseen() -> None:
    syntax = replace(
        GOOD, comparison=replace(GOOD.comparison, compared=frozenset({"python_syntax"}))
    )
    verdict = judge(syntax, AUTO)
    assert verdict.band is Band.CONFIRM
    assert "Limited evidence: only its syntax was checked" in [
        one.evidence for one in verdict.reasons
    ]
