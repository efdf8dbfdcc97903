"""What code holds over a block, or as long as a variable lasts: locks, open files and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.written import written

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

_HOLDS = re.compile(
    r"with_item|(?:using|lock|synchronized)_statement|resource|local_declaration_statement"
)
_GUARDS = re.compile(
    r"(?:std::)?(?:lock_guard|unique_lock|scoped_lock|shared_lock)\b"
    r"|let\s+(?:mut\s+)?_\w+\s*(?::[^=]+)?=[^;]*\b(?:lock|try_lock|read|write|acquire|enter|entered|guard)\w*\("
)
"""What C++ and Rust hold until the end of a block, by a name that nobody uses."""
_DECLARES = re.compile(r"declaration|let_declaration")
_HEAD = re.compile(r"^(?:await\s+)?(?:with|using|lock|synchronized)\b\s*")


def held(node: Node, source: Source) -> tuple[str, str]:
    """The head of what holds something, and what is held; two empty texts for another node."""
    text = written(node, node, source).rstrip("; ")
    if _DECLARES.fullmatch(node.type) and _GUARDS.match(text):
        return text, text
    is_local = node.type == "local_declaration_statement"
    if not _HOLDS.fullmatch(node.type) or (is_local and not _HEAD.match(text)):
        return "", ""
    parts = (one for one in node.named_children if one.type == "block")
    body = node.child_by_field_name("body") or next(parts, None)
    if body is not None:
        data = source.data[node.start_byte : body.start_byte]
        text = " ".join(data.decode("utf-8", "replace").split())
    text = f"with {text}" if node.type == "with_item" else text
    return text, _without_name(text)


def _without_name(head: str) -> str:
    """What is held, without the name that it gets."""
    bare = _HEAD.sub("", head).partition(" as ")[0]
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    return bare.partition("= ")[2] or bare
