"""Rust's module of tests, alone in a block."""

from __future__ import annotations

import pytest

from understudy.index.test_module import with_test_module
from understudy.reading import Refusal, UnreadableError

FILE = ["pub fn half(a: i64) -> i64 {", "    a / 2", "}"]
TEST = ["    #[test]", "    fn odd() {", "        assert_eq!(half(3), 1);", "    }"]
MODULE = ["#[cfg(test)]", "mod tests {", "    use super::*;", "", *TEST, "}"]
OTHER = ["    #[test]", "    fn even() {", "        assert_eq!(half(4), 2);", "    }"]


def test_a_module_of_tests_comes_at_the_end_with_what_is_said_about_it() -> None:
    assert with_test_module(MODULE, [*FILE, ""]) == [*FILE, "", *MODULE]
    said = ["// Halves.", *MODULE]
    assert with_test_module(said, FILE) == [*FILE, "", *said]
    assert with_test_module(["// ... existing code ...", "", *MODULE], FILE) == [*FILE, "", *MODULE]


def test_new_tests_go_into_the_module_that_is_there_and_imports_above_them() -> None:
    come = [*MODULE[:2], "    use std::fmt;", "    use super::*;", "", *TEST, "", *OTHER, "}"]
    there = [*MODULE[:2], "    use std::fmt;", *MODULE[2:-1], "", *OTHER, "}"]
    assert with_test_module(come, [*FILE, "", *MODULE]) == [*FILE, "", *there]


@pytest.mark.parametrize(
    "lines",
    [
        [*MODULE, "", "fn more() {}"],
        [*FILE, "", *MODULE],
        MODULE[1:],
        MODULE[:-1],
        ["#[cfg(test)]", "fn one() {}"],
        [],
    ],
)
def test_any_other_block_is_none(lines: list[str]) -> None:
    assert with_test_module(lines, FILE) is None


def test_a_test_that_is_there_in_other_words_is_not_put_beside_itself() -> None:
    changed = [line.replace("half(3)", "half(5)") for line in MODULE]
    assert with_test_module(changed, [*FILE, "", *MODULE]) is None
    renamed = [line.replace("mod tests", "mod more") for line in MODULE]
    assert with_test_module(renamed, [*FILE, "", *MODULE]) is None


RAW = ["    #[test]", "    fn text() {", '        half(r#"', "}", "fn no() {", '"#);', "    }"]


def test_braces_at_the_margin_of_a_string_end_nothing() -> None:
    there = [*MODULE[:-1], "", *RAW, "}"]
    come = [*MODULE[:4], *OTHER, "}"]
    assert with_test_module(come, [*FILE, "", *there]) == [*FILE, "", *there[:-1], "", *OTHER, "}"]
    raw = [*MODULE[:4], *RAW, "}"]
    assert with_test_module(raw, FILE) == [*FILE, "", *raw]
    assert with_test_module(raw, [*FILE, "", *MODULE]) == [*FILE, "", *there]
    hidden = [*FILE, 'const A: &str = "', "#[cfg(test)]", "mod tests {", "}", '";']
    assert with_test_module(MODULE, hidden) == [*hidden, "", *MODULE]


def test_what_a_test_needs_comes_with_it_and_comments_stay_with_theirs() -> None:
    helper = ["    struct Case {", "        of: i64,", "    }", "", "    // Even.", *OTHER]
    come = [*MODULE[:4], *helper, "}"]
    there = [*MODULE[:-1], "    // The end.", "}"]
    assert with_test_module(come, [*FILE, "", *there]) == [
        *(*FILE, "", *there[:-1], "", *helper[:3], "", *helper[4:], "}")
    ]


@pytest.mark.parametrize("there", [["#[cfg(test)]", "mod tests;"], ["mod tests {", "}"]])
def test_a_second_module_of_one_name_is_refused(there: list[str]) -> None:
    with pytest.raises(UnreadableError) as caught:
        with_test_module(MODULE, [*FILE, "", *there])
    assert caught.value.refusal is Refusal.OTHER_FILE
