"""Places of syntax-tree nodes in code points, and the nodes around a place."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from understudy.context.python_compile import tree
from understudy.context.python_parts import index_of
from understudy.core.lines import units_to_column
from understudy.core.text import Span
from understudy.workspace.removal import with_blank_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


Positioned = ast.stmt | ast.expr | ast.arg | ast.alias | ast.keyword | ast.excepthandler
"""The kinds of nodes that know where they stand."""

Function = ast.FunctionDef | ast.AsyncFunctionDef

P = TypeVar("P", bound=ast.AST)


def span_of(text: str, node: Positioned) -> Span:
    """Where a node of the text's tree stands; decorators are outside of it."""
    end_line = node.lineno if node.end_lineno is None else node.end_lineno
    end_column = node.col_offset if node.end_col_offset is None else node.end_col_offset
    start = _offset(text, node.lineno, node.col_offset)
    return Span(start, max(start, _offset(text, end_line, end_column)))


def around(text: str, span: Span) -> tuple[ast.AST, ...]:
    """The nodes that hold the whole span, outermost first; empty when the text does not parse."""
    root = tree(text)
    if root is None:
        return ()
    start, end = _position(text, span.start), _position(text, span.end)
    found: list[ast.AST] = [root]
    children = list(ast.iter_child_nodes(root))
    while children:
        child = children.pop()
        if not isinstance(child, Positioned):
            # `arguments`, `withitem` and the like have no place; their children do.
            children += ast.iter_child_nodes(child)
        elif _start(child) <= start and end <= _end(child):
            found.append(child)
            children = list(ast.iter_child_nodes(child))
    return tuple(found)


def nodes_on(root: ast.AST, lines: Sequence[int]) -> Iterator[ast.AST]:
    """Every node below a root that reaches over one of these lines; an outer one comes first.

    Args:
        root: a tree, or a part of one.
        lines: in rising order, counted from 0.
    """
    below = deque([root])
    while below:
        node = below.popleft()
        if isinstance(node, Positioned):
            decorators = getattr(node, "decorator_list", ())
            first = decorators[0].lineno if decorators else node.lineno
            place = bisect_left(lines, first - 1)
            if place == len(lines) or lines[place] >= (node.end_lineno or node.lineno):
                continue
        yield node
        below.extend(ast.iter_child_nodes(node))


def last_of(nodes: tuple[ast.AST, ...], *kinds: type[P]) -> P | None:
    """The innermost node of these kinds."""
    return next((node for node in reversed(nodes) if isinstance(node, kinds)), None)


def parents(root: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Every `(parent, child)` pair below a node."""
    for parent in ast.walk(root):
        for child in ast.iter_child_nodes(parent):
            yield parent, child


def without_statement(text: str, statement: ast.stmt, block: list[ast.stmt]) -> tuple[Span, str]:
    """What to replace, by what, to take a statement out of its block.

    Its whole lines go when nothing else stands on them, and with them the blank lines that would
    stand there twice. A block that would be empty gets `pass`.
    """
    span = span_of(text, statement)
    if block == [statement]:
        return span, "pass"
    index = index_of(text)
    start = index.start(index.line_of(span.start))
    end = index.line_span(index.line_of(span.end)).end
    if not text[start : span.start].strip() and not _code(text[span.end : end]):
        return with_blank_lines(index, index.lines_of(Span(start, end))), ""
    behind = text[span.end : end].lstrip(" \t")
    if behind.startswith(";") and _code(behind[1:]):
        stop = span.end + text[span.end : end].index(";") + 1
        while text[stop : stop + 1] in {" ", "\t"}:
            stop += 1
        return Span(span.start, stop), ""
    before = text[start : span.start].rstrip(" \t")
    if before.endswith(";"):
        return Span(start + len(before[:-1].rstrip(" \t")), span.end), ""
    return span, "pass"


def block_of(text: str, statement: ast.stmt) -> list[ast.stmt] | None:
    """The list of statements that a statement is one of; None for the module's own."""
    root = tree(text)
    for parent in ast.walk(root) if root is not None else ():
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and any(child is statement for child in block):
                return None if parent is root else block
    return None


def _code(rest: str) -> bool:
    """Whether the rest of a line holds more than blanks, a semicolon and a comment."""
    return bool(rest.strip().removeprefix(";").strip().split("#")[0])


def _offset(text: str, line: int, column: int) -> int:
    index = index_of(text)
    content = index.content(line - 1)
    return index.start(line - 1) + units_to_column(content, column, "utf-8")


def _position(text: str, offset: int) -> tuple[int, int]:
    index = index_of(text)
    line, column = index.position(offset)
    return line + 1, len(index.lines[line][:column].encode("utf-8", "surrogatepass"))


def _start(node: Positioned) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _end(node: Positioned) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
