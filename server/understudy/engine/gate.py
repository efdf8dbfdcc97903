"""What is known about an edit decides how it is offered.

First what no score outweighs, then a score of weighted evidence, then limits that no score lifts.
Applying unseen is not a matter of the score: only kinds of edit that were right often enough come
to it (`understudy.engine.strata`). Equal facts get equal verdicts: nothing is read but the facts
and the settings.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, fsum
from typing import TYPE_CHECKING

from understudy.engine.additions import additions
from understudy.engine.cut_off import cut_off
from understudy.engine.emptied import emptied
from understudy.engine.evasions import lost_check, silenced
from understudy.engine.evidence import BANDS, Band, Reason, Verdict
from understudy.engine.executing import executes
from understudy.engine.gate_weights import RIGHT, logit
from understudy.engine.in_passing import in_passing
from understudy.engine.losses import lost_unasked, marked_code_goes
from understudy.engine.misleading import misleads
from understudy.engine.parsing import is_approximate
from understudy.engine.ran_tests import sentence
from understudy.engine.refitted import by_refit
from understudy.engine.secret_places import secret_moved
from understudy.engine.signals import SIGNALS, checks, compared
from understudy.engine.stops import hard_stops, place_of
from understudy.engine.strata import CERTAIN, standing, stratum_of
from understudy.engine.strays import strays
from understudy.engine.traits import scope
from understudy.engine.unseen import looked_deeper
from understudy.reading import Match
from understudy.tasks.tests import TASK as TESTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.config.settings import GateSettings
    from understudy.engine.evidence import Facts
    from understudy.engine.strata import Standing

    Limit = tuple[Band, Reason]

_UNPROVED = 0.05
"""How far below the scores for confirmation the best unproved edit stays."""
_LEARNED = frozenset({"kept"})
"""Signals that come from what became of earlier edits."""


def judge(facts: Facts, settings: GateSettings) -> Verdict:
    """The verdict on one edit.

    The reasons' log-odds, added to those of an edit of which nothing is known but that its
    diagnostic is gone, are the log-odds of the score. What may at most be reviewed has no score of
    something proved, whatever its other reasons say. Coefficients that were refitted count in the
    score alone: what the record says of the evidence stays comparable.

    Any hard stop blocks. Everything else that was proved is at least shown for confirmation;
    `Band.AUTO` needs the user's consent, a kind of edit that is certain, and complete evidence.
    """
    stops = hard_stops(facts, settings)
    raw = (*filter(None, (signal(facts) for signal in SIGNALS)), *checks(facts))
    evidence = logit(RIGHT) + fsum(one.log_odds for one in raw if one.signal not in _LEARNED)
    if facts.refit is not None:
        raw = tuple(by_refit(one, facts.refit) for one in raw)
    score = _share(logit(RIGHT) + fsum(one.log_odds for one in raw) + facts.lean)
    kind = standing(stratum_of(facts), facts.labels)
    limits = tuple(_limits(facts, settings, kind))
    if any(limit is Band.REVIEW for limit, _ in limits):
        score = min(score, settings.confirm_score - _UNPROVED)
    band = Band.BLOCK if stops else _band(score, settings, limits)
    if band is Band.BLOCK and not stops and _is_wish(facts):
        # What a user asked for may be large; nothing speaks against it but that, so it is looked at.
        band = Band.REVIEW
    return Verdict(
        score=max(score, 0.0),
        band=band,
        reasons=(*_shares(raw), *(reason for _, reason in limits), *stops),
        hard_stops=tuple(stop.evidence for stop in stops),
        stratum=kind.stratum,
        log_odds=evidence,
    )


def _is_wish(facts: Facts) -> bool:
    """Whether a user asked for a change of some lines, and no diagnostic says what is right."""
    return facts.target is None and bool(facts.scope) and bool(compared(facts))


def total(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on edits that only count together: the worst of each, and all that is said.

    Of several files, or of several problems that one edit is to solve. A part may be taken alone
    only where its own verdict, reached without the others, allows it.
    """
    worst = max(verdicts, key=lambda one: (BANDS.index(one.band), -one.score))
    stops = tuple(dict.fromkeys(stop for one in verdicts for stop in one.hard_stops))
    reasons = tuple(dict.fromkeys(reason for one in verdicts for reason in one.reasons))
    return replace(
        worst,
        score=min(one.score for one in verdicts),
        log_odds=min(one.log_odds for one in verdicts),
        reasons=reasons,
        hard_stops=stops,
    )


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-max(min(log_odds, 50.0), -50.0)))


