"""Code without what only people read, and what people read in it: comments and docstrings.

Two texts with the same words of code do the same. So what an edit of a task may change can be told
in any language that has a grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.whole_trees import known_tree, nodes, sound_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_NOT_A_LINE_END = re.compile(r"[^\r\n]")
_FILLED = frozenset({"interpolation", "template_substitution", "format_expression"})
"""Nodes in a string that hold code."""
_PYTHON_ROOT = "module"
_FILLERS = frozenset({"pass_statement"})
"""What may go where documentation stands instead."""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of code that is not divided further.

    Attributes:
        kind: the type of its node.
        above: the type of the node around it.
    """

    text: str
    kind: str
    above: str

    @property
    def is_name(self) -> bool:
        """Whether it is a name that somebody gave."""
        return "identifier" in self.kind


@dataclass(frozen=True, slots=True)
class Bare:
    """A text in its parts, each in the order of the text.

    Attributes:
        code: the words that do something.
        notes: comments and docstrings.
        functions: how many functions and methods there are, nested ones too.
        left_out: the words of the nodes that were not to be counted as code.
    """

    code: tuple[Word, ...]
    notes: tuple[str, ...]
    functions: int
    left_out: tuple[str, ...] = ()


def _nothing(_node: Node, _source: Source) -> bool:
    return False


def bare(
    text: str, grammar: Grammar | None, left_out: Callable[[Node, Source], bool] = _nothing
) -> Bare | None:
    """The parts of a text; None where there is no grammar, or it can't read the text.

    Args:
        text: the whole text.
        grammar: of its language.
        left_out: which nodes are not counted as code.
    """
    source = sound_tree(text, grammar)
    if source is None:
        return None
    code: list[Word] = []
    notes: list[str] = []
    other: list[str] = []
    functions = 0
    for node in _nodes(source, left_out):
        functions += _is_function(node)
        if _is_note(node, source):
            notes.append(source.word(node).strip())
        elif left_out(node, source):
            other.append(source.word(node))
        elif _is_whole(node) and node.end_byte > node.start_byte:
            above = node.parent.type if node.parent is not None else ""
            code.append(Word(source.word(node), node.type, above))
    return Bare(tuple(code), tuple(notes), functions, tuple(other))


def blanked(text: str, grammar: Grammar | None) -> str | None:
    """A text with a blank for each character of a comment or string.

    None where nothing can read it.
    """
    source = known_tree(text, grammar)
    if source is None:
        return None
    parts: list[str] = []
    done = 0
    for node in _nodes(source, _nothing):
        if node.start_byte >= done and (_is_note(node, source) or "string" in node.type):
            parts.append(source.data[done : node.start_byte].decode("utf-8", "replace"))
            parts.append(_NOT_A_LINE_END.sub(" ", source.word(node)))
            done = node.end_byte
    return "".join((*parts, source.data[done:].decode("utf-8", "replace")))


def _nodes(source: Source, left_out: Callable[[Node, Source], bool]) -> Iterator[Node]:
    """Every node from the outside in, without what is inside of one that counts as a whole."""
    return nodes(source.root, lambda node: not (_is_one(node, source) or left_out(node, source)))


def _is_one(node: Node, source: Source) -> bool:
    return _is_whole(node) or node.type in _FILLERS or _is_note(node, source)


def _is_whole(node: Node) -> bool:
    """Whether a node is one word: a leaf, or a string that holds no code."""
    if not node.child_count:
        return node.type not in _FILLERS
    return "string" in node.type and not any(one.type in _FILLED for one in node.children)


def _is_note(node: Node, source: Source) -> bool:
    """A comment, or in Python a string that stands alone as a statement: a docstring."""
    if "comment" in node.type:
        return True
    return (
        source.root.type == _PYTHON_ROOT
        and node.type == "expression_statement"
        and node.child_count == 1
        and node.children[0].type in {"string", "concatenated_string"}
    )


def _is_function(node: Node) -> bool:
    return (
        node.is_named
        and any(word in node.type for word in ("function", "method"))
        and node.child_by_field_name("body") is not None
    )
