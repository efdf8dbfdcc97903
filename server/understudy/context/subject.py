"""What a diagnostic is about: the names in its message and where they stand in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Span

if TYPE_CHECKING:
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_QUOTED = re.compile(r"""\"([^"\n]+)\"|`([^`\n]+)`|(?<!\w)'([^'\n]+)'(?!\w)""")


def quoted(diagnostic: Diagnostic) -> tuple[str, ...]:
    """The parts of a message in quotes or backticks, in order."""
    found = _QUOTED.finditer(diagnostic.message[:5_000])
    return tuple(match[match.lastindex or 0] for match in found)


def find_word(view: View, span: Span, word: str) -> Span | None:
    """Where `word` stands: the span itself, inside it, or else on its first line.

    Tools mark the name, the expression, or only the statement, so all three are tried.
    """
    text = view.text
    if span.end <= len(text) and span.of(text) == word:
        return span
    if not word:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    line = view.index.line_span(view.index.line_of(span.start))
    for within in (span, Span(span.start, max(line.end, span.start)), line):
        found = pattern.search(text, within.start, min(within.end, len(text)))
        if found is not None:
            return Span(found.start(), found.end())
    return None


def undefined_name(view: View, diagnostic: Diagnostic) -> tuple[str, Span] | None:
    """The name that a diagnostic calls undefined, and where it stands."""
    marked = diagnostic.span.of(view.text)
    names = [name for name in quoted(diagnostic) if name.isidentifier()]
    for name in (*names[:1], marked):
        if name.isidentifier():
            span = find_word(view, diagnostic.span, name)
            if span is not None:
                return name, span
    return None
