"""What statements are: which leave, which give names a value, and what functions run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.leaving import NEVER_RETURNS
from understudy.context.whole_trees import nodes
from understudy.context.written import written

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

RETURN = re.compile(r"return(?:_statement|_expression)?|jump_expression|control_transfer_statement")
BRANCH = re.compile(r"(?:if|unless|elif|elsif)(?:_statement|_expression|_modifier|_clause)?")
_DEEPEST = 100
_THROW = re.compile(r"(?:raise|throw)(?:_statement|_expression)?")
_NEXT = re.compile(r"(?:break|continue|next|redo)(?:_statement|_expression)?")
_GIVES = re.compile(
    r"(?:assignment|short_var|let|variable|lexical|var|const|local_variable)_?\w*|assignment\w*"
)
_CHANGES = re.compile(
    r"(?:augmented_assignment|inc|dec|update|compound_assignment|operator_assign)\w*"
)


def is_function(node: Node) -> bool:
    """Whether a node is a function of any kind."""
    return node.is_named and any(one in node.type for one in ("function", "method", "constructor"))


def is_deep(node: Node) -> bool:
    """Whether code is nested so deeply that going through it takes too long."""
    cursor = node.walk()
    while True:
        if cursor.depth > _DEEPEST:
            return True
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return False


def body_of(node: Node) -> Node | None:
    """What a function runs."""
    told = node.child_by_field_name("body")
    return told or next((one for one in node.named_children if one.type == "function_body"), None)


def path_of(node: Node, source: Source) -> tuple[str, ...]:
    """The names of what is around a function, and its own; nothing for one without."""
    names: list[str] = []
    above: Node | None = node
    while above is not None:
        name = above.child_by_field_name("name")
        if name is not None and body_of(above) is not None:
            names.append(source.word(name))
        elif above == node:
            return ()
        above = above.parent
    return tuple(reversed(names))


def ends_here(node: Node, source: Source) -> bool:
    """Whether a statement ends a function, the program or a round of a loop without a value."""
    text = source.word(node)[:100]
    if _THROW.fullmatch(node.type) or _NEXT.fullmatch(node.type):
        return True
    is_jump = node.type in {"jump_expression", "control_transfer_statement"}
    return is_jump or NEVER_RETURNS.match(text) is not None


def may_leave(node: Node) -> bool:
    """Whether something in a node returns or ends with an error."""
    return any(
        one.is_named and (RETURN.fullmatch(one.type) or _THROW.fullmatch(one.type))
        for one in nodes(node, lambda one: not is_function(one) and "lambda" not in one.type)
    )


def is_expression(node: Node) -> bool:
    """Whether a statement has a value."""
    return not (_GIVES.fullmatch(node.type) or _CHANGES.fullmatch(node.type)) and (
        not node.type.endswith(("_item", "_statement", "_declaration", "_definition"))
    )


def code_of(node: Node, source: Source) -> str:
    """A statement on one line."""
    return written(node, node, source).rstrip(";")


def given_in(node: Node, source: Source) -> tuple[str, Node | None]:
    """The name that a statement gives a value to, and the value."""
    if not (_GIVES.fullmatch(node.type) or _CHANGES.fullmatch(node.type)):
        return "", None
    for one in nodes(
        node, lambda one: one == node or "declarat" in one.type or "_list" in one.type
    ):
        fields = map(one.child_by_field_name, ("left", "name", "pattern", "argument"))
        name = next(filter(None, fields), None)
        value = next(filter(None, map(one.child_by_field_name, ("right", "value"))), None)
        if name is not None and (value is not None or _CHANGES.match(one.type)):
            changes = _CHANGES.match(one.type) is not None
            return source.word(name).removeprefix("mut "), None if changes else value
    return "", None
