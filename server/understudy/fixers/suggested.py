"""What a diagnostic proposes itself: a linter's fix, a compiler's "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.fixers import Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem
    from understudy.workspace.diagnostics import Diagnostic


def matches(diagnostic: Diagnostic) -> bool:
    """Whether the diagnostic carries a suggestion."""
    return bool(diagnostic.suggestions)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Each suggestion exactly as it was made, unless it reaches past the end of the text."""
    source = problem.diagnostic.source or "the tool"
    for suggestion in problem.diagnostic.suggestions:
        ends = [edit.span.end for edit in suggestion.edits]
        if ends and max(ends) <= len(problem.view.text):
            yield Proposal(
                suggestion.edits,
                f"{source} suggests: {suggestion.title.rstrip('.')}.",
                rank=0.0 if suggestion.safe else 0.5,
                safe=suggestion.safe,
            )


FIXER = Fixer(id="suggested", matches=matches, propose=propose, languages=None)
