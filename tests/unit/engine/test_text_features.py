"""What the words of a request tell the router, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine import text_features
from understudy.engine.text_features import PLAIN, features_of


def test_building_a_python_parser_is_about_python_and_no_frontend() -> None:
    found = features_of("Build a Python parser")
    assert found.languages == {"python"}
    assert found.topics == frozenset()


def test_a_typo_a_rename_and_a_quick_simple_format_are_easy() -> None:
    found = features_of("Fix typo in comment, rename quick bug format simple")
    assert found.difficulty == "easy"
    assert found.words == ("typo", "comment", "rename", "quick", "format", "simple")


def test_rewriting_borrow_logic_of_rust_in_a_scheduler_is_hard() -> None:
    found = features_of("Rewrite the Rust borrow logic in the scheduler")
    assert found.difficulty == "hard"
    assert found.words == ("rewrite", "borrow", "scheduler")
    assert found.languages == {"rust"}


def test_specialising_decimal_rounding_is_neither_infrastructure_nor_testing() -> None:
    assert features_of("Specialize decimal rounding in accounting") == PLAIN


def test_copying_a_file_is_not_python() -> None:
    assert features_of("Copy the file") == PLAIN


def test_requeueing_a_request_is_neither_shell_nor_api() -> None:
    assert features_of("Should we requeue the request?") == PLAIN


def test_porting_javascript_tests_to_go_is_not_typescript() -> None:
    found = features_of("Port JavaScript tests to Go")
    assert found.languages == {"javascript", "go"}
    assert found.topics == {"testing"}


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Go to the definition", set()),
        ("let it go", set()),
        ("remove the rust from it", set()),
        ("Explain. Go on.", set()),
        ("port it to Rust", {"rust"}),
        ("as in C++ and C#", {"cpp", "csharp"}),
        ("call C from Swift", {"c", "swift"}),
        ("convert the .py file", {"python"}),
        ("I give it a C grade", set()),
        ("see option C", set()),
        ("wrap the C library", {"c"}),
        ("rewrite it in C", {"c"}),
        ("build the C/C++ headers", {"c", "cpp"}),
        ("Ask C", set()),
    ],
)
def test_a_language_that_is_an_english_word_counts_only_as_a_name(
    text: str, languages: set[str]
) -> None:
    assert features_of(text).languages == languages


def test_words_that_are_hard_in_one_language_say_nothing_in_others() -> None:
    text = "Simplify the lifetime of the borrow here"
    assert features_of(text, "rust").difficulty == "hard"
    assert features_of(text, "python").difficulty == "plain"


def test_hard_and_easy_words_together_say_neither() -> None:
    assert features_of("Rewrite the parser, rename the comment").difficulty == "plain"


@given(st.text())
def test_any_text_has_features(text: str) -> None:
    found = features_of(text, "python")
    assert found.difficulty in {"easy", "plain", "hard"}
    assert features_of(text, "python") == found


def test_a_megabyte_of_words_is_read_in_part() -> None:
    assert features_of("x " * 10 + "typo rename " + "a" * 1_000_000).difficulty == "easy"
    assert features_of("word " * 200_000 + "typo rename") == PLAIN


@pytest.mark.parametrize("text", ["a lock-free queue for the scheduler", "Lock-free scheduler"])
def test_a_compound_that_is_hard_counts_as_people_write_it(text: str) -> None:
    assert features_of(text).difficulty == "hard"


def test_every_word_of_the_tables_can_be_found_and_stands_in_one_of_them() -> None:
    tables = (text_features._HARD, text_features._EASY, *text_features._HARD_IN.values())
    for word in {*set().union(*tables), *text_features._TOPIC_OF, *text_features._PLAIN_NAMES}:
        assert text_features._WORD.findall(word) == [word]
    for words in text_features._HARD_IN.values():
        assert not words & (text_features._HARD | text_features._EASY)
