"""The offline model `builtin/rules`: every fixer that knows something about a problem."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.stopping import StoppedError, go_on
from understudy.core.text import OverlappingEditsError, apply
from understudy.fixers import all_fixers
from understudy.reading import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.engine.other_files import Other
    from understudy.fixers import Fixer, Problem, Proposal
    from understudy.reading import Risk

log = logging.getLogger("understudy.engine")

_MAX_PROPOSALS = 24
"""What one fixer may propose for one diagnostic; the rest is not looked at."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal that applies, with the text it leads to.

    Attributes:
        prose: what a model wrote beside the code.
        match / risk: how the edit's place was found, and what reading the reply risked.
        attempt: counts the askings of the model for this problem, from 1.
        others: what becomes of further documents.
    """

    proposal: Proposal
    author: str
    after: str
    prose: str = ""
    match: Match = Match.GIVEN
    risk: Risk = "none"
    attempt: int = 1
    others: tuple[Other, ...] = ()


def drafts(problem: Problem) -> list[Draft]:
    """All distinct texts that the fixers would make of the problem's document, by rising rank.

    When several fixers lead to one text, the one with the lowest rank is named. One that breaks is
    logged, and what it proposed until then counts.

    Raises:
        StoppedError: when nobody waits for the answer any more.
    """
    found: list[Draft] = []
    for fixer in all_fixers().values():
        try:
            found += _drafts_of(fixer, problem)
        except StoppedError:
            raise
        except Exception:  # the door of a fixer: one that breaks never hides the others
            log.exception("The fixer %s failed.", fixer.id)
    found.sort(key=lambda draft: draft.proposal.rank)
    seen = {problem.view.text}
    distinct = []
    for draft in found:
        if draft.after not in seen:
            seen.add(draft.after)
            distinct.append(draft)
    return distinct


def _drafts_of(fixer: Fixer, problem: Problem) -> Iterator[Draft]:
    if fixer.languages is not None and problem.view.language not in fixer.languages:
        return
    go_on()
    if not fixer.matches(problem.diagnostic):
        return
    left = _MAX_PROPOSALS
    for proposal in fixer.propose(problem):
        go_on()
        try:
            after = apply(problem.view.text, proposal.edits)
        except (OverlappingEditsError, ValueError):
            continue
        yield Draft(proposal, fixer.id, after)
        left -= 1
        if not left:
            return
