"""Which nodes are statements of their own, so that nobody uses their value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.called import CALL, called
from understudy.context.leaving import runs_in_order
from understudy.context.stores import SETS

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

_STATEMENT = re.compile(r"expression_statement|redirected_statement|echo_statement")
_ALONE = re.compile(r"block|chunk|program|module|body_statement|lambda_literal|do_group|then")
"""Further nodes in which an expression is a statement of its own."""
WRAPS = re.compile(
    r"parenthesized\w*|expression_statement|redirected_statement|(?:co_)?await\w*|try_expression"
    r"|cast_expression|non_null_expression|reference_expression"
)
_MODIFIED = re.compile(r"(?:if|unless)_modifier")
LATER = re.compile(r"(?:go|defer)_statement")
DELETES = re.compile(r"delete_(?:statement|expression)|unset_statement")
_ASSIGNS = re.compile(rf"{SETS.pattern}|yield_statement|send_statement")
_MAY_STAND = re.compile(
    rf"{CALL.pattern}|{WRAPS.pattern}|yield\w*|(?:binary|ternary|conditional)\w*|infix_expression"
)
"""Expressions that may be a statement of their own."""
_ALWAYS = re.compile(
    rf"{LATER.pattern}|{DELETES.pattern}|let_declaration|redirected_statement|echo_statement"
)
_FUNCTION = re.compile(
    r"arrow_function|lambda\w*|closure_expression|(?:method|function)_\w+|method"
)
_LAST_COUNTS = re.compile(
    r"function_item|method|singleton_method|lambda_literal|closure_expression"
)
_CHOICE = re.compile(
    r"(?:if|unless|else|elsif|when|case|match)(?!_modifier)\w*|then|ternary\w*|begin"
)
_MOST_UP = 40
_EACH = re.compile(r"(?:for_?[eE]ach|ForEach|each(?:_\w+)?)\b")


def is_alone(node: Node, source: Source) -> bool:
    """Whether a node stands for itself, so that nobody uses its value."""
    if node.type == "expression_statement":
        return not _is_value(node, source)
    if _ALWAYS.fullmatch(node.type):
        return True
    is_assigned = _ASSIGNS.fullmatch(node.type) is not None
    above = node.parent if is_assigned or _MAY_STAND.fullmatch(node.type) else None
    if above is None or _STATEMENT.fullmatch(above.type):
        return False
    return is_assigned or (_is_part(node, above, source) and not _is_value(node, source))


def _is_part(node: Node, above: Node, source: Source) -> bool:
    """Whether an expression is a statement of what is around it."""
    if _FUNCTION.fullmatch(above.type) and node == above.child_by_field_name("body"):
        return _is_given_to_each(above, source)
    if _MODIFIED.fullmatch(above.type):
        return node == above.child_by_field_name("body")
    if node.type == "command" and above.type in {"list", "if_statement"}:
        return node != above.child_by_field_name("condition")
    return runs_in_order(above) or _ALONE.fullmatch(above.type) is not None


def _is_value(node: Node, source: Source) -> bool:
    """Whether a statement is what its function returns, as the last one in it.

    Of one that is nested deeper than anybody writes nothing else is known.
    """
    if (
        node.type == "expression_statement"
        and source.data[node.end_byte - 1 : node.end_byte] == b";"
    ):
        return False
    child, above = node, node.parent
    for _ in range(_MOST_UP):
        if above is None or not _is_last(child, above):
            return False
        holder = above.parent
        if _LAST_COUNTS.fullmatch(above.type):
            return above.type != "lambda_literal" or not _is_given_to_each(above, source)
        if above.type in {"do_block", "block"} and holder is not None and holder.type == "call":
            return not _is_given_to_each(above, source)
        child, above = above, holder
    return True


def _is_last(child: Node, above: Node) -> bool:
    """Whether a part of a node is what that comes to."""
    if _CHOICE.fullmatch(above.type):
        is_open = above.type == "if_expression" and above.child_by_field_name("alternative") is None
        return not is_open
    return above.named_child(above.named_child_count - 1) == child


def _is_given_to_each(function: Node, source: Source) -> bool:
    """Whether a function is run for each element, so that nobody uses what it returns."""
    above = function.parent
    while above is not None and not CALL.fullmatch(above.type):
        above = None if runs_in_order(above) else above.parent
    return above is not None and _EACH.fullmatch(called(above, source)[0]) is not None