def _shares(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons with raw weights turned into shares that add up to 1."""
    whole = fsum(reason.weight for reason in reasons)
    return tuple(replace(reason, weight=reason.weight / whole) for reason in reasons)


def _band(score: float, settings: GateSettings, limits: tuple[Limit, ...]) -> Band:
    if settings.auto_apply and score >= settings.auto_score:
        band = Band.AUTO
    elif score >= settings.confirm_score:
        band = Band.CONFIRM
    else:
        band = Band.REVIEW if score >= settings.review_score else Band.BLOCK
    return max((band, *(limit for limit, _ in limits)), key=BANDS.index)


def _limits(facts: Facts, settings: GateSettings, kind: Standing) -> Iterator[Limit]:
    """The best bands that these facts allow, each with why."""
    yield from _to_be_looked_at(facts)
    if missing := _limited_evidence(facts):
        yield _as_tested(facts), _note("limited_evidence", f"Limited evidence: {missing}")
    elif _only_parsed(facts):
        text = "Limited evidence: only its syntax was checked"
        yield Band.CONFIRM, _note("limited_evidence", text)
    if facts.who[1] == TESTS.id and facts.tests is None:
        text = "Limited evidence: the tests were not run (`gate.run_tests`, in trusted folders)"
        yield Band.CONFIRM, _note("not_run", text)
    if protected := place_of(facts).protected:
        yield Band.CONFIRM, _note("protected", f"{protected.rstrip('.')}, so it needs your consent")
    if settings.auto_apply and (doubt := _doubt(facts) or _uncertain(kind)):
        yield Band.CONFIRM, _note("not_by_itself", f"{doubt}, so it is not applied by itself")


def _to_be_looked_at(facts: Facts) -> Iterator[Limit]:
    """What keeps an edit from being taken with one key, whatever proved it."""
    if facts.risk == "high" or facts.match is Match.SIMILAR:
        text = "The place or the text of the edit had to be guessed, so look at it closely"
        yield Band.REVIEW, _note("guessed", text)
    if not facts.rule and facts.target is not None and _unheard(facts):
        text = "What would tell whether the problem is gone was silenced, so look at it closely"
        yield Band.REVIEW, _note("unheard", text)
    if facts.tests is not None and facts.tests.new_failing:
        text = "Tests that the edit brings fail, so they or the code are wrong"
        yield Band.REVIEW, _note("new_tests_fail", text)
    if facts.tests is not None and facts.tests.lost:
        text = f"{sentence(facts.tests.told)}, so look at it closely"
        yield Band.REVIEW, _note("tests_lost", text)
    clauses = {
        "lost_definition": lost_unasked(facts),
        "marked_code_goes": marked_code_goes(facts) or emptied(facts),
        "elsewhere": facts.elsewhere,
        "stray": strays(facts) or additions(facts) or in_passing(facts),
        "beyond": facts.beyond or _outside(facts),
        "secret_moved": secret_moved(facts),
        "misleading": misleads(facts),
        "executes": executes(facts),
    }
    for name, clause in clauses.items():
        if clause:
            yield Band.REVIEW, _note(name, f"{clause}, so look at it closely")


def _unheard(facts: Facts) -> bool:
    return bool(silenced(facts) or lost_check(facts) or cut_off(facts))


def _outside(facts: Facts) -> str:
    """That a wish about some lines was carried out elsewhere too, as a clause; empty if it was not."""
    asked = scope(facts) if facts.wished else None
    return asked.evidence if asked is not None and asked.value != 1 else ""


def _as_tested(facts: Facts) -> Band:
    """How an edit of limited evidence is offered: tests that pass say more than its syntax."""
    tested = facts.tests is not None and facts.tests.is_good
    return Band.CONFIRM if tested and facts.parses_after is not False else Band.REVIEW


def _limited_evidence(facts: Facts) -> str:
    """Why too little was looked at to call the edit proved; empty when enough was."""
    if not compared(facts):
        return "no checker looked at it before and after"
    if facts.parses_after is False:
        return "the file does not parse, so much of it could not be checked"
    if facts.target is None or _only_by_grammar(facts):
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
    return "It may change what the code does" if facts.rule and not facts.safe else ""


def _uncertain(kind: Standing) -> str:
    """Why edits of this kind are not applied unseen, as a clause; empty when they may be."""
    if kind.is_certain:
        return ""
    if kind.drifted:
        return (
            "Edits of this kind have been wrong too often of late (the lower bound of the share"
            f" that was right is {kind.bound:.0%}, and was above {CERTAIN:.0%})"
        )
    if not kind.total:
        return "No edit of this kind was judged yet"
    return (
        f"{kind.good:.0f} of {kind.total:.0f} edits of this kind were right, which does not prove"
        f" {CERTAIN:.0%}"
    )


def _only_parsed(facts: Facts) -> bool:
    looked = compared(facts)
    return not any(one.checker in looked and looked_deeper(one) for one in facts.checks)


def _only_by_grammar(facts: Facts) -> bool:
    return all(map(is_approximate, compared(facts)))


def _note(name: str, evidence: str) -> Reason:
    """A reason that limits the band and takes no part in the score."""
    return Reason(name, None, 0.0, evidence)
