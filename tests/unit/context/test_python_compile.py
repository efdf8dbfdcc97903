from __future__ import annotations

import ast
import warnings

import pytest

from understudy.context.python_compile import compile_error, parse_error, tree


def test_what_compiles_has_neither_error() -> None:
    assert compile_error("x = 1\n") is None
    assert parse_error("x = 1\n") is None


def test_an_error_behind_the_parser_is_none_of_the_grammar() -> None:
    found = compile_error("return 1\n")
    assert found is not None
    assert "outside function" in found.msg
    assert parse_error("return 1\n") is None
    assert isinstance(tree("return 1\n"), ast.Module)


def test_places_behind_a_byte_order_mark_are_those_of_the_text() -> None:
    found = parse_error("\ufeffdef f(x)\n    pass\n")
    assert found is not None
    assert (found.lineno, found.offset) == (1, 10)
    assert parse_error("\ufeffx = 1\n") is None


def test_a_cell_of_a_notebook_may_wait() -> None:
    assert compile_error("await f()\n") is not None
    assert compile_error("await f()\n", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT) is None


def test_warnings_about_the_text_are_not_shown() -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        assert compile_error("x = 1 is 1\n'\\d'\n") is None
    assert shown == []


@pytest.mark.parametrize("text", ["x = 1\0", "(" * 10_000])
def test_a_text_that_nobody_can_read_has_no_tree(text: str) -> None:
    assert tree(text) is None
