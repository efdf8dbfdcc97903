"""Conflict markers that a merge left behind: keep one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex
    from understudy.fixers import Problem


@dataclass(frozen=True, slots=True)
class _Conflict:
    """One conflict; the line numbers of its markers."""

    start: int
    ours_end: int
    middle: int
    end: int

    def ours(self, index: LineIndex) -> str:
        return index.text[index.start(self.start + 1) : index.start(self.ours_end)]

    def theirs(self, index: LineIndex) -> str:
        return index.text[index.start(self.middle + 1) : index.start(self.end)]


def propose(problem: Problem) -> Iterator[Proposal]:
    """One side of the conflict at the first syntax error, both with the same rank.

    An empty side is one like any other: somebody took the lines away. Of equal sides, one is
    proposed.
    """
    index = problem.view.index
    found = fault(problem.view.text)
    if found is None or "<<<<<<<" not in problem.view.text:
        return
    line = index.line_of(found.offset)
    conflicts = list(_conflicts(index))
    conflict = next((c for c in conflicts if c.start <= line <= c.end), None)
    if conflict is None and conflicts and problem.text[:1] in {"<", "=", ">"}:
        place = index.line_of(problem.diagnostic.span.start)
        conflict = next((c for c in conflicts if c.start <= place <= c.end), None)
    if conflict is not None:
        yield from repairs(problem.view.text, _sides(index, conflict))


def _sides(index: LineIndex, conflict: _Conflict) -> Iterator[Proposal]:
    ours, theirs = conflict.ours(index), conflict.theirs(index)
    span = Span(index.start(conflict.start), index.start(conflict.end + 1))
    if ours == theirs:
        yield Proposal((Edit(span, ours),), "Both sides of the conflict are the same.", safe=True)
        return
    yield Proposal((Edit(span, ours),), "Keeps our side of the conflict.")
    yield Proposal((Edit(span, theirs),), "Keeps their side of the conflict.")


def _conflicts(index: LineIndex) -> Iterator[_Conflict]:
    """The complete conflicts; with a base section (`|||||||`), ours ends in front of it."""
    start = ours_end = middle = None
    for line in range(len(index)):
        marker = _marker(index.content(line))
        if marker == "<":
            start, ours_end, middle = line, None, None
        elif marker == "|" and start is not None and middle is None:
            ours_end = line
        elif marker == "=" and start is not None and middle is None:
            middle = line
        elif marker == ">" and start is not None and middle is not None:
            yield _Conflict(start, middle if ours_end is None else ours_end, middle, line)
            start = None


def _marker(content: str) -> str:
    """The character of a marker line; empty for any other line."""
    head, behind = content[:7], content[7:8]
    return head[0] if head in {"<" * 7, "|" * 7, "=" * 7, ">" * 7} and behind in {"", " "} else ""


FIXER = Fixer(id="conflict_markers", matches=is_syntax_error, propose=propose)
