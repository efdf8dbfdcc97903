"""Rows of names in code that a grammar leaves as tokens, such as what a macro of Rust is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

_DEEPEST = 16
"""How many members in a row are followed."""
_MOST_ARGUMENTS = 40
"""So many tokens of type arguments are passed over."""
_TAKES = frozenset({".", "::"})

Row = tuple[tuple[str, bool], ...]
"""Names, each with whether it is called; an unknown beginning is empty."""


class Tokens:
    """Reads the tokens of one tree."""

    def __init__(self, group: str, word: Callable[[Node], str], is_name: Callable[[Node], bool]):
        """Read tokens.

        Args:
            group: the type of the nodes that hold them, and each other.
            word: the text of a node.
            is_name: whether a node is a name, or a word that stands for one.
        """
        self._group = group
        self._word = word
        self._is_name = is_name
        self._known: dict[int, tuple[Sequence[Node], dict[int, int]]] = {}

    def row_to(self, leaf: Node, parent: Node) -> Row:
        """The names up to a token of a group."""
        tokens, places = self._in(parent)
        at = places[leaf.start_byte]
        row = [(self._word(leaf), self._is_called(tokens, at + 1))]
        for _ in range(_DEEPEST):
            if at < 2 or tokens[at - 1].type not in _TAKES:
                break
            at, called = self._holder(tokens, at - 2)
            if at < 0 or not self._is_name(tokens[at]):
                row.append(("", False))
                break
            row.append((self._word(tokens[at]), called))
        return tuple(reversed(row))

    def _in(self, parent: Node) -> tuple[Sequence[Node], dict[int, int]]:
        """The tokens of a group, and where each is among them, by its first byte."""
        if parent.id not in self._known:
            tokens = parent.children
            self._known[parent.id] = tokens, {one.start_byte: at for at, one in enumerate(tokens)}
        return self._known[parent.id]

    def _holder(self, tokens: Sequence[Node], at: int) -> tuple[int, bool]:
        """The token of what a member is taken from, at or before a place, and whether it is called."""
        while at > 0 and (tokens[at].type == "?" or self._is_awaited(tokens, at)):
            at -= 1 if tokens[at].type == "?" else 2
        called = self._is_called(tokens, at)
        at -= called
        return (_before_arguments(tokens, at) if at > 0 else at), called

    def _is_awaited(self, tokens: Sequence[Node], at: int) -> bool:
        return tokens[at].type == "await" and tokens[at - 1].type in _TAKES

    def _is_called(self, tokens: Sequence[Node], at: int) -> bool:
        if not 0 <= at < len(tokens) or tokens[at].type != self._group:
            return False
        group = tokens[at]
        return group.child_count > 0 and group.children[0].type == "("


def _before_arguments(tokens: Sequence[Node], at: int) -> int:
    """The token before type arguments that end at a place, as in `a::<b>`; else the place itself."""
    if tokens[at].type != ">":
        return at
    for before in range(at, max(at - _MOST_ARGUMENTS, 1), -1):
        if tokens[before].type == "<" and tokens[before - 1].type == "::":
            return before - 2
    return at
