"""Which lessons can be handed over, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.learning.lessons import MODEL, NOW_US, lesson
from understudy.config.learning_settings import LearningSettings
from understudy.core.failures import FailureCategory
from understudy.learning.contribution import Grounds, Offer, offer
from understudy.learning.evidence import Evidence, Use
from understudy.learning.identity import identity, remedy_digest
from understudy.learning.lesson import Remedy, Scope, Trigger
from understudy.learning.payload import (
    Collected,
    Entry,
    added,
    hash_of,
    merged,
    read_payload,
    write_payload,
)
from understudy.learning.recall import Counted, Recalled
from understudy.learning.shares import Count
from understudy.learning.standing import Standing
from understudy.learning.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.learning.lesson import Lesson

RULES = LearningSettings(criterion="raw")
GOOD = Standing("active", Tier.LOG, "proved", 0.8, Evidence())


def recalled(one: Lesson, good: int, total: int, model: str = MODEL) -> Recalled:
    uses = tuple(
        Counted(remedy_digest(one), model, Use(NOW_US, f"R{n}", "in", n < good, harm=False))
        for n in range(total)
    )
    held = Counted(remedy_digest(one), model, Use(NOW_US, "H", "held_out", good=False, harm=False))
    old = Counted("other words", model, Use(NOW_US, "O", "in", good=True, harm=False))
    return Recalled(uses={identity(one): (*uses, held, old)})


def offered(
    one: Lesson, known: Recalled, standing: Standing = GOOD, **more: Mapping[object, object]
) -> Offer:
    grounds = Grounds(known, RULES, ("zephyr",), {MODEL}, {"python"}, **more)  # type: ignore[arg-type]  # by name
    return offer([(one, standing)], grounds)


def why(found: Offer) -> str:
    assert found.entries == ()
    return found.left_out[0][1]


def test_a_proved_lesson_is_offered_with_its_counts() -> None:
    one = lesson()
    (entry,) = offered(one, recalled(one, 5, 6)).entries
    assert (entry.inside, entry.without, entry.model) == (Count(5, 6), Count(0, 1), MODEL)
    assert (entry.words, entry.code, entry.language) == ("Import what you use.", "F821", "python")
    # The same key by which lessons are told apart here.
    assert entry.fingerprint == identity(one)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": "imported:friends"}, "others wrote it"),
        ({"source": "model"}, "others wrote it"),
        ({"source": "file"}, "others wrote it"),
        ({"scope": Scope(language="python", level="workspace")}, "it belongs to a workspace"),
        ({"scope": Scope(language="python", path_glob="src/**")}, "one place or message"),
        ({"scope": Scope(language="python", provider="acme")}, "one place or message"),
        ({"scope": Scope(language="zephyrlang")}, "its language is not known"),
        ({"review": "rejected"}, "it is not in use"),
        (
            {"trigger": Trigger(FailureCategory.LINT_FAILURE, "F821", symbol="Cart")},
            "one place or message",
        ),
        (
            {"trigger": Trigger(FailureCategory.LINT_FAILURE, fingerprint="ab12")},
            "one place or message",
        ),
        ({"trigger": Trigger(FailureCategory.LINT_FAILURE, "ACME001")}, "its code is none"),
        ({"remedy": Remedy("routing_hint", "model=acme")}, "its remedy is not known"),
        ({"remedy": Remedy("model_param", "endpoint=db01.acme")}, "its remedy is not known"),
        ({"remedy": Remedy("prompt_fragment", "Call CartService in zephyr.")}, "could be private"),
    ],
)
def test_what_is_not_for_others_is_left_out_with_a_reason(
    change: dict[str, object], reason: str
) -> None:
    one = replace(lesson(), **change)  # type: ignore[arg-type]  # the names are those of the fields
    assert reason in why(offered(one, recalled(one, 9, 9)))


@pytest.mark.parametrize(("good", "total", "count"), [(4, 4, 0), (5, 5, 1), (3, 5, 0), (7, 10, 1)])
def test_five_runs_and_the_second_tier_are_needed(good: int, total: int, count: int) -> None:
    one = lesson()
    assert len(offered(one, recalled(one, good, total)).entries) == count


def test_a_lesson_of_the_lowest_tier_stays_here() -> None:
    one = lesson()
    waiting = replace(GOOD, tier=Tier.QUEUE)
    assert why(offered(one, recalled(one, 9, 9), waiting)) == "too little is proved of it"


def test_a_model_of_ones_own_is_nobody_elses_business() -> None:
    one = lesson()
    assert "no model" in why(offered(one, recalled(one, 9, 9, "zephyr/tuned")))


def test_a_private_word_is_masked_and_the_rest_stays() -> None:
    one = lesson("Keep all imports of zephyr at the top of the file.")
    (entry,) = offered(one, recalled(one, 9, 9)).entries
    assert entry.words == "Keep all imports of <name> at the top of the file."


def given_by(found: Offer) -> dict[object, object]:
    return {one.key: (one.inside, one.without) for one in found.shares}


def test_what_was_handed_over_is_not_counted_twice() -> None:
    one = lesson()
    known = given_by(offered(one, recalled(one, 9, 9)))
    assert "new runs" in why(offered(one, recalled(one, 12, 13), given=known))
    (more,) = offered(one, recalled(one, 14, 15), given=known).entries
    assert (more.inside, more.without) == (Count(5, 6), Count(0, 0))


def test_what_is_masked_makes_no_other_lesson_of_what_was_handed_over() -> None:
    one = lesson("Keep all imports in the order of their names, at the top.")
    evidence = recalled(one, 9, 9)
    known = given_by(offered(one, evidence))
    grounds = Grounds(evidence, RULES, ("order",), {MODEL}, {"python"})
    (masked,) = offer([(one, GOOD)], grounds).entries
    assert "<name>" in masked.words
    assert "new runs" in why(offer([(one, GOOD)], replace(grounds, given=known)))  # type: ignore[arg-type]  # keys


def test_the_same_numbers_of_other_runs_are_another_payload() -> None:
    one = lesson()
    few, many = offered(one, recalled(one, 5, 5)), offered(one, recalled(one, 10, 10))
    later = offered(one, recalled(one, 10, 10), given=given_by(few))
    assert (later.entries[0].inside, len({few.runs, many.runs})) == (few.entries[0].inside, 2)
    assert later.runs == many.runs
    text = write_payload(Collected(few.entries, runs=few.runs))
    assert read_payload(text).runs == few.runs
    both = added(added(Collected(), text), write_payload(Collected(later.entries, runs=later.runs)))
    assert (both.entries[0].inside, both.runs) == (Count(10, 10), "")


COUNTS = st.integers(0, 1000).flatmap(
    lambda total: st.builds(Count, st.integers(0, total), st.just(total))
)
ENTRIES = st.builds(
    Entry,
    category=st.sampled_from(FailureCategory),
    code=st.sampled_from(["", "F401", "TS2339", "no-undef"]),
    language=st.sampled_from(["", "python", "typescript"]),
    model=st.sampled_from(["anthropic/claude-haiku-4-5", "openai/gpt-5-mini"]),
    kind=st.just("prompt_fragment"),
    words=st.text(min_size=1, max_size=100).filter(lambda text: text.strip() == text),
    inside=COUNTS,
    without=COUNTS,
)


@given(st.lists(ENTRIES, max_size=8))
def test_what_is_written_reads_as_the_same(entries: list[Entry]) -> None:
    entries = [one for one in entries if one.words.isprintable()]
    text = write_payload(Collected(merged(entries)))
    assert text.isascii()
    assert read_payload(text).entries == merged(entries)


@given(st.lists(ENTRIES, max_size=6), st.lists(ENTRIES, max_size=6))
def test_a_merge_adds_runs_up_whoever_comes_first_and_however_often(
    ours: list[Entry], theirs: list[Entry]
) -> None:
    one, other = (write_payload(Collected(merged(found))) for found in (ours, theirs))
    first, second = added(added(Collected(), one), other), added(added(Collected(), other), one)
    assert first.entries == second.entries
    assert added(first, one) == first
    assert set(first.payloads) == {hash_of(one)[:16], hash_of(other)[:16]}
    total = sum((found.inside.total for found in (*ours, *theirs)), 0)
    if one != other:
        assert sum(found.inside.total for found in first.entries) == total


@given(st.text(max_size=300))
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    from understudy.core.failures import BadRequestError

    with pytest.raises(BadRequestError, match="no lessons"):
        read_payload(text)
