"""Take something out of a text without leaving an empty line behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex


def removal(index: LineIndex, span: Span) -> Edit:
    """Delete `span`, and the lines it stood on when nothing but white space is left of them."""
    first, last = index.line_of(span.start), index.line_of(span.end)
    before = index.text[index.start(first) : span.start]
    behind = index.text[span.end : index.start(last) + len(index.content(last))]
    if before.strip() or behind.strip():
        return Edit(span, "")
    return Edit(with_blank_lines(index, range(first, last + 1)), "")


def with_blank_lines(index: LineIndex, lines: range) -> Span:
    """Whole lines, and so many blank ones around them that the longer run of the two stays.

    Where the text begins or ends with them, no blank line stays.
    """
    above, below = lines.start, lines.stop
    while above and not index.content(above - 1).strip():
        above -= 1
    while below < len(index) and not index.content(below).strip():
        below += 1
    if above == 0:
        return Span(0, index.start(below) if below < len(index) else len(index.text))
    if below == len(index):
        return Span(index.start(above), index.start(lines.stop))
    surplus = min(lines.start - above, below - lines.stop)
    return Span(index.start(lines.start - surplus), index.start(lines.stop))
