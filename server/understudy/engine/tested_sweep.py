"""The tests of a walk that has ended, where nobody waits for them in an editor."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory, UnavailableError
from understudy.engine.evidence import Band
from understudy.engine.outcome import Outcome, Status, takes_part
from understudy.engine.ran_tests import sentence
from understudy.engine.retested import with_tests
from understudy.engine.run_tests import Edited, run_tests, why_not_run
from understudy.journal.records import OutcomeRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.ran_tests import RanTests
    from understudy.engine.services import Services
    from understudy.engine.sweep import Sweep

_MOST_LIFTED = 3
"""Edits for review whose tests are run, each by itself."""


@dataclass(frozen=True, slots=True)
class TestedSweep:
    """A walk with what tests say about its edits.

    Attributes:
        text: the document with the edits that are taken.
        outcomes: as the walk's, judged anew.
        note: what the tests said, or why they were not run, as a sentence; empty where nobody
            wanted them, or there was nothing to test.
        stands: whether the edits that the walk took are still taken.
    """

    __test__ = False

    text: str
    outcomes: tuple[Outcome, ...]
    note: str = ""
    stands: bool = True


async def tested(sweep: Sweep, *, asked: bool) -> TestedSweep:
    """Run the tests of what a walk took, and take it back where they fail with it.

    Where nothing was taken, an edit for review is taken when its tests pass and that proves it.

    Args:
        sweep: after its last step.
        asked: whether the user asked for tests just now.
    """
    as_it_was = TestedSweep(sweep.view.text, tuple(sweep.outcomes))
    if not any(one.offered for one in sweep.outcomes):
        return as_it_was
    settings = sweep.services.settings
    if why := why_not_run(sweep.start, settings, asked=asked):
        wanted = asked or settings.gate.run_tests == "always"
        return replace(as_it_was, note=why if wanted else "")
    try:
        return await (_of_taken(sweep) if sweep.taken else _lifted(sweep))
    except UnavailableError as error:
        return replace(as_it_was, note=str(error))


async def _of_taken(sweep: Sweep) -> TestedSweep:
    """All that was taken is tested together: each step was built on the one before."""
    services, taken = sweep.services, sweep.taken
    ran = await run_tests(Edited(sweep.start, sweep.view.text), services.settings)
    judged = await asyncio.to_thread(_judged, taken, ran, services)
    note = f"{sentence(ran.told)}."
    stands = all(map(takes_part, judged))
    if not stands:
        judged = tuple(_withdrawn(one, note, services) for one in judged)
    by_id = {one.run_id: one for one in judged}
    outcomes = tuple(by_id.get(one.run_id, one) for one in sweep.outcomes)
    text = sweep.view.text if stands else sweep.start.text
    return TestedSweep(text, outcomes, note, stands)


async def _lifted(sweep: Sweep) -> TestedSweep:
    """The first edit for review that its tests prove."""
    services, outcomes, notes = sweep.services, list(sweep.outcomes), []
    offered = [at for at, one in enumerate(outcomes) if one.offered]
    for at in offered[:_MOST_LIFTED]:
        one = outcomes[at]
        candidate = one.offered
        if candidate is None or one.view.text != sweep.start.text:
            continue
        after = sweep.start.edited(candidate.edits).text
        ran = await run_tests(Edited(sweep.start, after, candidate.others), services.settings)
        (outcomes[at],) = await asyncio.to_thread(_judged, [one], ran, services)
        notes.append(f"{sentence(ran.told)}.")
        if takes_part(outcomes[at]) and not candidate.others:
            return TestedSweep(after, tuple(outcomes), notes[-1])
        outcomes[at] = _stopped(outcomes[at], notes[-1], services)
    return TestedSweep(sweep.view.text, tuple(outcomes), " ".join(dict.fromkeys(notes)))


def _judged(outcomes: Iterable[Outcome], ran: RanTests, services: Services) -> tuple[Outcome, ...]:
    return tuple(
        replace(one, candidate=with_tests(one.candidate, ran, services)) if one.candidate else one
        for one in outcomes
    )


def _stopped(outcome: Outcome, why: str, services: Services) -> Outcome:
    """An edit that its tests stopped is withheld; any other stays as it is."""
    found = outcome.candidate
    if found is None or found.verdict.band is not Band.BLOCK:
        return outcome
    return _withdrawn(outcome, why, services)


def _withdrawn(outcome: Outcome, why: str, services: Services) -> Outcome:
    if outcome.candidate is not None:
        services.recorder.record(OutcomeRow(outcome.candidate.id, now_us(), "withdrawn"))
    return replace(
        outcome, status=Status.WITHHELD, reason=why, category=FailureCategory.TEST_FAILURE
    )
