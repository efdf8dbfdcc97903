"""An import that nothing uses."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from understudy.context.python_compile import tree
from understudy.context.python_nodes import around, block_of, last_of, span_of, without_statement
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex
    from understudy.fixers import Problem

_FOR_OTHERS = frozenset({"__init__.py", "__init__.pyi", "conftest.py"})
_RE_EXPORT = re.compile(r"redundant alias|__all__", re.IGNORECASE)
_QUOTED = re.compile(r"[`'\"]([^`'\"]+)[`'\"]")


def propose(problem: Problem) -> Iterator[Proposal]:
    """Take the name out of its import, and the import out of the file when it was the only one.

    An import inside `try` may test whether a module is there, so it stays. So does what other
    files may take from this one.
    """
    if _is_for_others(problem):
        return
    text, span = problem.view.text, problem.diagnostic.span
    nodes = around(text, span)
    if len(nodes) == 1:
        # The mark reaches over the statement's end.
        nodes = around(text, Span(span.start, span.start))
    statement = last_of(nodes, ast.Import, ast.ImportFrom)
    if not isinstance(statement, ast.Import | ast.ImportFrom) or _tests_module(nodes):
        return
    alias = _alias(problem, statement, nodes)
    if alias is None or _has_effect(statement) or _is_shared(problem, alias):
        return
    name = alias.asname or alias.name
    if len(statement.names) == 1:
        block = block_of(text, statement) or []
        place, replacement = without_statement(text, statement, block)
    else:
        place, replacement = _without_alias(problem.view.index, statement, alias), ""
    why = f"Nothing uses the import `{name}`."
    yield Proposal((Edit(place, replacement),), why, safe=True)


def _is_for_others(problem: Problem) -> bool:
    """Whether the file is one that others import names from, or the tool says that they may."""
    path = problem.view.path
    name = path.name if path is not None else problem.view.uri.rpartition("/")[2]
    return name in _FOR_OTHERS or _RE_EXPORT.search(problem.diagnostic.message) is not None


def _has_effect(statement: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _is_shared(problem: Problem, alias: ast.alias) -> bool:
    """Whether the text says itself that others may take the name: `x as x`, or in `__all__`."""
    name = alias.asname or alias.name
    if alias.asname == alias.name:
        return True
    root = tree(problem.view.text)
    if root is None:
        return False
    lists = [node for node in ast.walk(root) if _is_about_all(node)]
    strings = (node for one in lists for node in ast.walk(one) if isinstance(node, ast.Constant))
    return any(node.value == name for node in strings)


def _is_about_all(node: ast.AST) -> bool:
    """`__all__ = …`, `__all__ += …`, `__all__.append(…)`."""
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Call):
        return False
    names = (one for one in ast.walk(node) if isinstance(one, ast.Name))
    return any(one.id == "__all__" for one in names)


def _tests_module(nodes: tuple[ast.AST, ...]) -> bool:
    tries = [node for node in nodes if isinstance(node, ast.Try)]
    return any(handled in nodes for node in tries for handled in node.body)


def _alias(
    problem: Problem, statement: ast.Import | ast.ImportFrom, nodes: tuple[ast.AST, ...]
) -> ast.alias | None:
    """By the marked place, else by the name in the message."""
    marked = last_of(nodes, ast.alias)
    if len(statement.names) == 1:
        return statement.names[0]
    if marked is not None and len(problem.diagnostic.span):
        return marked
    said = _QUOTED.search(problem.diagnostic.message)
    words = said.group(1).replace(" as ", ".").split(".") if said else [""]
    found = [
        alias
        for alias in statement.names
        if words[-1] == (alias.asname or alias.name).split(".")[-1]
    ]
    return found[0] if len(found) == 1 else None


def _without_alias(
    index: LineIndex, statement: ast.Import | ast.ImportFrom, alias: ast.alias
) -> Span:
    """The name with one comma; its whole line when it stands alone in a bracketed list."""
    text = index.text
    span = span_of(text, alias)
    line = index.line_of(span.start)
    content = index.content(line)
    own = content.split("#")[0].strip().rstrip(",").strip()
    bracketed = span_of(text, statement).of(text).rstrip().endswith(")")
    if own == span.of(text) and bracketed:
        return index.line_span(line)
    place = statement.names.index(alias)
    if place + 1 < len(statement.names):
        return Span(span.start, span_of(text, statement.names[place + 1]).start)
    return Span(span_of(text, statement.names[place - 1]).end, span.end)


FIXER = Fixer(
    id="unused_import",
    matches=about(
        "F401",
        "reportUnusedImport",
        message=r"imported but unused|^import .* is not accessed|^unused import",
    ),
    propose=propose,
    tidies=True,
)
