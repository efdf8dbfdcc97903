"""What calls call: the last part of it, and what stands before that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.written import written

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

CALL = re.compile(
    r"\w*(?:call|invocation)\w*(?<!suffix)|command|new_expression|object_creation_expression"
    r"|print_intrinsic"
)
NAME = re.compile(r"[@$]*[^\W\d][\w$]*[?!]?")
_MOST_CALLED = 20
"""How many calls in a row, each of what the one before gives, are looked through for a name."""


def called(node: Node, source: Source) -> tuple[str, str]:
    """The last part of what a call calls, and what stands before it."""
    text = written(node, node, source)
    head = _callee(node, source) or text.partition("(")[0]
    names = list(NAME.finditer(head.split(" ")[-1] if head.startswith("new ") else head))
    if not names:
        return "", ""
    return names[-1][0], head[: names[-1].start()].strip().rstrip(".:>-?!&").removeprefix("new ")


def _callee(node: Node, source: Source) -> str:
    for _ in range(_MOST_CALLED):
        for name in ("function", "macro", "constructor", "type"):
            if (told := node.child_by_field_name(name)) is not None:
                return written(told, told, source)
        owner = _field(node, ("object", "receiver", "scope"))
        name_node = _field(node, ("name", "method"))
        if name_node is not None:
            return written(owner or name_node, name_node, source)
        first = node.named_children[0] if node.named_children else node
        if node.type != "call_expression" or first.type != node.type:
            return written(first, first, source) if first != node else ""
        node = first
    return written(node, node, source)


def _field(node: Node, names: tuple[str, ...]) -> Node | None:
    return next(filter(None, map(node.child_by_field_name, names)), None)
