from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.python_compile import tree
from understudy.context.python_parse import fault, progress
from understudy.core.text import Edit, Span


def test_a_text_has_either_a_tree_or_a_fault() -> None:
    assert tree("x = 1\n") is not None
    assert fault("x = 1\n") is None
    assert tree("x = = 1\n") is None
    assert fault("x = = 1\n") is not None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_fault_is_placed_in_code_points(end: str) -> None:
    text = f"π = '😀'{end}'😀' 1{end}"
    found = fault(text)
    assert found is not None
    assert text[found.offset :].startswith(("1", "'😀' 1"))


def test_an_escape_that_only_warns_is_no_fault() -> None:
    assert fault('x = "\\d"\n') is None


@pytest.mark.parametrize("text", ["\x00", "\ud800", "(" * 5_000, "-" * 100_000 + "1"])
def test_what_the_parser_gives_up_on_is_a_fault_and_no_crash(text: str) -> None:
    assert fault(text) is not None


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    found = fault(text)
    assert found is None or 0 <= found.offset <= found.end <= len(text)


def insert(text: str, word: str, what: str) -> tuple[Edit, ...]:
    at = text.index(word) + len(word)
    return (Edit(Span(at, at), what),)


def test_a_repair_that_leaves_nothing_is_clean() -> None:
    text = "if x\n    y\n"
    assert progress(text, insert(text, "if x", ":")) == "clean"


@pytest.mark.parametrize(
    "rest", ["if z\n    w\n", "x = = 1\n", "f(\n    a b\n)\n", "def g():\n    x = = 1\n"]
)
def test_a_repair_that_leaves_a_later_independent_error_gets_onward(rest: str) -> None:
    text = "if x\n    y\n" + rest
    assert progress(text, insert(text, "if x", ":")) == "onward"


def test_a_repair_that_only_causes_another_error_mends_nothing() -> None:
    text = "x = foo(1,\n    2\ny = 3\n"
    assert progress(text, insert(text, "1,", ")")) is None
    assert progress(text, insert(text, "    2", ")")) == "clean"


def test_a_text_that_parses_has_nothing_to_mend() -> None:
    assert progress("x = 1\n", insert("x = 1\n", "1", "0")) is None


def test_a_byte_order_mark_is_no_fault_and_moves_none() -> None:
    assert fault("\ufeffx = 1\n") is None
    found = fault("\ufeffdef f(x)\n    pass\n")
    assert found is not None
    assert found.offset == len("\ufeffdef f(x)")
