"""What a diagnostic proposes itself: a linter's fix, a compiler's "did you mean"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.fixers import Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem
    from understudy.workspace.diagnostics import Diagnostic

_ASKS = re.compile(r"\bdid you (?!mean)", re.IGNORECASE)
"""A question about what the author wants; a suggestion that stands beside it only guesses."""


def matches(diagnostic: Diagnostic) -> bool:
    """Whether the diagnostic carries a suggestion and does not ask what was wanted."""
    return bool(diagnostic.suggestions) and not _ASKS.search(diagnostic.message)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Each suggestion exactly as it was made, unless it reaches past the end of the text."""
    source = problem.diagnostic.source or "the tool"
    for suggestion in problem.diagnostic.suggestions:
        ends = [edit.span.end for edit in suggestion.edits]
        if not ends or max(ends) > len(problem.view.text):
            continue
        if not _ASKS.search(suggestion.title):
            yield Proposal(
                suggestion.edits,
                f"{source} suggests: {suggestion.title.rstrip(' .?!')}.",
                rank=0.0 if suggestion.safe else 0.5,
                safe=suggestion.safe,
            )


FIXER = Fixer(id="suggested", matches=matches, propose=propose, languages=None)
