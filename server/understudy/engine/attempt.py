"""One model, one problem: ask, apply in memory, check, judge."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from understudy.config.settings import OFFLINE_MODEL
from understudy.core.failures import FailureCategory
from understudy.core.ids import new_id
from understudy.core.minimise import minimise
from understudy.core.stopping import in_thread
from understudy.core.text import apply
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.dependents import lost_elsewhere
from understudy.engine.doubts import meant_elsewhere
from understudy.engine.evidence import BANDS, Band, Facts
from understudy.engine.follow_up import follow_up
from understudy.engine.outcome import Candidate
from understudy.engine.parsing import parses
from understudy.engine.rules import drafts
from understudy.engine.services import Event
from understudy.engine.weighing import among, weigh
from understudy.tasks import Done
from understudy.workspace.paths import place_on_disk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.failures import Failure
    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport, Comparison, Verdict
    from understudy.engine.rules import Draft
    from understudy.engine.services import Services
    from understudy.engine.subject import Subject
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
        failure: of the last model over the network, or why none was asked; None without any.
    """

    offered: Candidate | None = None
    withheld: Candidate | None = None
    reason: str = ""
    category: FailureCategory | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A subject put to a model, with what the checkers said before any edit.

    Attributes:
        tried: every candidate that was checked, in order. It grows while the model answers, so
            that nothing is lost when the answer is cut short.
    """

    subject: Subject
    model: str
    baseline: tuple[CheckReport, ...]
    services: Services
    tried: list[Candidate] = field(default_factory=list)


async def attempt(ask: Ask) -> Answer:
    """Let the offline model answer, and prove its candidates in rising rank.

    The first rank with exactly one provable candidate wins. Several of one rank that are proved
    equally well answer nothing: choosing among them would be a guess. So would be choosing in a
    rank of which `fix.max_candidates` lets only a part be checked; it is the last one looked at.
    """
    settings = ask.services.settings.fix
    problem = ask.subject.problem
    if problem is None:
        return Answer(
            reason=f"`{ask.model}` carries out no wishes.",
            category=FailureCategory.CAPABILITY_MISMATCH,
        )
    doubt = await asyncio.to_thread(meant_elsewhere, problem.diagnostic, ask.baseline)
    if doubt:
        return Answer(reason=doubt, category=FailureCategory.MISSING_CONTEXT)
    found = await in_thread(drafts, problem)
    if not settings.unsafe:
        found = [draft for draft in found if draft.proposal.safe]
    ranks = [[*group] for _, group in groupby(found, key=lambda draft: draft.proposal.rank)]
    return await _decide(ask, ranks)


async def _decide(ask: Ask, ranks: list[list[Draft]]) -> Answer:
    """The answer of the first rank that gives one; an edit for review only when no later does."""
    first, room = len(ask.tried), ask.services.settings.fix.max_candidates
    fallback: Answer | None = None
    for rank in ranks:
        candidates = await _prove_rank(ask, rank[:room])
        if proved := [candidate for candidate in candidates if _may_be_shown(candidate)]:
            answer = _choose(proved, len(rank), room)
            if answer.offered is None or answer.offered.verdict.band is not Band.REVIEW:
                return answer
            fallback = fallback or answer
        room -= len(rank)
        if room <= 0:
            break
    return fallback or _nothing(ask, ask.tried[first:])


def _choose(proved: Sequence[Candidate], size: int, room: int) -> Answer:
    """What is proved of one rank of `size` edits, of which at most `room` were checked."""
    if size > room:
        return _undecided(proved, size, room)
    chosen = _single_best(proved)
    return _ambiguous(proved) if chosen is None else Answer(offered=chosen)


async def _prove_rank(ask: Ask, rank: Sequence[Draft]) -> list[Candidate]:
    """The candidates of one rank, each judged in the knowledge of the others."""
    services = ask.services
    looked = []
    for draft in rank:
        looked.append(await prove(ask, draft))
        ask.tried.append(looked[-1])
    if len(looked) == 1:
        return looked
    shown = sum(map(_may_be_shown, looked))
    candidates = [
        await asyncio.to_thread(among, one, shown - 1, services) if _may_be_shown(one) else one
        for one in looked
    ]
    ask.tried[-len(candidates) :] = candidates
    return candidates


@dataclass(frozen=True, slots=True)
class _Trial:
    """A text carried out in memory, with what the checkers make of it."""

    after: View
    edits: tuple[Edit, ...]
    checks: tuple[CheckReport, ...]
    comparison: Comparison


async def prove(ask: Ask, draft: Draft) -> Candidate:
    """Carry a draft out in memory, let the checkers look at it, and judge what they say."""
    started = time.monotonic()
    ask.services.listen(Event(f"checking an edit by {draft.author}"))
    trial = await _try(ask, draft.after)
    for _ in range(_MAX_FOLLOW_UPS):
        more = follow_up(draft.author, trial.comparison)
        if not more:
            break
        trial = await _try(ask, apply(trial.after.text, more))
    facts, verdict = await asyncio.to_thread(_judged, ask, draft, trial)
    return Candidate(
        id=new_id(),
        edits=trial.edits,
        model=ask.model,
        author=draft.author,
        why=draft.proposal.why,
        safe=draft.proposal.safe,
        verdict=verdict,
        comparison=trial.comparison,
        checks=trial.checks,
        seconds=time.monotonic() - started,
        facts=facts,
    )


async def _try(ask: Ask, text: str) -> _Trial:
    after = replace(ask.subject.view, text=text)
    checks = await check(after, ask.services.settings)
    return await asyncio.to_thread(_compared, ask, after, checks)


def _compared(ask: Ask, after: View, checks: tuple[CheckReport, ...]) -> _Trial:
    """What changed. Off the event loop: for a long text it takes a while."""
    view = ask.subject.view
    edits = minimise(view.text, after.text)
    comparison = compare(ask.baseline, checks, view, edits, ask.subject.target)
    return _Trial(after, edits, checks, comparison)


def _judged(ask: Ask, draft: Draft, trial: _Trial) -> tuple[Facts, Verdict]:
    """The facts and the verdict on them. Reads the disk, so it runs off the event loop as well."""
    view, target, wish = ask.subject.view, ask.subject.target, ask.subject.wish
    task, done = ask.services.task, Done(view.text, trial.after.text, view.language)
    if wish is not None:
        told = (wish.about, wish.instruction, wish.selected)
        done = Done(view.text, trial.after.text, view.language, *told)
    facts = Facts(
        before=view,
        after=trial.after.text,
        edits=trial.edits,
        scope=ask.subject.scope,
        target=target,
        comparison=trial.comparison,
        checks=trial.checks,
        parsed_before=parses(ask.baseline),
        parses_after=parses(trial.checks, ask.baseline),
        prose=draft.prose,
        safe=draft.proposal.safe,
        place=place_on_disk(view.path, view.root),
        rule=draft.author if ask.model == OFFLINE_MODEL else "",
        who=(ask.model, ask.services.task.id, view.language),
        match=draft.match,
        risk=draft.risk,
        attempt=draft.attempt,
        flaw=task.flaw(done) if wish is not None else "",
        beyond=task.beyond(done) if wish is not None else "",
        elsewhere=_lost_elsewhere(ask, draft, trial),
        wished=ask.subject.scope if wish is not None and not wish.whole else (),
    )
    return weigh(facts, draft.author, ask.services)


def _lost_elsewhere(ask: Ask, draft: Draft, trial: _Trial) -> str:
    """What a model's edit takes from other files. What a built-in rule writes takes nothing."""
    if ask.model == OFFLINE_MODEL:
        return ""
    changed = {one.name for one in draft.others}
    view, services = ask.subject.view, ask.services
    return lost_elsewhere(view, trial.after.text, trial.edits, services, changed)


