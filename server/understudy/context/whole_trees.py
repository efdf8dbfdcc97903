"""Trees for those who have nothing to say about a text that can't be parsed, and all of their nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.bounded_tree import read_tree
from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source


def known_tree(text: str, grammar: Grammar | None) -> Source | None:
    """The tree of a text; None where there is no grammar, or it can't read the text."""
    if grammar is None:
        return None
    try:
        return read_tree(text, grammar)
    except UnavailableError:
        return None


def sound_tree(text: str, grammar: Grammar | None) -> Source | None:
    """The same; None for a text with errors, too."""
    source = known_tree(text, grammar)
    return None if source is None or source.root.has_error else source


def _always(_node: Node) -> bool:
    return True


def nodes(root: Node, enters: Callable[[Node], bool] = _always) -> Iterator[Node]:
    """A node and those in it, from the outside in and in the order of the text.

    Args:
        root: the first of them.
        enters: whether what is in a node is wanted as well.
    """
    cursor = root.walk()
    while True:
        node = cursor.node
        if node is not None:
            yield node
            if enters(node) and cursor.goto_first_child():
                continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
