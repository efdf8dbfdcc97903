"""The block of code around some lines, in any language and in broken text.

A grammar tells it, if there is one for the language; else indentation does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.bounded_tree import read_tree
from understudy.context.syntax import parents
from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source
    from understudy.core.lines import LineIndex

MOST_LINES = 120
"""A block is not made larger than this for the sake of being whole."""

_MOST_LINES_BY_GRAMMAR = 80
"""A symbol is whole, so that fewer lines do."""

MOST_CHARS = 12_000
"""Nor larger than this: one line may be as long as a file."""

_WHOLE_FILE = 60
"""A file of so few lines is one block."""

_MARGIN = 8
"""Lines on either side where no block of a fitting size is found."""
_MOST_BESIDE = 2_000
"""So many characters these lines have at most on each side."""

_CLOSERS = (")", "]", "}", "end", "fi", "done", "esac", "</")
_ABOVE = ("@", "#[", "//", "/*", "*", "# ", "--")
"""Decorators, attributes and comments that belong to the definition below them."""


def block_around(
    index: LineIndex, lines: range, most: int = MOST_LINES, grammar: Grammar | None = None
) -> range:
    """The lines around some lines that belong together, no more than `most`.

    A short text is one block. No block is made longer than `MOST_CHARS` characters. With a grammar, it is the smallest symbol that holds the lines, such as
    a method, else the outermost statement. Without one, and where it knows none of a fitting size or
    can't read the text, it is the outermost block by indentation.

    Args:
        index: the text's lines.
        lines: at least one line; they are always part of the result.
        most: how many lines the block may have.
        grammar: of the text's language, with the nodes that are pieces of code.
    """
    last_line = len(index) - (not index.content(len(index) - 1))
    if last_line <= min(_WHOLE_FILE, most) and _fits(index, range(last_line), most):
        return range(max(last_line, lines.stop))
    if grammar is not None:
        found = _by_grammar(index, lines, min(most, _MOST_LINES_BY_GRAMMAR), grammar)
        if found is not None:
            return found
    blocks = [_from(index, header) for header in _headers(index, lines.start)]
    fitting = [block for block in blocks if _fits(index, block, most) and _holds(block, lines)]
    return fitting[-1] if fitting else _with_margin(index, lines)


def symbol_around(index: LineIndex, lines: range, grammar: Grammar) -> range | None:
    """The smallest symbol, or largest statement, around some lines; None where there is none."""
    return _by_grammar(index, lines, _MOST_LINES_BY_GRAMMAR, grammar)


def _by_grammar(index: LineIndex, lines: range, most: int, grammar: Grammar) -> range | None:
    """The lines of the smallest fitting symbol, else of the largest fitting statement."""
    try:
        source = read_tree(index.text, grammar)
    except UnavailableError:
        return None
    statement: range | None = None
    for node in _around(source, index, lines):
        if node.type not in grammar.symbols and node.type not in grammar.blocks:
            continue
        whole = _lines_of(source, index, _with_wrapper(node, grammar))
        if whole is None or not _fits(index, whole, most) or not _holds(whole, lines):
            continue
        if node.type in grammar.symbols:
            return whole
        statement = whole
    return statement


def _around(source: Source, index: LineIndex, lines: range) -> Iterator[Node]:
    """The nodes that hold all of the lines but blanks, from the inside out."""
    start, end = index.start(lines.start), index.start(lines.stop)
    marked = index.text[start:end]
    if not marked.strip():
        return
    start += len(marked) - len(marked.lstrip())
    end -= len(marked) - len(marked.rstrip())
    node = source.node_at(start, end)
    yield node
    yield from parents(node)


def _fits(index: LineIndex, block: range, most: int) -> bool:
    return len(block) <= most and _chars(index, block.start, block.stop) <= MOST_CHARS


def _with_margin(index: LineIndex, lines: range) -> range:
    """Some lines with those beside them, as far as these are of a usual length."""
    start, stop = lines.start, lines.stop
    above = range(start - 1, max(start - _MARGIN, 0) - 1, -1)
    below = range(stop, min(stop + _MARGIN, len(index)))
    start = next(
        (at + 1 for at in above if _chars(index, at, start) > _MOST_BESIDE), above.stop + 1
    )
    stop = next((at for at in below if _chars(index, stop, at + 1) > _MOST_BESIDE), below.stop)
    return range(start, max(stop, lines.stop))


def _chars(index: LineIndex, start: int, stop: int) -> int:
    return index.start(stop) - index.start(start)


def _holds(block: range, lines: range) -> bool:
    return block.start <= lines.start and lines.stop <= block.stop


def _with_wrapper(node: Node, grammar: Grammar) -> Node:
    """A symbol with what makes it a larger one: decorators, `export`, `template`."""
    parent = node.parent
    if parent is None or parent.end_byte != node.end_byte or parent.type not in grammar.symbols:
        return node
    return _with_wrapper(parent, grammar)


def _lines_of(source: Source, index: LineIndex, node: Node) -> range | None:
    """A node's lines and the comments above; None if it begins within another piece of code."""
    span = source.span(node)
    lines = index.lines_of(span)
    start, stop = lines.start, lines.stop
    if any(mark in index.text[index.start(start) : span.start] for mark in "()[]{};"):
        return None
    while stop > start + 1 and not index.content(stop - 1).strip():
        stop -= 1
    return range(_with_above(index, start), stop)


def _headers(index: LineIndex, line: int) -> Iterator[int]:
    """The line, and those above it that stand further out, from the inside out."""
    while line and not index.content(line).strip():
        line -= 1
    yield line
    depth = _depth(index, line)
    for above in range(line - 1, -1, -1):
        if depth == 0:
            return
        content = index.content(above).strip()
        if content and _depth(index, above) < depth and not content.startswith(_CLOSERS):
            depth = _depth(index, above)
            yield above


def _from(index: LineIndex, header: int) -> range:
    """A header with all that stands deeper, the line that closes it, and what belongs above it."""
    depth = _depth(index, header)
    stop = header + 1
    for line in range(header + 1, len(index)):
        content = index.content(line).strip()
        if not content:
            continue
        if _depth(index, line) > depth:
            stop = line + 1
            continue
        if content.startswith(_CLOSERS) and _depth(index, line) == depth:
            # A line such as `) -> int:` or `} else {` closes one part and opens the next.
            stop = line + 1
            if content.endswith((":", "{", "(", "[")):
                continue
        break
    return range(_with_above(index, header), stop)


def _with_above(index: LineIndex, header: int) -> int:
    """The first line of what belongs above a definition."""
    start, depth = header, _depth(index, header)
    while start and index.content(start - 1).strip().startswith(_ABOVE):
        if _depth(index, start - 1) != depth:
            break
        start -= 1
    return start


def _depth(index: LineIndex, line: int) -> int:
    content = index.content(line).expandtabs(4)
    return len(content) - len(content.lstrip())
