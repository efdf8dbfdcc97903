"""A parameter that its function never reads: an underscore in front says that this is meant."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_compile import tree
from understudy.context.python_nodes import Function, around, last_of, span_of
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """`name` becomes `_name`, where nothing but this file can know the parameter by its name."""
    text = problem.view.text
    nodes = around(text, problem.diagnostic.span)
    argument = last_of(nodes, ast.arg)
    function = last_of(nodes, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    if argument is None or not isinstance(function, Function | ast.Lambda):
        return
    if argument not in [*function.args.posonlyargs, *function.args.args]:
        return
    name = argument.arg
    if name.startswith("_") or not _is_private(nodes, function) or _is_passed(text, name):
        return
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    taken = used | {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    if name not in used and f"_{name}" not in taken:
        edit = insertion(span_of(text, argument).start, "_")
        yield Proposal((edit,), f"`{name}` is never used.", safe=False)


def _is_private(nodes: tuple[ast.AST, ...], function: Function | ast.Lambda) -> bool:
    """Whether other files, base classes and frameworks can't call the function by these names."""
    if isinstance(function, ast.Lambda):
        return True
    outer = nodes[: nodes.index(function)]
    owner = last_of(outer, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    if function.decorator_list or isinstance(owner, ast.ClassDef):
        return False
    is_private = function.name.startswith("_") and not function.name.startswith("__")
    return owner is not None or is_private


def _is_passed(text: str, name: str) -> bool:
    """Whether some call in the file passes the name, or passes names that can't be seen."""
    root = tree(text)
    for node in ast.walk(root) if root is not None else ():
        if isinstance(node, ast.keyword) and node.arg in {name, None}:
            return True
    return False


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
