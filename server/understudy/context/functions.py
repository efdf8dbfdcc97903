"""The functions of a text: their names, where they stand, and the names that stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.context.whole_trees import nodes, sound_tree

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_WORDS = ("function", "method")
_HOLDERS = frozenset({"variable_declarator", "assignment", "pair", "public_field_definition"})
_MOST_UP = 3


class Function(NamedTuple):
    """A function or method that has a body.

    Attributes:
        name: empty for one without.
        lines: from its head to its last, counted from 0.
        names: all identifiers within its body, as often as they stand there.
    """

    name: str
    lines: range
    names: tuple[str, ...]


def functions(text: str, grammar: Grammar | None) -> tuple[Function, ...] | None:
    """The functions in the order of the text, an outer one before those in it.

    None where there is no grammar, or it can't read the text.
    """
    source = sound_tree(text, grammar)
    if source is None:
        return None
    return tuple(_function(node, source) for node in nodes(source.root) if _is_function(node))


def _is_function(node: Node) -> bool:
    return (
        node.is_named
        and any(word in node.type for word in _WORDS)
        and node.child_by_field_name("body") is not None
    )


def _function(node: Node, source: Source) -> Function:
    body = node.child_by_field_name("body") or node
    names = tuple(
        source.word(one)
        for one in nodes(body)
        if one.start_byte >= body.start_byte
        and one.end_byte <= body.end_byte
        and not one.child_count
        and "identifier" in one.type
    )
    lines = range(node.start_point.row, node.end_point.row + 1)
    return Function(_name(node, source), lines, names)


def _name(node: Node, source: Source) -> str:
    """A function's own name, or that of what it is assigned to."""
    named = node.child_by_field_name("name")
    declared = node.child_by_field_name("declarator")
    for _ in range(_MOST_UP):
        if named is not None or declared is None:
            break
        if "identifier" in declared.type:
            named = declared
        declared = declared.child_by_field_name("declarator")
    holder = node.parent
    if named is None and holder is not None and holder.type in _HOLDERS:
        for field in ("name", "left", "key"):
            named = named or holder.child_by_field_name(field)
    return source.word(named) if named is not None else ""
