"""An import that nothing uses."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from understudy.context.python_nodes import around, block_of, last_of, span_of, without_statement
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex
    from understudy.fixers import Problem

_QUOTED = re.compile(r"[`'\"]([^`'\"]+)[`'\"]")


def propose(problem: Problem) -> Iterator[Proposal]:
    """Take the name out of its import, and the import out of the file when it was the only one.

    An import inside `try` may test whether a module is there, so it stays.
    """
    text, span = problem.view.text, problem.diagnostic.span
    nodes = around(text, span)
    if len(nodes) == 1:
        # The mark reaches over the statement's end.
        nodes = around(text, Span(span.start, span.start))
    statement = last_of(nodes, ast.Import, ast.ImportFrom)
    if not isinstance(statement, ast.Import | ast.ImportFrom) or _tests_module(nodes):
        return
    alias = _alias(problem, statement, nodes)
    if alias is None or (
        isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
    ):
        return
    path = problem.view.path
    safe = path is None or path.name != "__init__.py"
    name = alias.asname or alias.name
    if len(statement.names) == 1:
        block = block_of(text, statement) or []
        place, replacement = without_statement(text, statement, block)
    else:
        place, replacement = _without_alias(problem.view.index, statement, alias), ""
    yield Proposal((Edit(place, replacement),), f"Nothing uses the import `{name}`.", safe=safe)


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
)
