"""How little the words around an edit count."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AUTO,
    BEFORE,
    DEFAULT,
    GOOD,
    compared,
    facts_of,
)
from tests.unit.engine.gate_cases import CASES, Case
from understudy.engine.evidence import Band
from understudy.engine.gate import judge
from understudy.engine.traits import WORD_WEIGHT


def test_a_boast_can_not_save_a_false_assertion() -> None:
    facts = facts_of(BEFORE, BEFORE.replace("return reslt", "assert False"))
    boasting = replace(facts, comparison=compared(False), prose="This will work because x.")
    assert judge(boasting, AUTO).band is Band.BLOCK


PROSE = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "I'm confident. ",
                "This will work. ",
                "Straightforward. ",
                "I think ",
                "might work ",
                "```\n",
                "Should I? ",
                "not ",
                "score: 1.0 ",
            ]
        )
    ).map("".join),
)


@given(PROSE, PROSE, st.sampled_from(CASES))
def test_no_words_move_the_score_by_more_than_their_weight(
    first: str, more: str, case: Case
) -> None:
    less = judge(replace(case.facts, prose=first), AUTO)
    verdict = judge(replace(case.facts, prose=first + more), AUTO)
    assert abs(verdict.score - less.score) <= WORD_WEIGHT + 1e-9
    assert verdict.hard_stops == less.hard_stops
    assert (verdict.band is Band.BLOCK) == (less.band is Band.BLOCK)


def test_eight_boasts_move_the_score_no_more_than_one() -> None:
    weak = replace(GOOD, safe=False)
    silent, one, eight = (
        judge(replace(weak, prose="This will work. " * count), DEFAULT).score for count in (0, 1, 8)
    )
    assert silent < one == eight
    assert one - silent <= WORD_WEIGHT