def _may_be_shown(candidate: Candidate) -> bool:
    return candidate.verdict.band is not Band.BLOCK


def _single_best(proved: Sequence[Candidate]) -> Candidate | None:
    """The candidate whose band no other one reaches; None when two share the best band."""
    best = min(BANDS.index(candidate.verdict.band) for candidate in proved)
    top = [found for found in proved if BANDS.index(found.verdict.band) == best]
    return top[0] if len(top) == 1 else None


def _ambiguous(proved: Sequence[Candidate]) -> Answer:
    return Answer(
        withheld=proved[0],
        reason=f"{len(proved)} different edits were proved equally well, so none is offered. "
        f"{_choices(proved)}",
        category=FailureCategory.MISSING_CONTEXT,
    )


def _undecided(proved: Sequence[Candidate], size: int, room: int) -> Answer:
    return Answer(
        withheld=proved[0],
        reason=f"Only {room} of {size} edits that are equally likely were checked "
        f"(`fix.max_candidates`), so none is offered, though {len(proved)} "
        f"{'was' if len(proved) == 1 else 'were'} proved. {_choices(proved)}",
        category=FailureCategory.MISSING_CONTEXT,
    )


def _choices(proved: Sequence[Candidate]) -> str:
    return " Or: ".join(candidate.why for candidate in proved[:3])


def _nothing(ask: Ask, tried: Sequence[Candidate]) -> Answer:
    if not tried:
        label = ask.subject.target.label if ask.subject.target else "this"
        return Answer(
            reason=f"`{ask.model}` knows no edit for {label}.",
            category=FailureCategory.CAPABILITY_MISMATCH,
        )
    withheld = tried[0]
    stops = withheld.verdict.hard_stops
    against = [reason for reason in withheld.verdict.reasons if reason.value == 0]
    why = " ".join(stops) or " ".join(reason.evidence for reason in against[:2])
    return Answer(
        withheld=withheld,
        reason=f"None of {len(tried)} candidate edits could be proved. {why}".strip(),
        category=FailureCategory.LINT_FAILURE,
    )
