"""Code with a branch for each value: whether all of its branches leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

MANY = re.compile(r"(?:(?:expression_|type_)?switch|match|select)_(?:statement|expression)")
CASE = re.compile(
    r"(?:switch|expression|type|communication|default)_(?:case|default)|case_(?:clause|statement)|match_arm"
)
"""One branch."""
_REST = re.compile(r"default\b")
_CAPTURED = re.compile(r"case\s+(?:_|[a-z]\w*)\s*:")
"""The heads of a branch for all that is left; the latter in Python."""
_BREAK = "break_statement"
_LOOP = re.compile(r"(?:while|do|for|for_in|loop|for_range)_(?:statement|expression)")


def all_leave(node: Node, source: Source, leaves: Callable[[Node, Source], bool]) -> bool:
    """Whether what follows a `match` or a `switch` is never run.

    Args:
        node: whose type `MANY` matches.
        source: its text.
        leaves: whether what follows a statement in its block is never run.
    """
    cases = _cases(node)
    if node.type == "select_statement" and not cases:
        return True
    has_rest = node.type == "match_expression" or any(_is_rest(one, source) for one in cases)
    if not cases or not has_rest or _is_broken_off(node):
        return False
    *others, last = (any(leaves(part, source) for part in one.children) for one in cases)
    falls = [_falls_through(one) for one in cases[:-1]]
    return last and all(one or through for one, through in zip(others, falls, strict=True))


def _cases(node: Node) -> Sequence[Node]:
    body = node.child_by_field_name("body") or node
    return [one for one in body.named_children if CASE.fullmatch(one.type)]


def _is_rest(case: Node, source: Source) -> bool:
    guarded = case.child_by_field_name("guard") is not None
    rest = _CAPTURED if case.type == "case_clause" else _REST
    return not guarded and rest.match(source.word(case)[:200]) is not None


def _falls_through(case: Node) -> bool:
    """Whether a branch of JavaScript is empty, and so goes on with the next one."""
    return case.type == "switch_case" and case.child_by_field_name("body") is None


def _is_broken_off(node: Node) -> bool:
    """Whether a `break` leads behind a `switch`."""
    if not node.type.endswith("switch_statement"):
        return False
    inner = nodes(
        node, lambda one: one == node or not (MANY.fullmatch(one.type) or _LOOP.fullmatch(one.type))
    )
    return any(one.type == _BREAK for one in inner)
