"""What the edit itself tells, who wrote it, and how: as evidence that enters the score."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from understudy.core.plural import plural
from understudy.core.text import OverlappingEditsError, apply
from understudy.engine.evidence import Reason
from understudy.engine.gate_weights import LINES, PRIOR_STRENGTH, RIGHT, logit
from understudy.engine.hedging import hedged_comment
from understudy.engine.hunks import Hunk, hunks_of
from understudy.engine.import_lines import FARTHEST, are_imports
from understudy.engine.stops import deletions
from understudy.engine.weighed import weighed
from understudy.engine.words import NEUTRAL, judge_words
from understudy.reading import Match

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
    from understudy.engine.evidence import Facts
    from understudy.workspace.diagnostics import Suggestion

WORDS = "words"
WORD_WEIGHT = 0.05
"""The share of the score that words can move, whatever else is known."""

_MANY_DELETED = 0.40
_FEW_DELETED = 10
"""Fewer lines say little of a small file: any other way to write a function may save them."""
_MOST_SUGGESTIONS = 20
_FOUND = {
    Match.ALREADY: "The edit was in the file already",
    Match.WHITESPACE: "Its place was found but for blanks and blank lines",
    Match.INDENTATION: "Its place was found but for indentation",
    Match.CHARACTERS: "Its place was found but for quotes, dashes and blanks",
    Match.ELISION: "Its place was found by the lines around left-out ones",
    Match.SIMILAR: "Its place is only the most similar one",
}


def changed_lines(facts: Facts) -> int:
    """How many lines of the diff change."""
    return sum(hunk.size for hunk in hunks_of(facts.before.index, facts.edits))


def tools_own(facts: Facts) -> Suggestion | None:
    """The fix of the tool that reported the target, if it makes just this edit."""
    target, before = facts.target, facts.before.text
    known = () if target is None else target.suggestions[:_MOST_SUGGESTIONS]
    same = [one for one in known if _leads_to(before, facts.after, one.edits)]
    return max(same, key=lambda one: one.safe, default=None)


def size(facts: Facts) -> Reason:
    """How many lines change: the fewer, the likelier right."""
    lines = changed_lines(facts)
    value = 1 - log(min(max(lines, 1), LINES)) / log(LINES)
    return weighed("size", value, f"{plural(lines, 'line')} changed")


def scope(facts: Facts) -> Reason | None:
    """Whether the touched lines were asked about. New imports are allowed anywhere."""
    hunks = hunks_of(facts.before.index, facts.edits)
    if not facts.scope or not hunks:
        return None
    strays = sum(not _is_asked(hunk, facts) for hunk in hunks)
    text = f"{strays} of {plural(len(hunks), 'place')} outside the lines asked about"
    if not strays:
        text = "Only the lines asked about and imports are touched"
    return weighed("scope", 1 - strays / len(hunks), text)


def kept(facts: Facts) -> Reason:
    """How often users kept edits of this kind, measured by what was expected of them.

    The mean of a beta-binomial: the expectation counts as much as `PRIOR_STRENGTH` judged edits.
    """
    good, judged = facts.kept
    expected = 1 / (1 + exp(-(logit(RIGHT) + facts.lean)))
    value = (expected * PRIOR_STRENGTH + good) / (PRIOR_STRENGTH + judged)
    value = min(max(value, 0.001), 0.999)
    text = f"{good:.3g} of {plural(judged, 'edit')} of this kind kept so far"
    if not judged:
        text = "No edit of this kind was judged yet"
    reason = weighed("kept", value, text)
    return Reason("kept", value, reason.weight, text, logit(value) - logit(expected))


def deleted(facts: Facts) -> Reason:
    """Whether lines go away that nobody asked about."""
    gone, total = deletions(facts)
    value = max(0.0, 1 - (gone / max(_MANY_DELETED * total, _FEW_DELETED)) ** 2)
    text = f"{plural(gone, 'line')} deleted unasked" if gone else "Nothing is deleted unasked"
    return weighed("deletions", value, text)


def author(facts: Facts) -> Reason | None:
    """Whether a tool would do the same, or a built-in rule wrote it: these were right elsewhere.

    Counted were edits that leave nothing new, so it says nothing of others.
    """
    if facts.comparison.new or facts.comparison.target_gone is not True:
        return None
    if facts.target is not None and tools_own(facts) is not None:
        return weighed("tool_fix", 1.0, f"{facts.target.source}'s own fix is the same edit")
    if facts.rule:
        return weighed("rule", 1.0, f"The built-in rule `{facts.rule}` wrote it")
    return None


def agreement(facts: Facts) -> Reason | None:
    """Whether another model, asked alone, wrote the same; nothing when none was asked."""
    if facts.agrees is None:
        return None
    text = "A second model wrote the same edit" if facts.agrees else "A second model wrote another"
    return weighed("agreement", float(facts.agrees), text)


def placed(facts: Facts) -> Reason | None:
    """How surely the edit's place in the document was found."""
    text = _FOUND.get(facts.match)
    return weighed("match", facts.match.confidence, text) if text else None


