"""Macros that make nothing of the code which they are given."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.context.syntax import parents
from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_OF_TOKENS = frozenset({"stringify", "stringify!"})
"""What Rust itself turns into a text."""
_RULES = "macro_definition"
_DEFINED = re.compile(
    r"^[ \t]*#[ \t]*define[ \t]+(?P<name>\w+)\((?P<taken>[\w ,.]+)\)(?P<value>(?:[^\n\\]|\\.|\\\n){0,2000})",
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")
_LONGEST = 20_000


def macros_that_drop(source: Source, at: int) -> Iterator[Node]:
    """The names of the macros that are given a place of a text, and of whose code nothing is left.

    Args:
        source: of Rust, C or C++, with the definitions of its macros.
        at: of the place, in code points.
    """
    for above in parents(source.node_at(at)):
        name = above.child_by_field_name("macro") if above.type == "macro_invocation" else None
        if name is not None and source.word(name) in _OF_TOKENS | _dropping(source):
            yield name
    for macro in _defined(source.text):
        for call in re.finditer(rf"\b{macro}\s*\(", source.text[:at]):
            if at - call.end() < _LONGEST and _is_open(source.text[call.end() : at]):
                yield source.node_at(call.start(), call.start() + len(macro))


def _dropping(source: Source) -> frozenset[str]:
    """The macros of Rust with a rule that takes code and does not mention it."""
    found: set[str] = set()
    for node in nodes(source.root, lambda one: one.type != "function_item"):
        name = node.child_by_field_name("name") if node.type == _RULES else None
        if name is not None and any(map(_drops, node.named_children)):
            found.add(source.word(name))
    return frozenset(found)


def _drops(rule: Node) -> bool:
    left, right = rule.child_by_field_name("left"), rule.child_by_field_name("right")
    return (
        left is not None and right is not None and _has_variable(left) and not _has_variable(right)
    )


def _has_variable(node: Node) -> bool:
    return any(one.type == "metavariable" for one in nodes(node))


@lru_cache(maxsize=4)
def _defined(text: str) -> tuple[str, ...]:
    """The macros of the preprocessor that mention nothing of what they take."""
    return tuple(
        one["name"]
        for one in _DEFINED.finditer(text)
        if {"__VA_ARGS__", *_WORD.findall(one["taken"])}.isdisjoint(_WORD.findall(one["value"]))
    )


def _is_open(text: str) -> bool:
    """Whether a bracket that stands before a text is closed nowhere in it."""
    depth = 1
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return False
    return True
