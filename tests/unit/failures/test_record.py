from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import FailureCategory
from understudy.failures.build import Finding, build
from understudy.failures.defaults import ADVICE
from understudy.failures.fingerprint import fingerprint, template
from understudy.failures.wording import duration


def test_the_wire_values_are_frozen() -> None:
    assert [category.value for category in FailureCategory] == [
        *("parse_error", "import_error", "type_error", "syntax_error", "runtime_error"),
        *("rate_limit", "context_overflow", "capability_mismatch"),
        *("markdown_pollution", "incomplete_output", "hallucination"),
        *("timeout", "provider_unavailable", "auth_error", "quota_exhausted"),
        *("content_filtered", "refusal", "empty_output", "edit_apply_failed"),
        *("stale_document", "test_failure", "lint_failure", "missing_context"),
        *("budget_exceeded", "cancelled", "unknown"),
    ]


@pytest.mark.parametrize("category", FailureCategory)
def test_every_category_has_a_sentence_an_advice_and_someone_to_blame(
    category: FailureCategory,
) -> None:
    failure = build(Finding(category), "tool", "words", "check")
    assert failure.message.endswith(".")
    assert len(failure.message) > 40
    assert failure.advice in ADVICE.values()
    assert failure.blame in ("model", "provider", "project", "tool", "user")


@given(st.text(max_size=30), st.text(max_size=60), st.sampled_from(FailureCategory))
def test_a_sentence_stays_on_one_line_whatever_the_source_is_called(
    source: str, code: str, category: FailureCategory
) -> None:
    message = build(Finding(category, code, parameter=source), source, code, "check").message
    assert message.isprintable()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("undefined: foo", "undefined: bar"),
        ("name 'a' is not defined", "name 'long_name' is not defined"),
        ("no module named acme.core at /w/a.py:3", "no module named other.part at C:\\x\\b.py:77"),
        ("took 1.5 s, 0x1f", "took 200 s, 0xff"),
        ("see https://a.test/x?y=1", "see http://b.test/"),
        ("cannot use myVar here", "cannot use otherThing here"),
    ],
)
def test_names_numbers_and_places_do_not_tell_failures_apart(one: str, two: str) -> None:
    assert template(one) == template(two)


def test_other_words_tell_failures_apart() -> None:
    category = FailureCategory.RUNTIME_ERROR
    assert fingerprint(category, "a", "", "it is full") != fingerprint(
        category, "a", "", "it is lost"
    )
    assert fingerprint(category, "a", "", "x") != fingerprint(category, "b", "", "x")
    assert fingerprint(category, "a", "KeyError", "x") != fingerprint(category, "a", "OSError", "x")


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(fingerprint(FailureCategory.UNKNOWN, text, text, text)) == 16


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (1.2, "2 s"), (90, "90 s"), (3600, "60 min"), (7200, "2 h"), (86400, "24 h")],
)
def test_a_duration_is_rounded_up(seconds: float, words: str) -> None:
    assert duration(seconds) == words
