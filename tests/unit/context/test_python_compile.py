from __future__ import annotations

import argparse
import ast
import sys
import textwrap
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context import compiler_child, python_compile
from understudy.context.compiler_child import Errors, errors_by_child
from understudy.context.python_compile import compile_error, parse_error, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


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


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text is long; gives those that a child has compiled."""
    compiled: list[str] = []

    def watched(text: str, name: str, flags: int) -> Errors | None:
        compiled.append(text)
        return errors_by_child(text, name, flags)

    monkeypatch.setattr(python_compile, "_LARGE", 0)
    monkeypatch.setattr(python_compile, "errors_by_child", watched)
    forget()
    yield compiled
    forget()


def forget() -> None:
    for kept in (compile_error, parse_error, python_compile._by_child):
        kept.cache_clear()


def told(error: SyntaxError | None) -> object:
    if error is None:
        return None
    return error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset


BROKEN = [
    "x = 1\n",
    "return 1\n",
    "def f(x)\n    pass\n",
    "\ufeffx = '\u03c0\U0001f600' 1\n",
    "f'{a b}'\n",
    "x = (\n\n",
    "if x:\npass\n",
    "x = 1\r\ry = 1 1\r\n",
    "await f()\n",
    "'\\d'\nx is 1\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_child_finds_the_same_errors(text: str, elsewhere: list[str]) -> None:
    by_child = told(compile_error(text)), told(parse_error(text))
    assert elsewhere == [python_compile.readable(text)]
    found = python_compile._compile(text, 0)
    grammar = python_compile._compile(text, ast.PyCF_ONLY_AST)
    assert by_child == (
        told(found if isinstance(found, SyntaxError) else None),
        told(grammar if isinstance(grammar, SyntaxError) else None),
    )


def test_a_child_is_asked_about_long_texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(text: str, *_: object) -> None:
        asked.append(len(text))

    monkeypatch.setattr(python_compile, "errors_by_child", counted)
    forget()
    assert compile_error("x = 1\n") is None
    assert compile_error("x = 1\n" * 20_000) is None
    assert asked == [120_000]
    forget()


def test_a_child_that_cannot_be_had_is_done_without(
    elsewhere: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("", "/nowhere/python"):
        monkeypatch.setattr(sys, "executable", program)
        forget()
        found = compile_error("x = = 1\n")
        assert found is not None
        assert found.offset == 5
    assert len(elsewhere) == 2


@pytest.mark.parametrize("text", ["x = 1\0", "x = '\ud800'\n"])
def test_what_no_compiler_takes_is_said_here(text: str, elsewhere: list[str]) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        raise compile_error(text) or ValueError
    assert elsewhere == []


def test_nesting_past_the_limits_is_told_by_a_child_as_well(elsewhere: list[str]) -> None:
    text = f"{'(' * 10_000}{')' * 10_000}\n"
    try:
        here: object = told(python_compile._compile(text, 0))  # type: ignore[arg-type]  # it fails
    except (RecursionError, MemoryError, OverflowError, ValueError) as failure:
        here = type(failure)
    try:
        by_child: object = told(compile_error(text))
    except (RecursionError, MemoryError, OverflowError, ValueError) as failure:
        by_child = type(failure)
    assert by_child == here
    assert len(elsewhere) == 1


@pytest.mark.parametrize("answer", [b"", b"[[1, 2]]", b"{]", b"7"])
def test_an_answer_that_is_none_counts_as_no_child(answer: bytes) -> None:
    assert compiler_child._read(answer) is None


def test_a_child_that_takes_too_long_can_not_tell(
    elsewhere: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler_child, "_LIMIT_S", 1e-6)
    with pytest.raises(OverflowError, match="did not end"):
        compile_error("x = 1\n")
    assert len(elsewhere) == 1


@pytest.mark.parametrize("module", [ast, argparse, textwrap], ids=lambda module: module.__name__)
@pytest.mark.parametrize("size", [1, 400, 10_000])
def test_a_tree_read_in_pieces_is_the_same(
    module: ModuleType, size: int, elsewhere: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Path(str(module.__file__)).read_text("utf-8")
    monkeypatch.setattr(python_compile, "_PIECE", size)
    found = python_compile._tree_of_pieces(text)
    whole = ast.parse(text)
    if size > 1:
        assert found is not None
    # Of pieces as short as lines, a function has too many; then nothing is said.
    assert found is None or ast.dump(found, include_attributes=True) == ast.dump(
        whole, include_attributes=True
    )
    assert elsewhere
    assert len(list(python_compile._pieces(text))) > 1
    assert "".join(piece for _, piece in python_compile._pieces(text)) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "a = 1\n",
                "if a:\n",
                "    b\r\n",
                "else:\n",
                "\n",
                "x = (\r",
                "y)\n",
                "@a\n",
                "def f():\n",
                "s = '''\n",
                "c'''\n",
                "z = 1 + \\\n",
                "# \u03c0\n",
                "try:\n",
                "\f\n",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_no_text_reads_differently_in_pieces(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(python_compile, "_PIECE", 1)
        found = python_compile._tree_of_pieces(text)
    assert found is None or ast.dump(found, include_attributes=True) == ast.dump(
        ast.parse(text), include_attributes=True
    )
