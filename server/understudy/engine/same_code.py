"""Whether two texts are the same code, blanks and comments left aside."""

from __future__ import annotations

import io
import tokenize
from typing import TYPE_CHECKING

from understudy.context.grammar import tree_of
from understudy.core.lines import split_lines
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_PYTHON = "python"
_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER})
_BLOCKS = frozenset({tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE})
"""How deep a line is indented is no code in Python; that it is, is."""


def same_code(one: str, other: str, language: str) -> bool:
    """Whether two texts have the same tokens.

    A language without a grammar, and a text that its grammar can't read, is compared line by line,
    where only blanks at both ends and blank lines don't count.
    """
    if one == other:
        return True
    words, others = _words(one, language), _words(other, language)
    if words is None or others is None:
        return _bare(one) == _bare(other)
    return words == others


def _words(text: str, language: str) -> list[str] | None:
    if language == _PYTHON:
        return _python(text)
    grammar = grammar_of(language)
    if grammar is None:
        return None
    data = text.encode("utf-8", "replace")
    try:
        root = tree_of(data, grammar).root_node
    except ImportError:
        return None
    return None if root.has_error else [*_leaves(root, data)]


def _python(text: str) -> list[str] | None:
    try:
        found = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    except (tokenize.TokenError, SyntaxError):
        return None
    return [
        tokenize.tok_name[one.type] if one.type in _BLOCKS else one.string
        for one in found
        if one.type not in _NO_CODE
    ]


def _leaves(root: Node, data: bytes) -> Iterator[str]:
    """The texts of the nodes that have no parts, in order. Without recursion: trees are deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if "comment" in node.type:
            continue
        # A string's blanks lie between its parts, so it is taken whole.
        if node.child_count and "string" not in node.type:
            waiting.extend(reversed(node.children))
        elif node.end_byte > node.start_byte:
            yield data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _bare(text: str) -> list[str]:
    return [line.strip() for line in split_lines(text) if line.strip()]
