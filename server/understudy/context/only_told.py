"""What a text tells type checkers alone, and what is otherwise when it runs."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from understudy.context.whole_trees import nodes, sound_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_GUARDS = frozenset({"type_predicate_annotation", "asserts_annotation"})
_GUARD_WORDS = re.compile(r"\)\s*:\s*(?:asserts\b|[\w$]+\s+is\b)")
_GUARD_TYPES = frozenset({"TypeGuard", "TypeIs"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FLAG = "TYPE_CHECKING"
_NOT_RUN = frozenset({"annotation", "returns", "type_params"})
"""Parts of nodes of which nothing is run, where annotations are not."""


def script_guards(text: str, grammar: Grammar | None) -> tuple[str, ...]:
    """What TypeScript's type guards say of something that they never look at, as it is written."""
    source = sound_tree(text, grammar) if _GUARD_WORDS.search(text) else None
    if source is None:
        return ()
    found = (one for one in nodes(source.root) if one.type in _GUARDS)
    return tuple(source.word(one).lstrip(": ") for one in found if _is_blind(one, source))


def _is_blind(told: Node, source: Source) -> bool:
    body = told.parent.child_by_field_name("body") if told.parent is not None else None
    named = next((one for one in nodes(told) if one.type in {"identifier", "this"}), None)
    if body is None or named is None:
        return False
    name = source.word(named)
    inside = (one for one in nodes(body) if not one.child_count)
    return not any(
        source.word(one) == name and body.start_byte <= one.start_byte < body.end_byte
        for one in inside
    )


def python_guards(text: str) -> tuple[str, ...]:
    """The same for Python: the names of such functions."""
    tree = _parsed(text) if any(one in text for one in _GUARD_TYPES) else None
    found = () if tree is None else (one for one in ast.walk(tree) if isinstance(one, _FUNCTIONS))
    return tuple(one.name for one in found if _names(one.returns) & _GUARD_TYPES and _ignores(one))


def _ignores(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function uses none of its parameters."""
    given = {one.arg for one in (*function.args.posonlyargs, *function.args.args)}
    used = {name for one in function.body for name in _names(one)}
    return bool(given) and given.isdisjoint(used)


def typing_only(text: str) -> tuple[str, ...]:
    """Names that a Python text binds for type checkers alone and uses when it runs."""
    tree = _parsed(text) if _FLAG in text else None
    if tree is None:
        return ()
    checked, run = _Names(), _Names()
    _collect(tree, checked, run)
    return tuple(sorted((checked.bound - run.bound) & run.used))


class _Names:
    """Names that a part of a text binds, and those that it uses outside of annotations."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.used: set[str] = set()


def _collect(node: ast.AST, checked: _Names, run: _Names) -> None:
    waiting: list[tuple[ast.AST, _Names]] = [(node, run)]
    while waiting:
        one, names = waiting.pop()
        names.bound.update(_bound(one))
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            names.used.add(one.id)
        for field, child in _children(one):
            if field not in _NOT_RUN:
                waiting.append((child, checked if _is_for_checkers(one, field) else names))


def _is_for_checkers(node: ast.AST, field: str) -> bool:
    """Whether a part of a node is a branch that only a type checker takes."""
    return (
        isinstance(node, ast.If)
        and field == "body"
        and not isinstance(node.test, ast.UnaryOp)
        and _FLAG in _names(node.test)
    )


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for field, value in ast.iter_fields(node):
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, ast.AST):
                yield field, one


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name


def _names(node: ast.AST | None) -> set[str]:
    """All names within a node, and the last parts of dotted ones."""
    if node is None:
        return set()
    parts = list(ast.walk(node))
    dotted = {one.attr for one in parts if isinstance(one, ast.Attribute)}
    return dotted | {one.id for one in parts if isinstance(one, ast.Name)}


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
