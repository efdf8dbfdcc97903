"""What code gives a value to that others may see: attributes, items and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.called import NAME
from understudy.context.written import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

SETS = re.compile(
    r"(?:augmented_|operator_|compound_)?assignment\w*|compound_assignment_expr"
    r"|(?:inc|dec|update)_(?:statement|expression)|(?:postfix_|prefix_)?unary_expression"
)
SHARED = re.compile(
    r"attribute|subscript\w*|\w*member_(?:access_)?expression|member_access_expression|selector_expression"
    r"|field_(?:expression|access)|index_expression|array_access|element_(?:access_expression|reference)"
    r"|navigation_expression|instance_variable|(?:class|global)_variable|(?:dot|bracket)_index_expression"
    r"|pointer_expression|directly_assignable_expression|unary_expression|call"
)
"""What can be given a value that others see."""
_PATTERN = re.compile(
    r"pattern_list|tuple\w*|\w*_pattern|expression_list|list_pattern|variable_list|left_assignment_list"
)


def shared_targets(node: Node, source: Source) -> Iterator[Node]:
    """What an assignment gives a value to that others may see."""
    if not SETS.fullmatch(node.type):
        return
    last = source.data[max(node.end_byte - 2, 0) : node.end_byte]
    if node.type.endswith("unary_expression") and last not in {b"++", b"--"}:
        return
    left = next(filter(None, map(node.child_by_field_name, ("left", "argument", "target"))), None)
    left = left or (node.named_children[0] if node.named_children else None)
    parts = [] if left is None else [left]
    while parts:
        one = parts.pop(0)
        if _PATTERN.fullmatch(one.type):
            parts = [*one.named_children, *parts]
        elif SHARED.fullmatch(one.type) and one.type != "unary_expression":
            if one.type != "directly_assignable_expression" or not _is_plain(one, source):
                yield one
        elif one.type == "unary_expression" and source.word(one).startswith("*"):
            yield one


def place(node: Node, source: Source) -> tuple[str, str]:
    """The last part of what is stored to, and what stands before it; an item has no name."""
    text = written(node, node, source)
    if text.endswith("]") or text.startswith("*"):
        return "", text.lstrip("*").partition("[")[0]
    names = list(NAME.finditer(text))
    return (names[-1][0], text[: names[-1].start()].rstrip(".:>-?!")) if names else ("", text)


def _is_plain(node: Node, source: Source) -> bool:
    return NAME.fullmatch(source.word(node)) is not None