def repairs(facts: Facts) -> Reason | None:
    """What had to be put right before the reply could be read."""
    if facts.risk == "none":
        return None
    text = "The reply had to be put right before it could be read"
    return weighed("repairs", 0.7 if facts.risk == "low" else 0.0, text)


def attempt(facts: Facts) -> Reason | None:
    """How often the model had to be asked."""
    if facts.attempt < 2:
        return None
    return weighed("attempt", 1 / facts.attempt, f"The model needed {facts.attempt} attempts")


def margin(facts: Facts) -> Reason | None:
    """How sure the model was of its own words, where it tells."""
    if facts.margin is None:
        return None
    return weighed(
        "margin", min(max(facts.margin, 0.0), 1.0), "How sure the model was of each word"
    )


def hedged(facts: Facts) -> Reason | None:
    """A comment in the new code that says it is not the real thing."""
    found = hedged_comment(facts.before, facts.edits)
    return weighed("hedged_comment", 0.0, f"A new comment hedges: {found}") if found else None


def safe(facts: Facts) -> Reason | None:
    """Whether the rule that wrote the edit promises an unchanged meaning; a model promises nothing."""
    if not facts.rule:
        return None
    text = "The meaning of correct code can't change by it"
    if not facts.safe:
        text = "It may change what the code does"
    return weighed("safe", 1.0 if facts.safe else 0.3, text)


def rivals(facts: Facts) -> Reason | None:
    """Whether other edits were proved just as well, so that this one is a choice.

    Nothing when no other one was tried.
    """
    if facts.rivals is None:
        return None
    text = f"{plural(facts.rivals, 'other edit')} proved just as well"
    if not facts.rivals:
        text = "No other edit was proved as well"
    return weighed("rivals", 1 / (1 + facts.rivals), text)


def words(facts: Facts) -> Reason | None:
    """What the model says about its own edit; nothing when it says neither good nor bad."""
    value = judge_words(facts.prose)
    if value == NEUTRAL:
        return None
    text = "The model sounds confident" if value > NEUTRAL else "The model sounds unsure"
    return weighed(WORDS, value, text)


TRAITS: tuple[Callable[[Facts], Reason | None], ...] = (
    *(size, author, agreement, scope, kept, deleted, safe, rivals),
    *(placed, repairs, attempt, margin, hedged, words),
)


def _leads_to(before: str, after: str, edits: tuple[Edit, ...]) -> bool:
    grown = sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)
    if grown != len(after) - len(before):
        return False
    try:
        return apply(before, edits) == after
    except (OverlappingEditsError, ValueError):
        return False


def _is_asked(hunk: Hunk, facts: Facts) -> bool:
    index = facts.before.index
    above = index.lines[max(hunk.first - FARTHEST, 0) : hunk.first]
    if are_imports((*hunk.old, *hunk.new), above):
        return True
    return any(_overlap(hunk, index.lines_of(span), index) for span in facts.scope)


def _overlap(hunk: Hunk, asked: range, index: LineIndex) -> bool:
    if hunk.old:
        return hunk.touched.start in asked and hunk.touched[-1] in asked
    return any(line in asked for line in hunk.touched if line < len(index))
