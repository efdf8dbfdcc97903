"""What checkers say about an edit, as evidence that enters the score.

A signal is a small function that returns its `Reason`, weighed by `understudy.engine.gate_weights`.
A value of None means that it could not be found out; no reason at all means that there is nothing
to say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import reports_as
from understudy.core.plural import plural
from understudy.engine.cut_off import cut_off
from understudy.engine.evading import EVASIONS
from understudy.engine.evidence import CheckStatus, Reason
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.identity import identity
from understudy.engine.ran_tests import sentence
from understudy.engine.traits import TRAITS
from understudy.engine.weighed import weighed
from understudy.workspace.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.engine.evidence import CheckReport, Facts
    from understudy.workspace.diagnostics import Diagnostic


def target_gone(facts: Facts) -> Reason | None:
    """Whether the diagnostic that was asked about is no longer reported."""
    if facts.target is None:
        return None
    gone, judge = facts.comparison.target_gone, facts.comparison.target_judged_by
    label = facts.target.label or "the problem"
    if gone is None or cut_off(facts):
        return weighed("target_gone", None, f"No checker could tell whether {label} is gone")
    says = f", {judge} says" if judge else ""
    text = f"{label} is gone{says}" if gone else f"{label} is still there{says}"
    return weighed("target_gone", float(gone), text)


def parses(facts: Facts) -> Reason | None:
    """Whether the edited text can be read at all."""
    if facts.parses_after is None:
        return weighed("parses", None, "Nothing could tell whether the file parses")
    if facts.parses_after:
        return weighed("parses", 1.0, "The file parses")
    known = "parses" if facts.parsed_before else "still_broken"
    return weighed("parses", 0.0, "The file still does not parse", known)


def fixed_others(facts: Facts) -> Reason | None:
    """Whether other problems went away with the target."""
    own = None if facts.target is None else identity(facts.target)
    others = sum(identity(one) != own for one in facts.comparison.fixed)
    if not others:
        return None
    return weighed("fixed_others", 1.0, f"{plural(others, 'other problem')} gone as well")


def checks(facts: Facts) -> tuple[Reason, ...]:
    """One line for each checker; those that compared share the weight of "nothing new".

    However many of them complain about an edit, it is held against it once.
    """
    done = len(compared(facts))
    unseen = set(facts.comparison.new)
    for report in facts.checks:
        unseen.difference_update(_by(report.checker, facts.comparison.new))
    lines = [_line(report, facts, max(done, 1)) for report in facts.checks]
    if unseen:
        text = f"New: {_labels(tuple(sorted(unseen, key=lambda one: one.span)))}"
        lines.append(weighed("nothing_new", 0.0, text, _name(unseen)))
    worst = min((one.log_odds for one in lines), default=0.0)
    against = sum(one.value == 0 for one in lines)
    return tuple(replace(one, log_odds=worst / against) if one.value == 0 else one for one in lines)


def compared(facts: Facts) -> list[str]:
    """The ids of the checkers that looked at the text before as well as at the text after."""
    return [
        report.checker
        for report in facts.checks
        if report.status is CheckStatus.DONE and report.checker in facts.comparison.compared
    ]


def tests(facts: Facts) -> Reason | None:
    """What the tests say that belong to the edit. Those that it breaks stop it altogether."""
    ran = facts.tests
    if ran is None or not (ran.is_good or ran.new_failing):
        return None
    known = "tests_mended" if ran.mended else "tests"
    if ran.new_failing:
        known = "tests_failing"
    return weighed("tests", float(ran.is_good), sentence(ran.told), known)


SIGNALS: tuple[Callable[[Facts], Reason | None], ...] = (
    target_gone,
    parses,
    fixed_others,
    tests,
    *TRAITS,
    *EVASIONS,
)


def _line(report: CheckReport, facts: Facts, among: int) -> Reason:
    name = f"check:{report.checker}"
    if report.checker not in compared(facts):
        return Reason(name, None, 0.0, _unknown(report))
    gone = ""
    target, comparison = facts.target, facts.comparison
    if target is not None and comparison.target_judged_by == report.checker:
        gone = f"{target.code or 'the problem'} {'gone' if comparison.target_gone else 'still there'}, "
    new = _by(report.checker, comparison.new)
    if new:
        text = f"{report.checker}: {gone}new: {_labels(new)}"
        return weighed(name, 0.0, text, _name(new))
    weight = WEIGHTS["new_error"].log_odds / among
    seen = (
        "nothing new in the syntax, and it looked no deeper" if report.is_shallow else "nothing new"
    )
    return Reason(name, 1.0, weight, f"{report.checker}: {gone}{seen}")


def _name(new: Iterable[Diagnostic]) -> str:
    """The coefficient of new findings: that of the worst."""
    worst = any(one.severity is Severity.ERROR for one in new)
    return "new_error" if worst else "new_problem"


def _unknown(report: CheckReport) -> str:
    if note := report.note.strip().rstrip("."):
        return note if report.checker in note else f"{report.checker}: {note}"
    match report.status:
        case CheckStatus.MISSING:
            return f"{report.checker} is not installed"
        case CheckStatus.TIMEOUT:
            return f"{report.checker} did not answer in time"
        case CheckStatus.FAILED:
            return f"{report.checker} gave no answer"
        case CheckStatus.DONE:
            return f"{report.checker} did not look at the text before, so it proves nothing"


def _by(checker: str, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(one for one in found if reports_as(checker, one.source))


def _labels(found: tuple[Diagnostic, ...]) -> str:
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return ", ".join(one.label or "a problem" for one in found[:3]) + more
