"""The offline model `builtin/rules`: every fixer that knows something about a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.text import OverlappingEditsError, apply
from understudy.fixers import all_fixers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.fixers import Fixer, Problem, Proposal

_MAX_PROPOSALS = 24
"""What one fixer may propose for one diagnostic; the rest is not looked at."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal that applies, with the text it leads to."""

    proposal: Proposal
    author: str
    after: str


def drafts(problem: Problem) -> list[Draft]:
    """All distinct texts that the fixers would make of the problem's document, by rising rank.

    When several fixers lead to one text, the one with the lowest rank is named.
    """
    found: list[Draft] = []
    for fixer in fixers_for(problem):
        found += _drafts_of(fixer, problem)
    found.sort(key=lambda draft: draft.proposal.rank)
    seen = {problem.view.text}
    distinct = []
    for draft in found:
        if draft.after not in seen:
            seen.add(draft.after)
            distinct.append(draft)
    return distinct


def fixers_for(problem: Problem) -> Iterable[Fixer]:
    """The fixers that know the language and the diagnostic."""
    for fixer in all_fixers().values():
        if fixer.languages is not None and problem.view.language not in fixer.languages:
            continue
        if fixer.matches(problem.diagnostic):
            yield fixer


def _drafts_of(fixer: Fixer, problem: Problem) -> list[Draft]:
    found = []
    for proposal in fixer.propose(problem):
        try:
            after = apply(problem.view.text, proposal.edits)
        except (OverlappingEditsError, ValueError):
            continue
        found.append(Draft(proposal, fixer.id, after))
        if len(found) == _MAX_PROPOSALS:
            break
    return found
