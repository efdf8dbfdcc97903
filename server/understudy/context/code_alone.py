"""A text with its lines, in which comments and what stands in strings is blank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.whole_trees import known_tree, nodes

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_TOLD = re.compile(
    r"(?!string_(?:start|end))\w*(?:string|str_text|heredoc|nowdoc|jsx_text|regex)\w*"
)
"""Nodes without parts that hold what is only text. What is filled into a string has parts."""
_RUN = frozenset({"subshell", "shell_command_expression"})
"""Nodes around a text that is run as a command."""
_MODULE = re.compile(r"[\w:@./-]{1,60}")
_NOT_A_LINE_END = re.compile(rb"[^\r\n]")


def code_alone(text: str, grammar: Grammar | None) -> str | None:
    """A text without comments and what strings say; None where nothing can read it.

    What is filled into a string stays, and so does what may be the name of a module.
    """
    source = known_tree(text, grammar)
    if source is None:
        return None
    parts: list[bytes] = []
    done = 0
    for node in nodes(source.root, lambda one: "comment" not in one.type):
        if node.start_byte >= done and _is_text(node, source):
            parts.append(source.data[done : node.start_byte])
            parts.append(_NOT_A_LINE_END.sub(b" ", source.data[node.start_byte : node.end_byte]))
            done = node.end_byte
    return b"".join((*parts, source.data[done:])).decode("utf-8", "replace")


def _is_text(node: Node, source: Source) -> bool:
    if "comment" in node.type:
        return True
    if node.child_count or not node.is_named or not _TOLD.fullmatch(node.type):
        return False
    above = node.parent
    is_run = above is not None and above.type in _RUN
    return not is_run and not _MODULE.fullmatch(source.word(node))
