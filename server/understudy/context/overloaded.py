"""Comparisons that may not compare: `query.filter(User.deleted == None)` builds a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.syntax import parents, parse

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.core.text import Span

_INSIDE = frozenset({"argument_list", "subscript", "keyword_argument", "lambda"})
_ENDS = frozenset({"block", "module", "if_statement", "elif_clause", "while_statement"})


def may_be_overloaded(text: str, span: Span) -> bool:
    """Whether the comparison at `span` may be a library's own, which `is` would make false.

    Libraries for databases and tables give the members of their objects such an `==`. So one side is
    a member or an item, and the comparison is given away, combined by `&` or `|`, or about a
    member of a class.
    """
    source = parse(text)
    node = source.node_at(span.start, span.end)
    comparison = next(
        (each for each in (node, *parents(node)) if each.type == "comparison_operator"), None
    )
    if comparison is None:
        return False
    sides = [side for side in comparison.named_children if side.type in ("attribute", "subscript")]
    if not sides:
        return False
    return any(_is_of_class(source, side) for side in sides) or _is_given_away(comparison)


def _is_of_class(source: Source, side: Node) -> bool:
    """`User.name` and `table.c.name`; not the constants of a module, which are written in capitals."""
    owner = side.child_by_field_name("object")
    if owner is None:
        return False
    word = source.word(owner).rpartition(".")[2]
    return word == "c" or (word[:1].isupper() and not word.isupper())


def _is_given_away(comparison: Node) -> bool:
    for around in parents(comparison):
        if around.type in _INSIDE:
            return True
        if around.type == "binary_operator":
            return True
        if around.type in _ENDS:
            return False
    return False
