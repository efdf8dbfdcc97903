"""Take something out of a text without leaving an empty line behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex


def removal(index: LineIndex, span: Span) -> Edit:
    """Delete `span`, and the lines it stood on when nothing but white space is left of them.

    An empty line goes too where two would meet, or where the text would begin with one.
    """
    first, last = index.line_of(span.start), index.line_of(span.end)
    before = index.text[index.start(first) : span.start]
    behind = index.text[span.end : index.start(last) + len(index.content(last))]
    if before.strip() or behind.strip():
        return Edit(span, "")
    stop = last + 1
    above_is_empty = first == 0 or not index.content(first - 1).strip()
    if above_is_empty and stop < len(index) - 1 and not index.content(stop).strip():
        stop += 1
    return Edit(Span(index.start(first), index.start(stop)), "")
