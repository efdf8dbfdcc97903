"""A local variable that is assigned and never read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_nodes import around, block_of, last_of, span_of, without_statement
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem

_ACTS = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
"""Expressions that are evaluated for what they do."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """Drop the assignment and keep what its right-hand side does; else rename the variable."""
    text, span = problem.view.text, problem.diagnostic.span
    nodes = around(text, span)
    statement = last_of(nodes, ast.stmt, ast.excepthandler)
    name = last_of(nodes, ast.Name)
    match statement:
        case ast.Assign(targets=[ast.Name() as target], value=value) if name in {target, None}:
            yield from _assignment(text, statement, value)
        case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value) if (
            name is target
        ):
            yield from _assignment(text, statement, value)
        case ast.excepthandler():
            yield from _handler(text, statement)
        case ast.With() | ast.AsyncWith():
            yield from _managed(text, statement, name)
        case _:
            yield from _renamed(text, name)


def _assignment(text: str, statement: ast.stmt, value: ast.expr) -> Iterator[Proposal]:
    if _holds(value, _ACTS):
        start = span_of(text, statement).start
        edit = Edit(Span(start, _start_of_value(text, statement, value)), "")
        yield Proposal((edit,), "The result is never used.")
        return
    block = block_of(text, statement)
    if block is not None:
        place, replacement = without_statement(text, statement, block)
        why = "The variable is never used."
        yield Proposal((Edit(place, replacement),), why)


def _start_of_value(text: str, statement: ast.stmt, value: ast.expr) -> int:
    """Where the right-hand side begins, with the brackets that stand around it."""
    start = span_of(text, value).start
    sign = text.rindex("=", span_of(text, statement).start, start)
    behind = text[sign + 1 : start]
    return sign + 1 + len(behind) - len(behind.lstrip())


def _handler(text: str, handler: ast.excepthandler) -> Iterator[Proposal]:
    """`except E as e:` is `except E:`."""
    if isinstance(handler, ast.ExceptHandler) and handler.name and handler.type is not None:
        colon = text.find(":", span_of(text, handler.type).end)
        between = text.find(" as ", span_of(text, handler.type).end, max(colon, 0))
        if between >= 0 and text[between + 4 : colon].strip() == handler.name:
            yield Proposal((Edit(Span(between, colon), ""),), f"`{handler.name}` is never used.")


def _managed(
    text: str, statement: ast.With | ast.AsyncWith, name: ast.Name | None
) -> Iterator[Proposal]:
    """`with open(x) as f:` is `with open(x):`."""
    for item in statement.items:
        if item.optional_vars is name and name is not None:
            start = span_of(text, item.context_expr).end
            end = span_of(text, name).end
            sign = text.rindex(" as ", start, end)
            yield Proposal((Edit(Span(sign, end), ""),), f"`{name.id}` is never used.")


def _renamed(text: str, name: ast.Name | None) -> Iterator[Proposal]:
    """One of several targets can't go, but an underscore says that it is not wanted."""
    if name is None or not isinstance(name.ctx, ast.Store) or name.id.startswith("_"):
        return
    if f"_{name.id}" not in text:
        edit = insertion(span_of(text, name).start, "_")
        yield Proposal((edit,), f"`{name.id}` is never used; an underscore says so.")


def _holds(value: ast.expr, kinds: tuple[type[ast.AST], ...]) -> bool:
    """Whether such an expression is evaluated with the value; a lambda's body is not."""
    nodes: list[ast.AST] = [value]
    while nodes:
        node = nodes.pop()
        if isinstance(node, kinds):
            return True
        if not isinstance(node, ast.Lambda):
            nodes += ast.iter_child_nodes(node)
    return False


FIXER = Fixer(
    id="unused_variable",
    matches=about(
        "F841",
        "RUF059",
        "B007",
        "reportUnusedVariable",
        message=r"assigned to but never used|^variable .* is not accessed",
    ),
    propose=propose,
)
