"""Prove an edit of several documents: each in the knowledge of all, and all or nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.ids import new_id
from understudy.core.text import Span
from understudy.engine.attempt import prove
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.dependents import lost_elsewhere
from understudy.engine.evidence import BANDS, Band, Comparison, Facts, Reason, Verdict
from understudy.engine.gate import total
from understudy.engine.gate_weights import RIGHT
from understudy.engine.outcome import Candidate
from understudy.engine.parsing import parses
from understudy.engine.services import Event
from understudy.engine.weighing import weigh
from understudy.engine.will import Will, beside_of
from understudy.tasks import Done
from understudy.workspace.paths import place_on_disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.config.settings import GateSettings
    from understudy.engine.attempt import Ask
    from understudy.engine.evidence import CheckReport
    from understudy.engine.other_files import Other
    from understudy.engine.rules import Draft
    from understudy.engine.services import Services

_LOOKS_CLOSELY = 0.05
"""How far below the scores for confirmation an edit stays of which a part can't be proved."""


async def prove_many(ask: Ask, draft: Draft) -> Candidate:
    """Carry out a draft that changes several documents in memory, and judge all of it together.

    Every document is checked with the others as they will be. The verdict is that of the worst:
    one that no longer parses, or has a new finding, stops the whole edit.
    """
    started = time.monotonic()
    view = ask.subject.view
    main = None
    if draft.after != view.text:
        own = replace(view, beside=beside_of(view, Will(view, view.text, draft.others)))
        mine = replace(ask, subject=replace(ask.subject, view=own))
        main = await prove(mine, replace(draft, others=()))
    will = Will(view, draft.after, draft.others)
    others = tuple([await _proved(other, will, draft, ask) for other in draft.others])
    if main is None:
        main = _only_others(ask, draft, others)
    verdict = verdict_of(None if not main.edits else main.verdict, others)
    seconds = time.monotonic() - started
    return replace(main, others=others, verdict=verdict, seconds=seconds)


def verdict_of(main: Verdict | None, others: Iterable[Other]) -> Verdict:
    """The verdict on an edit of several documents: the worst of each (`gate.total`).

    Args:
        main: on the document that was asked about; None where its text stays.
        others: at least one, proved.
    """
    each = [one.verdict for one in others if one.verdict is not None]
    return total([*([main] if main is not None else []), *each])


def judged(other: Other, author: str, services: Services) -> Other:
    """The document with the verdict on it. Reads the disk."""
    settings = services.settings.gate
    if other.facts is None:
        return replace(other, verdict=_unseen(other, settings))
    facts, verdict = weigh(other.facts, author, services)
    if other.is_new and (other.facts.tests is None or not other.facts.tests.is_good):
        # A file that is not there has no lines that could break, but nobody proved what it does.
        verdict = replace(verdict, score=min(verdict.score, RIGHT))
    return replace(other, facts=facts, verdict=_named(verdict, other))


async def _proved(other: Other, will: Will, draft: Draft, ask: Ask) -> Other:
    services = ask.services
    if not other.changes_text or other.after is None:
        return await asyncio.to_thread(judged, other, draft.author, services)
    services.listen(Event(f"checking {other.name}"))
    settings = services.settings
    view = other.before
    after = replace(view, text=other.after, beside=beside_of(view, will))
    # A new file has nothing in it that could be wrong already, and no tool to ask about it.
    now = replace(view, beside=beside_of(view, Will(will.main, will.main.text, ())))
    before = await check(now, settings)
    checks = await check(after, settings)
    return await asyncio.to_thread(_seen, other, (before, checks), draft, ask)


def _seen(
    other: Other,
    reports: tuple[tuple[CheckReport, ...], tuple[CheckReport, ...]],
    draft: Draft,
    ask: Ask,
) -> Other:
    """What the checkers make of a document, and the verdict. Reads the disk."""
    before, checks = reports
    view, after = other.before, other.after or ""
    wish = ask.subject.wish
    told = (wish.about, wish.instruction) if wish is not None else ()
    task, done = ask.services.task, Done(view.text, after, view.language, *told)
    comparison = compare(before, checks, view, other.edits, None)
    facts = Facts(
        before=view,
        after=after,
        # The size of a change says how much could break, and here nothing is there yet.
        edits=() if other.is_new else other.edits,
        scope=(Span(0, len(view.text)),),
        target=None,
        comparison=comparison,
        checks=checks,
        parsed_before=None if other.is_new else parses(before),
        parses_after=parses(checks, before),
        safe=draft.proposal.safe,
        place=place_on_disk(view.path, view.root),
        who=(ask.model, ask.services.task.id, view.language),
        match=draft.match,
        risk=draft.risk,
        attempt=draft.attempt,
    )
    changed = {ask.subject.view.name, *(one.name for one in draft.others)}
    services = ask.services
    lost = "" if other.is_new else lost_elsewhere(view, after, other.edits, services, changed)
    facts = replace(facts, flaw=task.flaw(done), beyond=task.beyond(done), elsewhere=lost)
    seen = replace(other, checks=checks, comparison=comparison, facts=facts)
    if other.is_new and not after:
        # An empty file, such as a package's `__init__.py`: the gate would miss a change in it.
        seen = replace(seen, facts=None)
    return judged(seen, draft.author, ask.services)


def _unseen(other: Other, settings: GateSettings) -> Verdict:
    """The verdict on what no checker can look at: a file that goes, moves, or is empty."""
    if other.is_new:
        why = Reason("new_file", None, 0.0, f"`{other.name}` is an empty new file")
        return Verdict(RIGHT, Band.CONFIRM, (why,))
    what = "deleted" if other.after is None else "moved"
    text = f"`{other.name}` is {what}, and nobody looked at what else uses it"
    score = max(settings.confirm_score - _LOOKS_CLOSELY, 0.0)
    return Verdict(score, Band.REVIEW, (Reason("file_gone", None, 0.0, text),))


def _named(verdict: Verdict, other: Other) -> Verdict:
    """The verdict in words that say which document they are about, and never without a look."""
    reasons = tuple(
        replace(one, evidence=f"{other.name}: {one.evidence}") for one in verdict.reasons
    )
    stops = tuple(f"{other.name}: {stop}" for stop in verdict.hard_stops)
    band = max((verdict.band, Band.CONFIRM), key=BANDS.index)
    return replace(verdict, reasons=reasons, hard_stops=stops, band=band)


def _only_others(ask: Ask, draft: Draft, others: Sequence[Other]) -> Candidate:
    """A candidate that leaves the document it was asked about as it is."""
    return Candidate(
        id=new_id(),
        edits=(),
        model=ask.model,
        author=draft.author,
        why=draft.proposal.why,
        safe=draft.proposal.safe,
        verdict=verdict_of(None, others),
        comparison=Comparison(None),
        checks=others[0].checks,
    )
