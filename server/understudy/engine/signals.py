"""The evidence that enters the score: one small function per signal, strongest first.

A signal returns its `Reason` with a raw weight; the gate turns raw weights into shares. A value
of None means that it could not be found out; no reason at all means that there is nothing to say.
The order of the weights, and the values for sizes, follow what was measured on model edits with
hidden tests: with the diagnostic gone, 94 % of one-line edits were right, 91 % of up to two lines,
75 % of more than five.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.checkers import reports_as
from understudy.core.plural import plural
from understudy.engine.evidence import CheckStatus, Reason
from understudy.engine.hunks import Hunk, hunks_of
from understudy.engine.identity import identity
from understudy.engine.stops import deletions
from understudy.engine.words import NEUTRAL, judge_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.lines import LineIndex
    from understudy.engine.evidence import CheckReport, Facts
    from understudy.workspace.diagnostics import Diagnostic

WORDS = "words"
WORD_WEIGHT = 0.05
"""The share of the score that words can move, whatever else is known."""

_PRIOR_KEPT = 0.86
"""How often an edit was right that removed its diagnostic, before anything is known of its kind."""
_PRIOR_STRENGTH = 20
"""How many judged edits of a kind weigh as much as the prior (beta-binomial)."""

_NEW_FOUND = 0.40
"""A new problem speaks much more strongly against an edit than its absence speaks for it."""
_NOTHING_NEW = 0.18

_SIZES = ((1, 1.0), (2, 0.95), (5, 0.8), (20, 0.5))
_HUGE = 0.2
_MANY_DELETED = 0.40

_IMPORT = re.compile(
    r"\s*(?:import\b|from\s+[\w.]+\s+import\b|use\s+[\w:{]|#\s*include\b|using\s+\w|package\s+\w"
    r"|(?:const|let|var)\s[^=\n]{1,200}=\s*require\()"
)


def target_gone(facts: Facts) -> Reason | None:
    """Whether the diagnostic that was asked about is no longer reported."""
    if facts.target is None:
        return None
    gone, judge = facts.comparison.target_gone, facts.comparison.target_judged_by
    label = facts.target.label or "the problem"
    if gone is None:
        return Reason("target_gone", None, 0.0, f"No checker could tell whether {label} is gone")
    says = f", {judge} says" if judge else ""
    text = f"{label} is gone{says}" if gone else f"{label} is still there{says}"
    return Reason("target_gone", float(gone), 0.22, text)


def parses(facts: Facts) -> Reason | None:
    """Whether the edited text can be read at all."""
    if facts.parses_after is None:
        return Reason("parses", None, 0.0, "Nothing could tell whether the file parses")
    text = "The file parses" if facts.parses_after else "The file still does not parse"
    return Reason("parses", float(facts.parses_after), 0.10, text)


def size(facts: Facts) -> Reason | None:
    """How many lines change: the fewer, the likelier right."""
    lines = sum(hunk.size for hunk in hunks_of(facts.before.index, facts.edits))
    value = next((value for most, value in _SIZES if lines <= most), _HUGE)
    return Reason("size", value, 0.14, f"{plural(lines, 'line')} changed")


def scope(facts: Facts) -> Reason | None:
    """Whether the touched lines were asked about. New imports are allowed anywhere."""
    hunks = hunks_of(facts.before.index, facts.edits)
    if not facts.scope or not hunks:
        return None
    strays = sum(not _is_asked(hunk, facts) for hunk in hunks)
    text = f"{strays} of {plural(len(hunks), 'place')} outside the lines asked about"
    if not strays:
        text = "Only the lines asked about and imports are touched"
    return Reason("scope", 1 - strays / len(hunks), 0.10, text)


def kept(facts: Facts) -> Reason | None:
    """How often users kept edits of this kind, starting from the shipped expectation."""
    good, judged = facts.kept
    value = (_PRIOR_KEPT * _PRIOR_STRENGTH + good) / (_PRIOR_STRENGTH + judged)
    text = f"{good} of {plural(judged, 'edit')} of this kind kept so far"
    if not judged:
        text = "No edit of this kind was judged yet"
    return Reason("kept", min(max(value, 0.0), 1.0), 0.08, text)


def deleted(facts: Facts) -> Reason | None:
    """Whether lines go away that nobody asked about."""
    gone, total = deletions(facts)
    value = max(0.0, 1 - gone / (_MANY_DELETED * total)) if total else 1.0
    text = f"{plural(gone, 'line')} deleted unasked" if gone else "Nothing is deleted unasked"
    return Reason("deletions", value, 0.06, text)


def safe(facts: Facts) -> Reason | None:
    """Whether the author of the edit promises an unchanged meaning."""
    text = "The meaning of correct code can't change by it"
    if not facts.safe:
        text = "It may change what the code does"
    return Reason("safe", 1.0 if facts.safe else 0.3, 0.06, text)


def rivals(facts: Facts) -> Reason | None:
    """Whether other edits were proved just as well, so that this one is a choice.

    Nothing when no other one was tried.
    """
    if facts.rivals is None:
        return None
    text = f"{plural(facts.rivals, 'other edit')} proved just as well"
    if not facts.rivals:
        text = "No other edit was proved as well"
    return Reason("rivals", 1 / (1 + facts.rivals), 0.05, text)


def fixed_others(facts: Facts) -> Reason | None:
    """Whether other problems went away with the target."""
    own = None if facts.target is None else identity(facts.target)
    others = sum(identity(one) != own for one in facts.comparison.fixed)
    if not others:
        return None
    return Reason("fixed_others", 1.0, 0.03, f"{plural(others, 'other problem')} gone as well")


def words(facts: Facts) -> Reason | None:
    """What the model says about its own edit; nothing when it says neither yes nor no."""
    value = judge_words(facts.prose) if facts.prose else NEUTRAL
    if value == NEUTRAL:
        return None
    text = "The model sounds confident" if value > NEUTRAL else "The model sounds unsure"
    return Reason(WORDS, value, WORD_WEIGHT, text)


def checks(facts: Facts) -> tuple[Reason, ...]:
    """One line for each checker; those that compared share the weight of "nothing new"."""
    done = len(compared(facts))
    unseen = set(facts.comparison.new)
    for report in facts.checks:
        unseen.difference_update(_by(report.checker, facts.comparison.new))
    lines = [_line(report, facts, _NOTHING_NEW / max(done, 1)) for report in facts.checks]
    if unseen:
        text = f"New: {_labels(tuple(sorted(unseen, key=lambda one: one.span)))}"
        lines.append(Reason("nothing_new", 0.0, _NEW_FOUND, text))
    return tuple(lines)


def compared(facts: Facts) -> list[str]:
    """The ids of the checkers that looked at the text before as well as at the text after."""
    return [
        report.checker
        for report in facts.checks
        if report.status is CheckStatus.DONE and report.checker in facts.comparison.compared
    ]


SIGNALS: tuple[Callable[[Facts], Reason | None], ...] = (
    *(target_gone, parses, size, scope, kept, deleted, safe, rivals, fixed_others, words),
)


def _line(report: CheckReport, facts: Facts, weight: float) -> Reason:
    name = f"check:{report.checker}"
    if report.checker not in compared(facts):
        return Reason(name, None, 0.0, _unknown(report))
    gone = ""
    target, comparison = facts.target, facts.comparison
    if target is not None and comparison.target_judged_by == report.checker:
        gone = f"{target.code or 'the problem'} {'gone' if comparison.target_gone else 'still there'}, "
    new = _by(report.checker, comparison.new)
    if new:
        return Reason(name, 0.0, _NEW_FOUND, f"{report.checker}: {gone}new: {_labels(new)}")
    return Reason(name, 1.0, weight, f"{report.checker}: {gone}nothing new")


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


def _is_asked(hunk: Hunk, facts: Facts) -> bool:
    index = facts.before.index
    if all(_IMPORT.match(line) or not line.strip() for line in (*hunk.old, *hunk.new)):
        return True
    return any(_overlap(hunk, index.lines_of(span), index) for span in facts.scope)


def _overlap(hunk: Hunk, asked: range, index: LineIndex) -> bool:
    if hunk.old:
        return hunk.touched.start in asked and hunk.touched[-1] in asked
    return any(line in asked for line in hunk.touched if line < len(index))
