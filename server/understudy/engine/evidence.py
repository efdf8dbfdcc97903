"""What is known about a candidate edit, and the verdict on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from understudy.reading import Match

if TYPE_CHECKING:
    from understudy.core.text import Edit, Span
    from understudy.engine.ran_tests import RanTests
    from understudy.journal.gate_refit import Refit
    from understudy.reading import Risk
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.paths import Place
    from understudy.workspace.view import View


class Band(StrEnum):
    """How an edit is offered, from applying it at once to not offering it."""

    AUTO = "auto"
    CONFIRM = "confirm"
    REVIEW = "review"
    BLOCK = "block"


BANDS = tuple(Band)
"""From the freest to the most careful; a band's place in it is how careful it is."""


class CheckStatus(StrEnum):
    """How a checker's work ended. Only `DONE` counts as having looked."""

    DONE = "done"
    MISSING = "missing"
    TIMEOUT = "timeout"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one checker found in one text.

    Attributes:
        note: why there is no result, as a sentence; empty when `status` is `DONE`.
        is_shallow: whether it looked at nothing but the syntax of this text, though it may look
            deeper at others.
    """

    checker: str
    status: CheckStatus
    diagnostics: tuple[Diagnostic, ...] = ()
    note: str = ""
    seconds: float = 0.0
    is_shallow: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Diagnostics before against after the edit, matched by stable identity.

    Attributes:
        target_gone: None when no checker that looked could have seen the target.
        target_judged_by: the checker that decided on the target; empty when none could.
        compared: ids of the checkers that looked at both texts. What any other one says about
            the text after proves nothing.
    """

    target_gone: bool | None
    new: tuple[Diagnostic, ...] = ()
    fixed: tuple[Diagnostic, ...] = ()
    target_judged_by: str = ""
    compared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the gate may look at. The gate reads nothing else, so equal facts score equally.

    Attributes:
        before: the document the edit was made for.
        after: its text with the edit carried out.
        scope: the spans of `before` that the task may touch; edits elsewhere count against it.
        target: the diagnostic that was asked about; None for tasks without one.
        besides: other diagnostics that the same edit is to remove.
        checks: what each checker said about `after`.
        prose: what the model wrote beside the code; the weakest evidence of all.
        kept: (edits of this kind that users kept, edits of this kind that were judged); one that
            was changed counts by the share of it that is left.
        lean: by how much, in log-odds, edits of the model for this task and language turn out
            better than their scores said; 0 while too few were judged.
        labels: how right the latest edits of the same stratum were, 0 to 1, oldest first.
        refit: coefficients that were refitted to what became of edits; its intercept is part of
            `lean`.
        rivals: how many other candidates of the same rank were proved; None when no other one
            was tried.
        safe: whether the rule that wrote the edit promises an unchanged meaning.
        parsed_before / parses_after: None when nothing could tell.
        place: where the document lies, links followed; None to go by its names alone.
        rule: the built-in rule that wrote the edit; empty for a model's.
        who: the model, the task and the language, for what is learned about them.
        match / risk: how the edit's place was found in the document, and what reading it risked.
        attempt: counts the askings of this model for this problem, from 1.
        agrees: whether another model, asked alone, wrote the same; None when none was asked.
        margin: how much likelier the model found its own words than the next best ones, 0 to 1;
            None where it does not say.
        tests: what the tests that belong to the edit say; None while none were run.
        flaw: why the edit can't be what was meant, as a sentence; empty when it may be.
        beyond: what it does that was not asked for, as a clause; empty for nothing.
        elsewhere: what other files lose by it, as a clause; empty for nothing.
        wished: what a user wanted changed and may be written anew altogether; empty where a
            diagnostic is to go, and where all of the document may change.
    """

    before: View
    after: str
    edits: tuple[Edit, ...]
    scope: tuple[Span, ...]
    target: Diagnostic | None
    comparison: Comparison
    checks: tuple[CheckReport, ...]
    parsed_before: bool | None
    parses_after: bool | None
    prose: str = ""
    kept: tuple[float, int] = (0, 0)
    rivals: int | None = None
    safe: bool = True
    place: Place | None = None
    besides: tuple[Diagnostic, ...] = ()
    rule: str = ""
    who: tuple[str, str, str] = ("", "", "")
    match: Match = Match.GIVEN
    risk: Risk = "none"
    attempt: int = 1
    agrees: bool | None = None
    margin: float | None = None
    flaw: str = ""
    beyond: str = ""
    elsewhere: str = ""
    wished: tuple[Span, ...] = ()
    tests: RanTests | None = None
    lean: float = 0.0
    labels: tuple[float, ...] = ()
    refit: Refit | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal as it entered the score.

    Attributes:
        value: 1 speaks for the edit, 0 against it; None when it could not be found out.
        weight: its share of all that could move the score; 0 when the value is None.
        evidence: a sentence for people.
        log_odds: what it adds to the log-odds of the score.
    """

    signal: str
    value: float | None
    weight: float
    evidence: str
    log_odds: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer.

    Attributes:
        score: how likely the edit is right, 0 to 1.
        hard_stops: any of them makes the band `BLOCK`, whatever the score is.
        stratum: the kind of edit by whose record alone it may be applied unseen.
        log_odds: of the evidence alone, without what was learned from earlier edits.
    """

    score: float
    band: Band
    reasons: tuple[Reason, ...] = ()
    hard_stops: tuple[str, ...] = field(default=())
    stratum: str = ""
    log_odds: float = 0.0
