"""The values that code returns and gives to names, and signs in front of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.leaving import choice_of, condition_of
from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_RETURN = re.compile(
    r"return(?:_statement|_expression)?|control_transfer_statement|jump_expression"
)
_GIVEN = re.compile(
    r"(?:assignment|short_var|let|variable|property)\w*|\w*_declarator|local_variable_declaration"
)
_SIGNED = re.compile(r"(?:unary|not|prefix)\w*|unary")
_SIGN = re.compile(r"(?:not\b|[-!~])\s*")
_BLANKS = re.compile(r"[\s()]+")


def values(source: Source) -> Iterator[tuple[str, Node]]:
    """What is returned, with `return`, and what names get, each with the name."""
    for node in nodes(source.root):
        if not node.is_named:
            continue
        if _RETURN.fullmatch(node.type) and node.named_child_count == 1:
            yield "return", _only(node.named_children[0])
        elif _GIVEN.fullmatch(node.type):
            left = next(
                filter(None, map(node.child_by_field_name, ("left", "name", "pattern"))), None
            )
            right = next(filter(None, map(node.child_by_field_name, ("right", "value"))), None)
            if left is not None and right is not None:
                yield source.word(left), _only(right)
        elif "arrow" in node.type or "lambda" in node.type or "closure" in node.type:
            body = node.child_by_field_name("body")
            if body is not None:
                yield "return", _only(body)


def _only(node: Node) -> Node:
    while node.type == "expression_list" and node.named_child_count == 1:
        node = node.named_children[0]
    return node


def without_sign(old: Source, new: Source) -> str:
    """The first `-a`, `!a` or `not a` whose line is the same without the sign, or with it; or nothing."""
    return _unsigned(old, new) or _unsigned(new, old)


def _unsigned(one: Source, other: Source) -> str:
    mine = {_bare(line) for line in one.text.splitlines()}
    left = {_bare(line) for line in other.text.splitlines()} - mine
    if not left:
        return ""
    lines = one.text.encode("utf-8", "surrogatepass").splitlines()
    theirs = {_bare(line) for line in other.text.splitlines()}
    for node in nodes(one.root):
        if not node.is_named or not _SIGNED.fullmatch(node.type) or _decides(node):
            continue
        sign = _SIGN.match(one.word(node))
        row, column = node.start_point
        if sign is None or row >= len(lines):
            continue
        line = lines[row]
        freed = (line[:column] + line[column + len(sign[0]) :]).decode("utf-8", "replace")
        if _bare(freed) in left and _bare(line.decode("utf-8", "replace")) not in theirs:
            return " ".join(one.word(node).split())
    return ""


def _decides(node: Node) -> bool:
    """Whether a node is all that a branch or a loop depends on: its branches may change places."""
    above = node.parent
    while above is not None and above.type.startswith("parenthesized"):
        node, above = above, above.parent
    return above is not None and node in (condition_of(above), choice_of(above))


def _bare(line: str) -> str:
    """A line without blanks and brackets."""
    return _BLANKS.sub("", line)
