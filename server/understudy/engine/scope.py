"""Which part of a document a fix may touch, and which part a model may write anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.block import block_around, symbol_around
from understudy.core.markup import MARKUP
from understudy.core.text import Span
from understudy.languages import grammar_of
from understudy.reading.enclosing import enclosing

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex
    from understudy.workspace.view import View

_MARGIN = 3
"""Lines above and below the marked ones that belong to the scope in any case: compilers often
report a missing bracket on a later line."""


def block_of(view: View, span: Span) -> range:
    """The lines around `span` that belong together. Parses the text, unless that was done before.

    Within a fence of a Markdown text, these are the lines of the fence.
    """
    index = view.index
    lines = index.lines_of(span)
    if view.language in MARKUP:
        text = [index.content(number) for number in range(len(index))]
        if (around := enclosing(text, lines)) is not None:
            return around.lines
    return block_around(index, lines, grammar=grammar_of(view.language))


def symbol_of(view: View, lines: range) -> range | None:
    """The lines of the smallest symbol around `lines`; None where they are in none."""
    grammar = grammar_of(view.language)
    return symbol_around(view.index, lines, grammar) if grammar is not None else None


def scope_of(view: View, span: Span) -> tuple[Span, ...]:
    """The top-level block around `span`, told by indentation, and a few lines on either side."""
    index = view.index
    lines = index.lines_of(Span(min(span.start, len(view.text)), min(span.end, len(view.text))))
    first, last = lines.start, max(lines.start, lines.stop - 1)
    while first > 0 and not _starts_block(index, first):
        first -= 1
    while last + 1 < len(index) and not _starts_block(index, last + 1):
        last += 1
    first = min(first, max(lines.start - _MARGIN, 0))
    last = max(last, min(lines.stop - 1 + _MARGIN, len(index) - 1))
    return (Span(index.start(first), index.start(last + 1)),)


def _starts_block(index: LineIndex, line: int) -> bool:
    content = index.content(line)
    return bool(content) and not content[0].isspace() and content[0] not in ")]}#"
