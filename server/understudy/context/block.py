"""The block of code around some lines, told by indentation, in any language and in broken text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex

MOST_LINES = 120
"""A block is not made larger than this for the sake of being whole."""

_WHOLE_FILE = 60
"""A file of so few lines is one block."""

_MARGIN = 8
"""Lines on either side where no block of a fitting size is found."""

_CLOSERS = (")", "]", "}", "end", "fi", "done", "esac", "</")
_ABOVE = ("@", "#[", "//", "/*", "*", "# ", "--")
"""Decorators, attributes and comments that belong to the definition below them."""


def block_around(index: LineIndex, lines: range, most: int = MOST_LINES) -> range:
    """The outermost block that holds the lines and is no longer than `most`.

    Args:
        index: the text's lines.
        lines: at least one line; they are always part of the result.
        most: how many lines the block may have.
    """
    last_line = len(index) - (not index.content(len(index) - 1))
    if last_line <= min(_WHOLE_FILE, most):
        return range(max(last_line, lines.stop))
    blocks = [_from(index, header) for header in _headers(index, lines.start)]
    fitting = [
        block
        for block in blocks
        if len(block) <= most and block.start <= lines.start and lines.stop <= block.stop
    ]
    if fitting:
        return fitting[-1]
    start = max(lines.start - _MARGIN, 0)
    return range(start, min(lines.stop + _MARGIN, len(index)))


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
    start = header
    while start and index.content(start - 1).strip().startswith(_ABOVE):
        if _depth(index, start - 1) != depth:
            break
        start -= 1
    return range(start, stop)


def _depth(index: LineIndex, line: int) -> int:
    content = index.content(line).expandtabs(4)
    return len(content) - len(content.lstrip())
