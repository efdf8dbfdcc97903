"""What a failed attempt leaves for the next question: what checkers said, and the lines that are meant."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.text import moved
from understudy.engine.identity import same_matter
from understudy.prompt.pieces import Excerpt

if TYPE_CHECKING:
    from understudy.engine.outcome import Candidate
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MARGIN = 1
"""Lines above and below those that are marked: enough to know them by."""
_MOST_LINES = 8
_MOST_MESSAGE = 1_200
_NAME = re.compile(r"[^\W\d]\w{0,80}")


def found_in(candidate: Candidate, target: Diagnostic | None) -> tuple[Diagnostic, ...]:
    """What stands against a candidate, in code points of its text: what it brought, or the target.

    Args:
        candidate: as it was proved.
        target: the problem that was to go; None where there was none.
    """
    comparison = candidate.comparison
    if comparison.new or target is None or comparison.target_gone is not False:
        return comparison.new
    place = moved(target.span.start, candidate.edits)
    there = [
        one for report in candidate.checks for one in report.diagnostics if same_matter(one, target)
    ]
    return tuple(sorted(there, key=lambda one: abs(one.span.start - place))[:1])


def excerpt_of(after: View, found: Diagnostic) -> Excerpt:
    """As little of a text as shows what a finding is about, with the finding's own words.

    Args:
        after: the document with the text that it was found in.
        found: the finding.
    """
    lines = lines_meant(after, found)
    index = after.index
    message = found.message
    if len(message) > _MOST_MESSAGE:
        message = message[: message.rfind("\n", 0, _MOST_MESSAGE) + 1] or message[:_MOST_MESSAGE]
    return Excerpt(
        source=found.source,
        code=found.code,
        message=message,
        line=index.line_of(min(found.span.start, len(after.text))) + 1,
        first=lines.start + 1,
        last=lines.stop,
        text="".join(index.lines[line] for line in lines),
    )


def lines_meant(after: View, found: Diagnostic) -> range:
    """The lines that a finding marks, a few of them when it marks many, and those next to them."""
    index, end = after.index, len(after.text)
    span = replace(found.span, start=min(found.span.start, end), end=min(found.span.end, end))
    marked = index.lines_of(span)
    stop = min(marked.stop, marked.start + _MOST_LINES)
    return range(max(marked.start - _MARGIN, 0), min(stop + _MARGIN, len(index)))


def names_meant(after: View, found: Diagnostic) -> frozenset[str]:
    """The names in the lines that a finding marks, and in its message."""
    lines = lines_meant(after, found)
    inner = lines[_MARGIN if lines.start else 0 :]
    text = "".join(after.index.lines[line] for line in inner[: _MOST_LINES + 1])
    return names_in(text) | names_in(found.message[:_MOST_MESSAGE])


def names_in(text: str) -> frozenset[str]:
    """All words of a text that could be names."""
    return frozenset(_NAME.findall(text))
