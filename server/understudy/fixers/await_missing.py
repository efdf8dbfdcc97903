"""A coroutine is made and never awaited."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from understudy.context.python_nodes import around, last_of, span_of
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_nodes import Positioned
    from understudy.fixers import Problem

_QUOTED = re.compile(r'"([^"]*)"')
_BINDS_TIGHTER = (ast.Attribute, ast.Subscript, ast.Call)


def propose(problem: Problem) -> Iterator[Proposal]:
    """`await` in front of the call, with brackets where its result is used at once."""
    text = problem.view.text
    nodes = around(text, problem.diagnostic.span)
    scope = last_of(nodes, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    if not isinstance(scope, ast.AsyncFunctionDef):
        return
    call, parent = _call(nodes)
    if call is None:
        call = _behind(scope, nodes[-1], problem.diagnostic.message)
    if call is None or isinstance(parent, ast.Await):
        return
    span = span_of(text, call)
    why = "The call only makes a coroutine; `await` runs it."
    if isinstance(parent, _BINDS_TIGHTER) and _is_base(parent, call):
        edits = (insertion(span.start, "(await "), insertion(span.end, ")"))
        yield Proposal(edits, why)
    else:
        yield Proposal((insertion(span.start, "await "),), why)


def _call(nodes: tuple[ast.AST, ...]) -> tuple[ast.Call | None, ast.AST]:
    """The marked call with the node around it.

    The mark may also be on a whole statement, or on an attribute behind the call.
    """
    place = len(nodes) - 1
    node, parent = nodes[place], nodes[place - 1]
    match node:
        case ast.Call():
            return node, parent
        case ast.Expr(value=ast.Call() as call):
            return call, node
        case ast.Attribute(value=ast.Call() as call):
            return call, node
        case ast.Name() | ast.Attribute() if isinstance(parent, ast.Call) and parent.func is node:
            return parent, nodes[place - 2]
        case _:
            return None, node


def _behind(scope: ast.AsyncFunctionDef, node: ast.AST, message: str) -> ast.Call | None:
    """The call that made the coroutine whose attribute, item or sum the marked place wants."""
    match node:
        case ast.Attribute(value=value) | ast.Subscript(value=value):
            wanted = value
        case ast.BinOp(left=left, right=right):
            types = [said.startswith("Coroutine") for said in _QUOTED.findall(message)[1:3]]
            if types not in ([True, False], [False, True]):
                return None
            wanted = left if types[0] else right
        case ast.Name():
            wanted = node
        case _:
            return None
    if isinstance(wanted, ast.Call):
        return wanted
    return _assigned(scope, wanted.id) if isinstance(wanted, ast.Name) else None


def _assigned(scope: ast.AsyncFunctionDef, name: str) -> ast.Call | None:
    """The call in the only assignment to a name, unless the coroutine itself is passed on."""
    inside = list(ast.walk(scope))
    stores = [n for n in inside if isinstance(n, ast.Name) and n.id == name]
    if sum(isinstance(n.ctx, ast.Store) for n in stores) != 1:
        return None
    for outer in inside:
        whole = [outer.value] if isinstance(outer, ast.Await) else []
        if isinstance(outer, ast.Call):
            whole = [*outer.args, *(keyword.value for keyword in outer.keywords)]
        if any(isinstance(one, ast.Name) and one.id == name for one in whole):
            return None
    for statement in scope.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Call() as call) if (
                target == name
            ):
                return call
    return None


def _is_base(parent: Positioned, call: ast.Call) -> bool:
    """Whether the parent takes something of the call's result, not the result as an argument."""
    return call is getattr(parent, "value", None) or call is getattr(parent, "func", None)


FIXER = Fixer(
    id="await_missing",
    matches=about(
        "reportUnusedCoroutine",
        message=r"async function call is not used|was never awaited|\bcoroutine(type)?\[",
    ),
    propose=propose,
)
