"""`await` where nothing can wait: in a plain function or at module level."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_compile import tree
from understudy.context.python_nodes import around, last_of, nodes_on, span_of
from understudy.context.python_parts import index_of, places_of
from understudy.context.scopes import scopes_of
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_nodes import Function
    from understudy.fixers import Problem

_PLAIN = frozenset({"input", "int", "len", "open", "print", "range", "sorted", "str", "sum"})
"""Builtins whose results nobody can wait for."""
_WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)


def propose(problem: Problem) -> Iterator[Proposal]:
    """The function becomes async when its users allow it; else `await` goes if it does nothing."""
    text, span = problem.view.text, problem.diagnostic.span
    nodes = around(text, span)
    function = last_of(nodes, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    wait = last_of(nodes, *_WAITS)
    if wait is None and isinstance(function, ast.FunctionDef):
        # CPython marks only a place, sometimes that of the whole statement.
        wait = next((n for n in ast.walk(function) if isinstance(n, _WAITS)), None)
    if wait is None:
        return
    if isinstance(wait, ast.Await) and _is_builtin(text, wait):
        yield _without_await(text, wait, "What a builtin gives can't be waited for.")
    elif function is None:
        yield from _run_at_module_level(text, wait)
    elif isinstance(function, ast.FunctionDef):
        yield from _in_plain_function(text, function, wait)


def _in_plain_function(text: str, function: ast.FunctionDef, wait: ast.AST) -> Iterator[Proposal]:
    uses = _uses(text, function)
    if not uses or any(isinstance(node, ast.Await) for node in uses):
        edit = insertion(span_of(text, function).start, "async ")
        users = "what uses" if uses else "nothing here uses"
        ending = " waits for it" if uses else ""
        why = f"Only an async function may wait, and {users} `{function.name}`{ending}."
        yield Proposal((edit,), why)
    elif isinstance(wait, ast.Await) and _needs_no_wait(text, function, wait):
        why = f"Neither `{function.name}` nor what it waits for is an async function."
        yield _without_await(text, wait, why)


def _without_await(text: str, wait: ast.Await, why: str) -> Proposal:
    start = span_of(text, wait).start
    stop = start + len("await")
    while text[stop : stop + 1] in {" ", "\t"}:
        stop += 1
    return Proposal((Edit(Span(start, stop), ""),), why)


def _is_builtin(text: str, wait: ast.Await) -> bool:
    """Whether the wait is for the call of a builtin function that the file gives no other meaning."""
    called = wait.value.func if isinstance(wait.value, ast.Call) else None
    if not isinstance(called, ast.Name) or called.id not in _PLAIN:
        return False
    place = span_of(text, called).start
    return all(one.name != called.id for one in scopes_of(text).visible(place))


def _needs_no_wait(text: str, function: ast.FunctionDef, wait: ast.Await) -> bool:
    """Whether the only wait of a function is for a call of a plain function of this file.

    A function that waits more than once lost its `async`, and what else is waited for may be
    anything: without `await`, the code would run on before it is there.
    """
    root, call = tree(text), wait.value
    if root is None or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return False
    waits = [node for node in ast.walk(function) if isinstance(node, _WAITS)]
    called = [
        node
        for node in ast.walk(root)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == call.func.id
    ]
    plain = called and all(isinstance(node, ast.FunctionDef) for node in called)
    return len(waits) == 1 and bool(plain)


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
        yield Proposal(edits, "At module level a coroutine is run by `asyncio.run`.")


def _uses(text: str, function: Function) -> list[ast.AST]:
    """Where the file names a function; the `await` itself where its call is waited for."""
    found: list[ast.AST] = []
    waited: set[ast.expr] = set()
    root, index = tree(text), index_of(text)
    lines = sorted({index.line_of(place) for place in places_of(text, function.name)})
    for node in nodes_on(root, lines) if root is not None else ():
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
            # A walk comes to the outer node first, so the name below it is not counted again.
            if _names(node.value.func, function):
                found.append(node)
                waited.add(node.value.func)
        elif _names(node, function) and node not in waited:
            found.append(node)
    return found


def _names(node: ast.AST, function: Function) -> bool:
    if isinstance(node, ast.Name):
        return node.id == function.name
    return isinstance(node, ast.Attribute) and node.attr == function.name


FIXER = Fixer(
    id="await_excess",
    matches=about(
        "PLE1142",
        message=r"await\W.*(outside|only within|within an async)|async (with|for)\W.*outside"
        r"|is not awaitable",
    ),
    propose=propose,
)
