"""The verdict on a candidate, with what the journal knows about earlier edits of its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.engine.gate import judge
from understudy.engine.strata import stratum_of
from understudy.journal.labels import Kind

if TYPE_CHECKING:
    from understudy.engine.evidence import Facts, Verdict
    from understudy.engine.outcome import Candidate
    from understudy.engine.services import Services


def weigh(facts: Facts, author: str, services: Services) -> tuple[Facts, Verdict]:
    """The facts with the record of their kind, and the verdict on them."""
    kind = Kind(*facts.who, author, facts.match.value)
    past = services.past
    known = replace(
        facts,
        kept=past.kept(kind),
        lean=past.lean(kind),
        labels=past.labels(stratum_of(facts)),
        refit=past.refit(),
    )
    return known, judge(known, services.settings.gate)


def among(candidate: Candidate, rivals: int, services: Services) -> Candidate:
    """The candidate, judged anew with so many others of its rank proved."""
    if candidate.facts is None:
        return candidate
    facts = replace(candidate.facts, rivals=rivals)
    return _anew(candidate, facts, services)


def with_opinion(candidate: Candidate, services: Services, *, agrees: bool) -> Candidate:
    """The candidate, judged anew with what a second model said."""
    if candidate.facts is None:
        return candidate
    return _anew(candidate, replace(candidate.facts, agrees=agrees), services)


def _anew(candidate: Candidate, facts: Facts, services: Services) -> Candidate:
    known, verdict = weigh(facts, candidate.author, services)
    return replace(candidate, facts=known, verdict=verdict)
