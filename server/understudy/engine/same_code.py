"""Whether two texts are the same code, blanks and comments left aside."""

from __future__ import annotations

import io
import tokenize
from typing import TYPE_CHECKING

from understudy.context.directives import is_read_by_tools
from understudy.context.grammar import tree_of
from understudy.core.lines import split_lines
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_PYTHON = "python"
_WORDS = frozenset({"shellscript"})
"""Languages in which blanks part words, whatever else may stand there."""
_IMPORTS_C = b'import "C"'
_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER})
_BLOCKS = frozenset({tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE})
"""How deep a line is indented is no code in Python; that it is, is."""


def same_code(one: str, other: str, language: str) -> bool:
    """Whether two texts have the same tokens in the same structure.

    The structure counts because a line's end may be a statement's, as in JavaScript or a shell.
    Comments that compilers and tools read are code. A language without a grammar, and a text that
    its grammar can't read, is compared line by line, where only blanks at the ends of lines and of
    the text don't count: what an indentation means, nobody knows.
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
    return None if root.has_error else [*_structure(root, data, blanks=language in _WORDS)]


def _python(text: str) -> list[str] | None:
    try:
        found = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    except (tokenize.TokenError, SyntaxError):
        return None
    return [
        tokenize.tok_name[one.type] if one.type in _BLOCKS else one.string
        for one in found
        if one.type not in _NO_CODE or is_read_by_tools(one.string)
    ]


def _structure(root: Node, data: bytes, *, blanks: bool) -> Iterator[str]:
    """What the nodes are and where they end, with the texts of those that have no parts.

    Without recursion: trees are deep. With `blanks`, it also tells between which of them there are any.
    """
    end = 0
    # In Go, the comment above this import is a program in C.
    is_c = _IMPORTS_C in data
    waiting: list[Node | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        is_comment = "comment" in node.type
        # A string's blanks lie between its parts, so it is taken whole.
        if node.child_count and not is_comment and "string" not in node.type:
            yield f"<{node.type}>"
            waiting.append("</>")
            waiting.extend(reversed(node.children))
            continue
        text = data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        if blanks and node.start_byte > end:
            yield " "
        end = node.end_byte
        if (is_c or is_read_by_tools(text)) if is_comment else text.strip():
            yield text


def _bare(text: str) -> list[str]:
    return "\n".join(line.rstrip() for line in split_lines(text)).strip("\n").split("\n")
