"""What a diagnostic proposes itself: a linter's fix, a compiler's "did you mean"."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.context.overloaded import may_be_overloaded
from understudy.fixers import Fixer, Proposal
from understudy.workspace.removal import with_blank_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
    from understudy.fixers import Problem
    from understudy.workspace.diagnostics import Diagnostic

_ASKS = re.compile(r"\bdid you (?!mean)", re.IGNORECASE)
"""A question about what the author wants; a suggestion that stands beside it only guesses."""
_COMPARISONS = frozenset({"E711", "E712"})
"""Rules that would have `is` for `==`."""


def matches(diagnostic: Diagnostic) -> bool:
    """Whether the diagnostic carries a suggestion and does not ask what was wanted."""
    return bool(diagnostic.suggestions) and not _ASKS.search(diagnostic.message)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Each suggestion as it was made, unless it reaches past the end of the text."""
    source = problem.diagnostic.source or "the tool"
    for suggestion in problem.diagnostic.suggestions:
        ends = [edit.span.end for edit in suggestion.edits]
        if not ends or max(ends) > len(problem.view.text):
            continue
        if not suggestion.safe and _changes_more(problem, suggestion.edits):
            continue
        if not _ASKS.search(suggestion.title):
            yield Proposal(
                _tidied(problem.view.index, suggestion.edits),
                f"{source} suggests: {suggestion.title.rstrip(' .?!')}.",
                rank=0.0 if suggestion.safe else 0.5,
                safe=suggestion.safe,
            )


def _tidied(index: LineIndex, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits; where whole lines go and nothing else, without blank lines that would stand twice."""
    if len(edits) != 1 or edits[0].text or not edits[0].span.of(index.text).strip():
        return edits
    (edit,) = edits
    removed = edit.span.of(index.text)
    begins = edit.span.start == index.start(index.line_of(edit.span.start))
    if not begins or not removed.endswith(("\n", "\r")):
        return edits
    return (replace(edit, span=with_blank_lines(index, index.lines_of(edit.span))),)


def _changes_more(problem: Problem, edits: tuple[Edit, ...]) -> bool:
    """Whether an edit that its own tool calls unsafe takes more away than it is about.

    To remove `print(area(3))` removes the call of `area`; and `==` may be a library's own.
    """
    text, about = problem.view.text, problem.diagnostic
    if about.code in _COMPARISONS and may_be_overloaded(text, about.span):
        return True
    return any(not edit.text.strip() and _does_work(edit.span.of(text)) for edit in edits)


def _does_work(removed: str) -> bool:
    """Whether a removed statement, a call itself, calls or awaits something for its arguments."""
    try:
        body = ast.parse(removed.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    kinds = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
    return any(
        isinstance(each, ast.Expr) and sum(isinstance(node, kinds) for node in ast.walk(each)) > 1
        for each in body
    )


FIXER = Fixer(id="suggested", matches=matches, propose=propose, languages=None)
