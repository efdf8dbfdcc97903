"""Several syntax errors in one text: each repair alone still leaves a text that does not parse.

So the repairs are tried one after the other without being believed. When the text parses in the
end, each of them is proved by itself: all others carried out, it is the one that makes the text
parse.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.core.ids import new_id
from understudy.core.text import Edit, Span, after_spans, apply, in_order, moved
from understudy.engine.attempt import Ask, prove
from understudy.engine.checking import check, look_again
from understudy.engine.outcome import Status, takes_part
from understudy.engine.parsing import parses
from understudy.engine.problems import problems
from understudy.engine.record import begin, end
from understudy.engine.rules import Draft
from understudy.engine.run import problem_of, solve
from understudy.engine.subject import of_problem
from understudy.fixers import Proposal
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Outcome
    from understudy.engine.run import How
    from understudy.engine.services import Services
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MAX_REPAIRS = 25


@dataclass(frozen=True, slots=True)
class Mended:
    """A text that parses again.

    Attributes:
        view: the text with all repairs.
        outcomes: one for each repair; its view is the text with all repairs but this one.
        checks: what the checkers say about the mended text.
    """

    view: View
    outcomes: tuple[Outcome, ...]
    checks: tuple[CheckReport, ...]


async def mend(
    view: View,
    baseline: tuple[CheckReport, ...],
    services: Services,
    how: Callable[[tuple[CheckReport, ...]], How],
    wanted: Callable[[Diagnostic, View], bool],
) -> Mended | None:
    """Repair all syntax errors of a text that has several.

    Args:
        view: the text.
        baseline: what the checkers say about it.
        services: as for a run.
        how: makes the choices for a run on a text of which the checkers said this.
        wanted: whether a diagnostic of a text may be worked on; one that may not ends the attempt.

    Returns:
        None when there is nothing to repair here. When no way was found to make the text parse, or
        when a repair is not sure enough to be built on, the text as it was, with what was found out
        about the first error.
    """
    trail, failed, checks = await _follow(view, baseline, services, how, wanted)
    if not trail and failed is None:
        return None
    job = how(baseline).job
    mended = trail[-1].view.edited(_edits(trail[-1])) if trail else view
    proved = [*trail] if len(trail) == 1 else await _each_alone(trail, mended, services)
    mends = failed is None and parses(checks) is not False
    if mends and proved and all(map(takes_part, proved)):
        return Mended(mended, _recorded(proved, job, services), checks)
    first = _unproved(trail[0]) if trail else failed
    return Mended(view, _recorded([first] if first else [], job, services), baseline)


def _unproved(outcome: Outcome) -> Outcome:
    """The first repair, when the text stays as it was: it is no longer sure, if it seemed so."""
    if not takes_part(outcome):
        return outcome
    reason = "With this edit alone the file would still not parse."
    category = FailureCategory.SYNTAX_ERROR
    return replace(outcome, status=Status.WITHHELD, reason=reason, category=category)


async def _follow(
    view: View,
    reports: tuple[CheckReport, ...],
    services: Services,
    how: Callable[[tuple[CheckReport, ...]], How],
    wanted: Callable[[Diagnostic, View], bool],
) -> tuple[list[Outcome], Outcome | None, tuple[CheckReport, ...]]:
    """Repair one error after the other.

    Returns:
        The repairs, the run that found none (if one did), and what the checkers say in the end.
    """
    trail: list[Outcome] = []
    while parses(reports) is False and len(trail) < _MAX_REPAIRS:
        target = await asyncio.to_thread(_first_error, reports, view)
        if target is None or not await asyncio.to_thread(wanted, target, view):
            break
        outcome = await solve(view, target, services, how(reports))
        candidate = outcome.offered
        if candidate is None or candidate.comparison.target_gone is not True:
            return trail, outcome, reports
        trail.append(outcome)
        view = view.edited(candidate.edits)
        reports = await look_again(view, candidate.checks, services.settings)
    return trail, None, reports


async def _each_alone(trail: list[Outcome], mended: View, services: Services) -> list[Outcome]:
    """Every repair proved by itself; empty when that does not succeed for all of them."""
    found = [await _alone(trail, number, mended, services) for number in range(len(trail))]
    proved = [outcome for outcome in found if outcome is not None]
    return proved if len(proved) == len(trail) else []


def _recorded(outcomes: list[Outcome], job: str, services: Services) -> tuple[Outcome, ...]:
    """The outcomes as runs of the journal, each under an id of its own.

    All trials ran under the request's id, which only the first of the runs can keep.
    """
    runs = (*outcomes[:1], *(replace(each, run_id=new_id()) for each in outcomes[1:]))
    for outcome in runs:
        begin(outcome, job, services)
        end(outcome, services)
    return tuple(replace(each, attempts=()) for each in runs)


def _edits(outcome: Outcome) -> tuple[Edit, ...]:
    candidate = outcome.offered
    return candidate.edits if candidate is not None else ()


async def _alone(
    trail: list[Outcome], number: int, mended: View, services: Services
) -> Outcome | None:
    """One repair, proved where all the others are in place; None when that does not succeed."""
    outcome, later = trail[number], trail[number + 1 :]
    candidate = outcome.offered
    assert candidate is not None  # noqa: S101 - every step of the trail has one
    before = replace(mended, text=apply(mended.text, _undoing(outcome, later)))
    baseline = await check(before, services.settings)
    target = await asyncio.to_thread(_first_error, baseline, before)
    if target is None:
        return None
    proposal = Proposal(candidate.edits, candidate.why, safe=candidate.safe)
    ask = Ask(of_problem(problem_of(before, target)), candidate.model, baseline, services)
    again = await prove(ask, Draft(proposal, candidate.author, mended.text))
    attempts = (*outcome.attempts, again)
    found = replace(outcome, view=before, diagnostic=target, candidate=again)
    return replace(found, attempts=attempts, tried=len(attempts)) if takes_part(found) else None


def _first_error(reports: tuple[CheckReport, ...], view: View) -> Diagnostic | None:
    found = problems(reports, index=view.index)
    return next((one for one in found if is_syntax_error(one)), None)


def _undoing(outcome: Outcome, later: list[Outcome]) -> tuple[Edit, ...]:
    """Edits of the mended text that take one repair back."""
    candidate = outcome.offered
    assert candidate is not None  # noqa: S101 - as above
    back = []
    for edit, span in zip(in_order(candidate.edits), after_spans(candidate.edits), strict=True):
        start, stop = span.start, span.end
        for step in later:
            if step.offered is not None:
                start, stop = moved(start, step.offered.edits), moved(stop, step.offered.edits)
        old = edit.span.of(outcome.view.text)
        back.append(Edit(Span(start, max(start, stop)), old))
    return tuple(back)
