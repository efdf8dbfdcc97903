"""The user's own rules about failures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import BadRequestError, FailureCategory
from understudy.failures.output import classify_output
from understudy.failures.own import fits, reclassified, rule_for
from understudy.failures.reply import classify_reply


def test_a_rule_makes_the_unknown_known() -> None:
    failure = classify_output("app", "start\nWidget 7 is bent")
    assert failure.category is FailureCategory.UNKNOWN
    changed = reclassified(failure, {"widget * is bent": "runtime_error"})
    assert changed.category is FailureCategory.RUNTIME_ERROR
    assert changed.secondary == (FailureCategory.UNKNOWN,)
    assert changed.evidence == failure.evidence
    assert changed.message != failure.message


def test_a_rule_comes_before_what_is_known_and_brings_its_own_advice() -> None:
    failure = classify_reply("acme", 429, {}, '{"error": {"message": "Coffee break!"}}')
    assert failure.category is FailureCategory.RATE_LIMIT
    changed = reclassified(failure, {"coffee break": "provider_unavailable"})
    assert changed.category is FailureCategory.PROVIDER_UNAVAILABLE
    assert changed.advice == "switch_model"
    assert changed.confidence == 1.0


def test_without_a_rule_that_fits_nothing_changes() -> None:
    failure = classify_output("app", "Widget 7 is bent")
    assert reclassified(failure, {"gadget": "timeout"}) is failure


def test_of_several_rules_the_longest_counts_whatever_their_order() -> None:
    failure = classify_output("app", "Widget 7 is bent")
    rules = {"widget": "timeout", "widget * is bent": "refusal"}
    for each in (rules, dict(reversed(rules.items()))):
        assert reclassified(failure, each).category is FailureCategory.REFUSAL


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("Coffee break", "we have a COFFEE   break now"),
        ("worker * of * died", "Worker 12 of `alpha` died at 3"),
        ("*died", "it died"),
        ("b", "a\nb"),
    ],
)
def test_words_are_found_in_any_case_and_however_blanks_are_set(rule: str, text: str) -> None:
    assert fits(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("a * b", "a\nb"),
        ("died * worker", "worker died"),
        ("*", "anything"),
        ("", "anything"),
        ("w.rker", "worker"),
    ],
)
def test_a_rule_is_no_pattern_and_stays_within_a_line(rule: str, text: str) -> None:
    assert not fits(rule, text)


def test_the_rule_for_a_failure_fits_others_that_are_like_it() -> None:
    one = classify_output("app", "Worker 12 of `alpha` died at /srv/a/b.py:3")
    two = classify_output("app", "Worker 7 of `beta` died at /opt/c.py:99")
    other = classify_output("app", "The disk of `beta` is full")
    rule = rule_for(one)
    assert fits(rule, one.evidence.text)
    assert fits(rule, two.evidence.text)
    assert not fits(rule, other.evidence.text)


def test_a_rule_holds_no_secret() -> None:
    key = "sk-ant-" + "a1B2c3D4e5" * 5
    failure = classify_reply("acme", 400, {}, f"The key {key} of this account is odd today")
    assert key not in rule_for(failure)
    assert fits(rule_for(failure), failure.evidence.text)


@pytest.mark.parametrize("text", ["", "500", "12 / 7", "no"])
def test_a_failure_with_too_few_words_can_not_be_made_a_rule(text: str) -> None:
    with pytest.raises(BadRequestError, match="too few"):
        rule_for(classify_output("app", text))


@given(st.text(max_size=300))
def test_a_failure_is_known_again_by_its_own_rule(text: str) -> None:
    failure = classify_output("app", text)
    try:
        rule = rule_for(failure)
    except BadRequestError:
        return
    assert fits(rule, failure.evidence.text)


@pytest.mark.timeout(20)
def test_no_rule_takes_long_to_look_for() -> None:
    assert not fits("a*" * 200 + "b", "a" * 100_000)
