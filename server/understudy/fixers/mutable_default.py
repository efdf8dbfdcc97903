"""A default such as `[]` is made once and shared by all calls."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_nodes import Function, around, last_of, span_of
from understudy.context.python_parts import index_of
from understudy.context.python_tokens import line_end, scan
from understudy.core.text import Edit
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """The default becomes None, and the function's first statement makes the value anew."""
    text = problem.view.text
    nodes = around(text, problem.diagnostic.span)
    function = last_of(nodes, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(function, Function) or (pair := _pair(function, nodes)) is None:
        return
    argument, default = pair
    guard = _guard(text, function, argument, default)
    if guard is not None:
        edits = [Edit(span_of(text, default), "None"), guard]
        if argument.annotation is not None:
            edits += _optional(text, argument.annotation)
        why = f"Every call would share the one default of `{argument.arg}`."
        yield Proposal(tuple(edits), why)


def _pair(function: Function, nodes: tuple[ast.AST, ...]) -> tuple[ast.arg, ast.expr] | None:
    """The marked parameter or default, as both."""
    positional = [*function.args.posonlyargs, *function.args.args]
    defaults = function.args.defaults
    pairs = list(zip(positional[len(positional) - len(defaults) :], defaults, strict=True))
    for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        if default is not None:
            pairs.append((argument, default))
    return next((pair for pair in pairs if pair[0] in nodes or pair[1] in nodes), None)


def _guard(text: str, function: Function, argument: ast.arg, default: ast.expr) -> Edit | None:
    """`if x is None: x = []` behind the docstring; None where there is no place for it."""
    index = index_of(text)
    body = function.body
    has_docstring = (
        isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    )
    if len(body) == has_docstring or _is_stub(body[has_docstring]):
        return None
    first = body[has_docstring]
    decorators = getattr(first, "decorator_list", [])
    line = index.line_of(span_of(text, decorators[0] if decorators else first).start)
    indent = scan(text).indent(line)
    if index.line_of(span_of(text, function).start) == line or not _starts_line(text, first):
        return None
    end = line_end(text)
    step = "\t" if indent.endswith("\t") else scan(text).indent_unit()
    value = span_of(text, default).of(text)
    name = argument.arg
    lines = f"{indent}if {name} is None:{end}{indent}{step}{name} = {value}{end}"
    return insertion(index.start(line), lines)


def _starts_line(text: str, statement: ast.stmt) -> bool:
    start = span_of(text, statement).start
    index = index_of(text)
    return not text[index.start(index.line_of(start)) : start].strip()


def _is_stub(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is ...
    )


def _optional(text: str, annotation: ast.expr) -> list[Edit]:
    """`list[int]` becomes `list[int] | None`, unless None is allowed already."""
    span = span_of(text, annotation)
    words = span.of(text)
    if "None" in words or "Optional" in words or words == "Any":
        return []
    if isinstance(annotation, ast.Constant):
        # Behind the words inside the quotes.
        quotes = len(words) - len(words.rstrip("\"'"))
        return [insertion(span.end - quotes, " | None")]
    return [insertion(span.end, " | None")]


FIXER = Fixer(
    id="mutable_default",
    matches=about("B006", "W0102", message="mutable data structures for argument defaults"),
    propose=propose,
)
