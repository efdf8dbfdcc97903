from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context import bounded_tree
from understudy.context.bounded_tree import depth, read_tree
from understudy.context.grammar import Grammar
from understudy.core.failures import UnavailableError

GO = Grammar("tree_sitter_go")


@pytest.mark.parametrize(
    ("text", "deepest"),
    [
        ("", 0),
        ("f(a[b{c}])", 3),
        ("}}}((", 2),
        ("for (i=0;i<n;i++) { if (i<m) {} }", 3),
        ("i<n;" * 500, 1),
        ("a<b<c<d>>>" * 5, 3),
        ("a < b " * 500, 0),
    ],
)
def test_depth_counts_open_brackets_and_type_arguments(text: str, deepest: int) -> None:
    assert depth(text) == deepest


@given(st.text(alphabet="([{<>}]);a \n", max_size=60))
def test_depth_is_never_more_than_the_opening_brackets(text: str) -> None:
    assert 0 <= depth(text) <= sum(mark in "([{<" for mark in text)


def test_a_tree_is_read_once() -> None:
    text = "package once\n"
    assert read_tree(text, GO) is read_tree(text, GO)


def test_python_shares_its_trees_with_those_who_read_nothing_else() -> None:
    from understudy.context.syntax import parse

    text = "once = 1\n"
    assert read_tree(text, Grammar("tree_sitter_python")) is parse(text)


def test_a_grammar_that_is_not_there_is_unknown_and_not_an_error() -> None:
    with pytest.raises(UnavailableError, match="`tree_sitter_klingon` is not installed"):
        read_tree("x", Grammar("tree_sitter_klingon"))


def test_parsing_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_tree, "_LIMIT_S", -1.0)
    with pytest.raises(UnavailableError, match="did not end"):
        read_tree("package late\n" + "var x = 1\n" * 2_000, GO)


def test_a_carriage_return_alone_ends_a_line() -> None:
    text = 'package a\r// π😀\rvar x = "b"\r'
    source = read_tree(text, GO)
    assert not source.root.has_error
    node = source.node_at(text.index('"b"'), text.index('"b"') + 3)
    assert source.span(node).of(text) == '"b"'
