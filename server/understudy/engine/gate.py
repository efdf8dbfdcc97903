"""What is known about an edit decides how it is offered.

First what no score outweighs, then a score of weighted evidence, then limits that no score lifts.
Equal facts get equal verdicts: nothing is read but the facts and the settings.
"""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.engine.evidence import BANDS, Band, Reason, Verdict
from understudy.engine.signals import SIGNALS, WORD_WEIGHT, WORDS, checks, compared
from understudy.engine.stops import hard_stops, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import GateSettings
    from understudy.engine.evidence import Facts

    Limit = tuple[Band, Reason]

_UNPROVED = 0.05
"""How far below the scores for confirmation the best unproved edit stays."""


def judge(facts: Facts, settings: GateSettings) -> Verdict:
    """The verdict on one edit.

    The products of the reasons' values and weights add up to the score. What may at most be
    reviewed has no score of something proved, whatever its other reasons say.

    Any hard stop blocks. Everything else that was proved is at least shown for confirmation;
    `Band.AUTO` needs the user's consent, a high score and complete evidence.
    """
    stops = hard_stops(facts, settings)
    reasons = _shares([reason for signal in SIGNALS if (reason := signal(facts))], checks(facts))
    score = min(fsum(one.value * one.weight for one in reasons if one.value is not None), 1.0)
    limits = tuple(_limits(facts, settings))
    if any(limit is Band.REVIEW for limit, _ in limits):
        score = min(score, settings.confirm_score - _UNPROVED)
    band = Band.BLOCK if stops else _band(score, settings, limits)
    return Verdict(
        score=score,
        band=band,
        reasons=(*reasons, *(reason for _, reason in limits), *stops),
        hard_stops=tuple(stop.evidence for stop in stops),
    )


def _shares(signals: list[Reason], checked: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons with raw weights turned into shares that add up to 1.

    Words get their fixed share first, so that what is unknown never makes them weigh more.
    """
    said = fsum(reason.weight for reason in signals if reason.signal == WORDS)
    proved = [reason for reason in signals if reason.signal != WORDS]
    total = fsum(reason.weight for reason in (*proved, *checked))
    scale = (1 - WORD_WEIGHT if said else 1.0) / total
    return (
        *(replace(reason, weight=reason.weight * scale) for reason in (*proved, *checked)),
        *(reason for reason in signals if reason.signal == WORDS),
    )


def _band(score: float, settings: GateSettings, limits: tuple[Limit, ...]) -> Band:
    if settings.auto_apply and score >= settings.auto_score:
        band = Band.AUTO
    elif score >= settings.confirm_score:
        band = Band.CONFIRM
    else:
        band = Band.REVIEW if score >= settings.review_score else Band.BLOCK
    return max((band, *(limit for limit, _ in limits)), key=BANDS.index)


def _limits(facts: Facts, settings: GateSettings) -> Iterator[Limit]:
    """The best bands that these facts allow, each with why."""
    if facts.comparison.new:
        yield Band.REVIEW, _note("new_problems", "It leaves a new problem, so look at it closely")
    if missing := _limited_evidence(facts):
        yield Band.REVIEW, _note("limited_evidence", f"Limited evidence: {missing}")
    if protected := place_of(facts).protected:
        yield Band.CONFIRM, _note("protected", f"{protected.rstrip('.')}, so it needs your consent")
    if settings.auto_apply and (doubt := _doubt(facts)):
        yield Band.CONFIRM, _note("not_by_itself", f"{doubt}, so it is not applied by itself")


def _limited_evidence(facts: Facts) -> str:
    """Why too little was looked at to call the edit proved; empty when enough was."""
    if not compared(facts):
        return "no checker looked at it before and after"
    if facts.parses_after is False:
        return "the file does not parse, so much of it could not be checked"
    if facts.target is None:
        return "only its syntax was checked" if _only_parsed(facts) else ""
    if facts.comparison.target_gone is None:
        return "no checker could tell whether the problem is gone"
    return ""


def _doubt(facts: Facts) -> str:
    """Why the edit must not be applied unseen, however well it was proved; empty when it may."""
    if facts.parses_after is None:
        return "Nothing could tell whether the file parses"
    if _only_parsed(facts):
        return "Only its syntax was checked"
    if facts.comparison.target_gone is None:
        return "There is no single problem that it removes"
    if facts.rivals:
        return "Other edits were proved as well"
    return "" if facts.safe else "It may change what the code does"


def _only_parsed(facts: Facts) -> bool:
    known = all_checkers()
    looked = [known.get(checker) for checker in compared(facts)]
    return all(checker is not None and checker.parses and checker.in_process for checker in looked)


def _note(name: str, evidence: str) -> Reason:
    """A reason that limits the band and takes no part in the score."""
    return Reason(name, None, 0.0, evidence)
