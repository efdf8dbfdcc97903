"""Text as a syntax tree that never fails, and offsets between it and the text.

What is not told the grammar reads Python.

tree-sitter counts UTF-8 bytes and everything else here counts code points, so every place goes
through `Source.at` and `Source.byte`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from understudy.context.grammar import Grammar, loaded, tree_of
from understudy.core.bounded_cache import bounded_cache
from understudy.core.lines import LineIndex
from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node, Query, Tree

MAX_CHARS = 2_000_000
"""Longer texts are treated as empty: their trees take very long and very much memory."""

PYTHON = Grammar("tree_sitter_python")
"""For reading alone: which nodes are pieces of code is told with the language."""

KEPT_CHARS = 2_000_000
"""How many characters the texts may have whose trees are kept. A tree takes up to 40 bytes for each
of them, and its scopes 25 more."""

_LONG_COMMENT = re.compile(rb"(?:^[ \t]*#[^\n]*\n){64,}", re.MULTILINE)
"""Comment lines in a row whose parse would take a time that grows with their number's square."""
_MAYBE_LONG_COMMENT = re.compile(rb"(?:\n[ \t]*+#[^\n]*+){62}")
"""Found wherever the former is, in a fraction of the time: it need not be tried at every byte."""
_NOT_A_LINE_END = re.compile(rb"[^\r\n]")


class Source:
    """One parsed text. `root` is the tree's first node; broken text gives ERROR nodes in it."""

    __slots__ = ("_line_bytes", "_lines", "_tree", "ascii", "data", "root", "text")

    def __init__(self, text: str, read: Callable[[bytes], Tree] | None = None) -> None:
        """Parse a text, by default as Python."""
        self.text = text if len(text) <= MAX_CHARS else ""
        self.ascii = self.text.isascii()
        self.data = self.text.encode("utf-8", "surrogatepass")
        self._tree = (read or _python_tree)(self.data)
        self.root: Node = self._tree.root_node
        self._lines: LineIndex | None = None
        self._line_bytes: list[int] = []

    def at(self, byte: int) -> int:
        """The code point at a byte; inside a character, the character's start."""
        if self.ascii:
            return min(max(byte, 0), len(self.text))
        lines, starts = self._index()
        line = max(bisect_right(starts, byte) - 1, 0)
        head = self.data[starts[line] : max(byte, 0)]
        return lines.start(line) + len(head.decode("utf-8", "ignore"))

    def byte(self, offset: int) -> int:
        """The byte at a code point, clamped to the text."""
        offset = min(max(offset, 0), len(self.text))
        if self.ascii:
            return offset
        lines, starts = self._index()
        line, column = lines.position(offset)
        start = lines.start(line)
        head = self.text[start : start + column]
        return starts[line] + len(head.encode("utf-8", "surrogatepass"))

    def span(self, node: Node) -> Span:
        """Where a node stands, in code points."""
        start = self.at(node.start_byte)
        return Span(start, max(start, self.at(node.end_byte)))

    def word(self, node: Node) -> str:
        """The characters of a node."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def node_at(self, offset: int, end: int | None = None) -> Node:
        """The smallest named node around a range; the root when there is none."""
        start = self.byte(offset)
        stop = start if end is None else max(self.byte(end), start)
        return self.root.named_descendant_for_byte_range(start, stop) or self.root

    def _index(self) -> tuple[LineIndex, list[int]]:
        if self._lines is None:
            self._lines = LineIndex(self.text)
            sizes = (len(line.encode("utf-8", "surrogatepass")) for line in self._lines.lines)
            self._line_bytes = [0, *accumulate(sizes)]
        return self._lines, self._line_bytes


@bounded_cache(KEPT_CHARS, lambda _source, text: len(text))
def parse(text: str) -> Source:
    """The tree of a text; the last few are kept."""
    return Source(text)


def parents(node: Node) -> Iterator[Node]:
    """The nodes around a node, from the inside out."""
    current = node.parent
    while current is not None:
        yield current
        current = current.parent


def captures(query: Query, node: Node) -> dict[str, list[Node]]:
    """What a query finds below a node, by capture name, each in the order of the text."""
    from tree_sitter import QueryCursor

    found = QueryCursor(query).captures(node)
    return {name: sorted(nodes, key=lambda n: n.start_byte) for name, nodes in found.items()}


@cache
def query(pattern: str) -> Query:
    """A compiled tree-sitter query."""
    from tree_sitter import Query

    return Query(loaded(PYTHON), pattern)


def _python_tree(data: bytes) -> Tree:
    """The tree lacks what is blanked out; bytes stay where they are."""
    return tree_of(without_long_comments(data), PYTHON)


def without_long_comments(data: bytes) -> bytes:
    """The text with long runs of comment lines as blanks of equal length.

    tree-sitter's scanner for Python looks through all the comments that follow, at each of them,
    and holds the interpreter lock meanwhile.
    """
    if data.count(b"#") < 64 or _MAYBE_LONG_COMMENT.search(data) is None:
        return data
    return _LONG_COMMENT.sub(lambda run: _NOT_A_LINE_END.sub(b" ", run.group()), data)
