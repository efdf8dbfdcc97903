"""`await` where nothing can wait: in a plain function or at module level."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_nodes import around, last_of, span_of
from understudy.context.python_parse import tree
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_nodes import Function
    from understudy.fixers import Problem

_WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)


def propose(problem: Problem) -> Iterator[Proposal]:
    """The function becomes async when nothing in the file uses it; otherwise `await` goes."""
    text, span = problem.view.text, problem.diagnostic.span
    nodes = around(text, span)
    function = last_of(nodes, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    wait = last_of(nodes, *_WAITS)
    if wait is None and isinstance(function, ast.FunctionDef):
        # CPython marks only a place, sometimes that of the whole statement.
        wait = next((n for n in ast.walk(function) if isinstance(n, _WAITS)), None)
    if wait is None:
        return
    if function is None:
        yield from _run_at_module_level(text, wait)
    elif isinstance(function, ast.FunctionDef):
        if not _is_used(text, function):
            edit = insertion(span_of(text, function).start, "async ")
            why = f"Only an async function may wait, and nothing here uses `{function.name}`."
            yield Proposal((edit,), why, safe=False)
        elif isinstance(wait, ast.Await):
            start = span_of(text, wait).start
            stop = start + len("await")
            while text[stop : stop + 1] in {" ", "\t"}:
                stop += 1
            why = f"`{function.name}` is no async function."
            yield Proposal((Edit(Span(start, stop), ""),), why, safe=False)


def _run_at_module_level(text: str, wait: ast.AST) -> Iterator[Proposal]:
    root = tree(text)
    names = {
        alias.asname or alias.name
        for node in (root.body if root is not None else ())
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    if isinstance(wait, ast.Await) and isinstance(wait.value, ast.Call) and "asyncio" in names:
        whole, value = span_of(text, wait), span_of(text, wait.value)
        edits = (Edit(Span(whole.start, value.start), "asyncio.run("), insertion(whole.end, ")"))
        yield Proposal(edits, "At module level a coroutine is run by `asyncio.run`.", safe=False)


def _is_used(text: str, function: Function) -> bool:
    root = tree(text)
    return root is not None and any(
        (isinstance(node, ast.Name) and node.id == function.name)
        or (isinstance(node, ast.Attribute) and node.attr == function.name)
        for node in ast.walk(root)
    )


FIXER = Fixer(
    id="await_excess",
    matches=about(
        "PLE1142",
        message=r"await\W.*(outside|only within|within an async)|async (with|for)\W.*outside",
    ),
    propose=propose,
)
