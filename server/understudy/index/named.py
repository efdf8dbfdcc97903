"""The definitions of a text in a language without an outline, by its tree or by how lines begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.whole_trees import known_tree, nodes
from understudy.index.facts import Definition
from understudy.languages import grammar_of
from understudy.reading.name_patterns import PATTERNS
from understudy.reading.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.index.facts import Kind

_WITH_NAME = re.compile(
    r"(?:\w+_)?(?P<what>function|method|init|constructor|property|class|object|trait|interface|protocol|struct"
    r"|enum|record|module|namespace|delegate|type_alias|typealias)(?:_declaration|_definition|_statement)?"
)
"""Nodes with a field `name` that define it."""
_RUN = frozenset({"function", "method", "init", "constructor", "property"})
_VALUE = re.compile(
    r"\w*(?:assignment|(?:property|const|variable)_declaration|(?:assignment|expression)_statement)"
)
_VALUES_NAME = re.compile(r"(?:[\w@]+\s+){0,5}?(?P<name>[\w$.@]+)\s*(?:=(?!=)|:(?!:)|\bby\b|$)")
_WIDEST = 400


def definitions_in(text: str, language: str) -> Sequence[Definition]:
    """What a text defines, each definition before those within it. Never raises.

    Args:
        text: its line ends may be of any kind.
        language: an LSP language id; any other word will do.
    """
    grammar = None if language in PATTERNS else grammar_of(language)
    source = known_tree(text, grammar)
    if source is not None:
        return list(_of_tree(source))
    lines = text.replace("\r\n", "\n").split("\n")
    return [_definition(one.name, "class", one.lines) for one in named(lines, language)]


def _definition(name: str, kind: Kind, lines: range) -> Definition:
    return Definition(name, kind, lines.start, lines.start, lines.stop, lines.stop)


def _of_tree(source: Source) -> Iterator[Definition]:
    for node in nodes(source.root, lambda one: _kind(one) != "function"):
        name, kind = node.child_by_field_name("name"), _kind(node)
        lines = range(node.start_point.row, node.end_point.row + 1)
        if name is not None and kind is not None:
            yield _definition(source.word(name), kind, lines)
        elif node.parent == source.root and _VALUE.fullmatch(node.type):
            told = _VALUES_NAME.match(source.word(node)[:_WIDEST].partition("\n")[0])
            if told is not None:
                yield _definition(told["name"], "class", lines)


def _kind(node: Node) -> Kind | None:
    """What a node defines by its name; None for nothing."""
    found = _WITH_NAME.fullmatch(node.type) if node.is_named else None
    if found is None or node.child_by_field_name("name") is None:
        return None
    return "function" if found["what"] in _RUN else "class"
