"""The verdict on an edit once its tests were run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.engine.others import judged, verdict_of
from understudy.engine.weighing import weigh

if TYPE_CHECKING:
    from understudy.engine.other_files import Other
    from understudy.engine.outcome import Candidate
    from understudy.engine.ran_tests import RanTests
    from understudy.engine.services import Services


def with_tests(candidate: Candidate, ran: RanTests, services: Services) -> Candidate:
    """The candidate, judged anew with what its tests say. Reads the disk."""
    verdict, facts = None, candidate.facts
    if facts is not None:
        facts, verdict = weigh(replace(facts, tests=ran), candidate.author, services)
    others = tuple(_with(one, ran, candidate, services) for one in candidate.others)
    if others:
        verdict = verdict_of(verdict, others)
    return replace(candidate, facts=facts, others=others, verdict=verdict or candidate.verdict)


def _with(other: Other, ran: RanTests, candidate: Candidate, services: Services) -> Other:
    if other.facts is None:
        return other
    told = replace(other, facts=replace(other.facts, tests=ran))
    return judged(told, candidate.author, services)
