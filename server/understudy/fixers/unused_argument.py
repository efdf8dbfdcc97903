"""A parameter that its function never reads: an underscore in front says that this is meant."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_nodes import Function, around, last_of, span_of
from understudy.context.python_parse import tree
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """`name` becomes `_name`, unless a caller or a base class may know it by its name."""
    text = problem.view.text
    nodes = around(text, problem.diagnostic.span)
    argument = last_of(nodes, ast.arg)
    function = last_of(nodes, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    if argument is None or not isinstance(function, Function | ast.Lambda):
        return
    if argument not in [*function.args.posonlyargs, *function.args.args]:
        return
    name = argument.arg
    if name.startswith("_") or _is_known_outside(text, name) or _overrides(nodes, function):
        return
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    taken = used | {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    if name not in used and f"_{name}" not in taken:
        edit = insertion(span_of(text, argument).start, "_")
        yield Proposal((edit,), f"`{name}` is never used.")


def _is_known_outside(text: str, name: str) -> bool:
    """Whether some call in the file passes the name, or passes names that can't be seen."""
    root = tree(text)
    keywords = [node for node in ast.walk(root) if isinstance(node, ast.keyword)] if root else []
    return any(node.arg in {name, None} for node in keywords)


def _overrides(nodes: tuple[ast.AST, ...], function: Function | ast.Lambda) -> bool:
    """Whether a base class or a decorator may ask for exactly these names."""
    if isinstance(function, ast.Lambda):
        return False
    parent = nodes[nodes.index(function) - 1]
    return bool(function.decorator_list) or (
        isinstance(parent, ast.ClassDef) and bool(parent.bases)
    )


FIXER = Fixer(
    id="unused_argument",
    matches=about(
        "ARG001",
        "ARG002",
        "ARG003",
        "ARG004",
        "ARG005",
        "reportUnusedParameter",
        message=r"^unused (function|method|lambda|class method|static method) argument",
    ),
    propose=propose,
)
