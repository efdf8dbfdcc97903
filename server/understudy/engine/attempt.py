"""One model, one problem: ask, apply in memory, check, judge."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.core.ids import new_id
from understudy.core.minimise import minimise
from understudy.core.text import apply
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.doubts import meant_elsewhere
from understudy.engine.evidence import Band, Facts
from understudy.engine.follow_up import follow_up
from understudy.engine.gate import judge
from understudy.engine.outcome import Candidate
from understudy.engine.parsing import parses
from understudy.engine.rules import drafts
from understudy.engine.scope import scope_of
from understudy.engine.services import Event
from understudy.workspace.paths import place_on_disk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport, Comparison
    from understudy.engine.rules import Draft
    from understudy.engine.services import Services
    from understudy.fixers import Problem
    from understudy.workspace.view import View

_MAX_FOLLOW_UPS = 10
"""How many fixes of a tool may follow one edit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one model made of a problem.

    Attributes:
        offered: the candidate that may be shown; None when there is none.
        withheld: the best candidate that may not be shown.
        reason: why nothing is offered, as a sentence.
        tried: how many candidates were checked.
    """

    offered: Candidate | None = None
    withheld: Candidate | None = None
    reason: str = ""
    category: FailureCategory | None = None
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """A problem put to a model, with what the checkers said before any edit."""

    problem: Problem
    task: str
    model: str
    baseline: tuple[CheckReport, ...]
    services: Services


async def attempt(ask: Ask) -> Answer:
    """Let the offline model answer, and prove its candidates in rising rank.

    The first rank with exactly one provable candidate wins. Several of one rank that are proved
    equally well answer nothing: choosing among them would be a guess.
    """
    settings = ask.services.settings.fix
    doubt = meant_elsewhere(ask.problem.diagnostic, ask.baseline)
    if doubt:
        return Answer(reason=doubt, category=FailureCategory.MISSING_CONTEXT)
    found = await asyncio.to_thread(drafts, ask.problem)
    if not settings.unsafe:
        found = [draft for draft in found if draft.proposal.safe]
    best_withheld: Candidate | None = None
    fallback: Candidate | None = None
    tried = 0
    wanted = islice(found, settings.max_candidates)
    for _, group in groupby(wanted, key=lambda draft: draft.proposal.rank):
        candidates = [await prove(ask, draft) for draft in group]
        tried += len(candidates)
        proved = [candidate for candidate in candidates if _may_be_shown(candidate)]
        if len(proved) > 1 and (chosen := _single_best(proved)) is None:
            return _ambiguous(proved, tried)
        if proved:
            chosen = _single_best(proved)
            if chosen is not None and chosen.verdict.band is not Band.REVIEW:
                return Answer(offered=chosen, tried=tried)
            fallback = fallback or chosen
        best_withheld = best_withheld or next(iter(candidates), None)
    if fallback is not None:
        return Answer(offered=fallback, tried=tried)
    return _nothing(ask, best_withheld, tried)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A text carried out in memory, with what the checkers make of it."""

    after: View
    edits: tuple[Edit, ...]
    checks: tuple[CheckReport, ...]
    comparison: Comparison


async def prove(ask: Ask, draft: Draft) -> Candidate:
    """Carry a draft out in memory, let the checkers look at it, and judge what they say."""
    view, target = ask.problem.view, ask.problem.diagnostic
    ask.services.listen(Event(f"checking an edit by {draft.author}"))
    trial = await _try(ask, draft.after)
    for _ in range(_MAX_FOLLOW_UPS):
        more = follow_up(draft.author, trial.comparison)
        if not more:
            break
        trial = await _try(ask, apply(trial.after.text, more))
    facts = Facts(
        before=view,
        after=trial.after.text,
        edits=trial.edits,
        scope=scope_of(view, target.span),
        target=target,
        comparison=trial.comparison,
        checks=trial.checks,
        parsed_before=parses(ask.baseline),
        parses_after=parses(trial.checks),
        kept=ask.services.past.kept(ask.model, ask.task, view.language, draft.author),
        safe=draft.proposal.safe,
        place=await asyncio.to_thread(place_on_disk, view.path, view.root),
    )
    return Candidate(
        id=new_id(),
        edits=trial.edits,
        model=ask.model,
        author=draft.author,
        why=draft.proposal.why,
        safe=draft.proposal.safe,
        verdict=judge(facts, ask.services.settings.gate),
        comparison=trial.comparison,
        checks=trial.checks,
    )


async def _try(ask: Ask, text: str) -> _Trial:
    view = ask.problem.view
    edits = minimise(view.text, text)
    after = view.edited(edits)
    checks = await check(after, ask.services.settings)
    comparison = compare(ask.baseline, checks, view, edits, ask.problem.diagnostic)
    return _Trial(after, edits, checks, comparison)


def _may_be_shown(candidate: Candidate) -> bool:
    """The offline model shows no edit that leaves a new problem, not even for review."""
    return candidate.verdict.band is not Band.BLOCK and not candidate.comparison.new


def _single_best(proved: Sequence[Candidate]) -> Candidate | None:
    """The candidate whose band no other one reaches; None when two share the best band."""
    order = (Band.AUTO, Band.CONFIRM, Band.REVIEW)
    best = min(order.index(candidate.verdict.band) for candidate in proved)
    top = [found for found in proved if order.index(found.verdict.band) == best]
    return top[0] if len(top) == 1 else None


def _ambiguous(proved: Sequence[Candidate], tried: int) -> Answer:
    choices = " Or: ".join(candidate.why for candidate in proved[:3])
    return Answer(
        withheld=proved[0],
        reason=f"{len(proved)} different edits were proved equally well, so none is offered. "
        f"{choices}",
        category=FailureCategory.MISSING_CONTEXT,
        tried=tried,
    )


def _nothing(ask: Ask, withheld: Candidate | None, tried: int) -> Answer:
    label = ask.problem.diagnostic.label
    if withheld is None:
        return Answer(
            reason=f"`{ask.model}` knows no edit for {label}.",
            category=FailureCategory.CAPABILITY_MISMATCH,
        )
    stops = withheld.verdict.hard_stops
    against = [reason for reason in withheld.verdict.reasons if reason.value == 0]
    why = " ".join(stops) or " ".join(reason.evidence for reason in against[:2])
    return Answer(
        withheld=withheld,
        reason=f"None of {tried} candidate edits could be proved. {why}".strip(),
        category=FailureCategory.LINT_FAILURE,
        tried=tried,
    )
