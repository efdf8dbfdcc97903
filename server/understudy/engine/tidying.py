"""Mends a failed edit of a model without asking anybody, and proves it again.

What a checker reports may have an obvious answer: an import that is missing, or not used any more, the
order of imports, a token that its compiler names. Only fixes that promise to keep the meaning take part,
and none that guesses what was meant, such as by a misspelt name: that is evidence against the edit. It is
the checkers again that say whether the edit will do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.context.names import Names
from understudy.core.minimise import minimise
from understudy.core.stopping import in_thread
from understudy.core.text import Edit, apply
from understudy.engine.attempt import prove
from understudy.engine.rules import drafts
from understudy.engine.shortcoming import failure_of
from understudy.failures.own import reclassified
from understudy.fixers import Problem, all_fixers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.failures import Failure
    from understudy.engine.attempt import Ask
    from understudy.engine.outcome import Candidate
    from understudy.engine.rules import Draft
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_ROUNDS = 3
_MOST_FOUND = 12
"""An edit with more to mend is none that a few small fixes make right."""


async def tidied(
    ask: Ask, draft: Draft, found: Sequence[Diagnostic]
) -> tuple[Candidate, Failure | None] | None:
    """The edit with what could be mended, proved; None where nothing could.

    Args:
        ask: what was asked.
        draft: an edit of one document that failed.
        found: what checkers reported about its text, in code points of it.

    Returns:
        The last candidate, and why it does not do either; None for one that may be offered.
    """
    view, last = ask.subject.view, draft
    result: tuple[Candidate, Failure | None] | None = None
    seen = {view.text, draft.after}
    for _ in range(_ROUNDS):
        after = replace(view, text=last.after)
        edits, whys = await in_thread(mends, after, found)
        text = apply(after.text, edits)
        if text in seen:
            break
        seen.add(text)
        last = _mended(last, text, view, whys)
        candidate = await prove(ask, last)
        ask.tried.append(candidate)
        result = candidate, await in_thread(_failure, ask, candidate, text)
        found = candidate.comparison.new
        if result[1] is None or not found:
            break
    return result


def mends(after: View, found: Sequence[Diagnostic]) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    """`(edits, why each)` that answer findings of a text; none unless every finding is answered.

    One that stands on a line with an answered one counts as answered: tools report things twice.
    """
    edits: list[Edit] = []
    whys: list[str] = []
    open_lines: set[int] = set()
    done_lines: set[int] = set()
    if len(found) > _MOST_FOUND:
        return (), ()
    for one in found:
        line = after.index.line_of(min(one.span.start, len(after.text)))
        answer = certain_answer(after, one)
        if answer is None:
            open_lines.add(line)
            continue
        done_lines.add(line)
        if are_apart(answer[0], edits):
            edits += answer[0]
            whys.append(answer[1])
    if open_lines - done_lines:
        return (), ()
    return tuple(edits), tuple(dict.fromkeys(whys))


def certain_answer(after: View, found: Diagnostic) -> tuple[tuple[Edit, ...], str] | None:
    """The one certain fix of a finding: the tool's own, else that of a fixer that guesses at nothing."""
    for one in found.suggestions:
        if one.safe and one.edits and max(each.span.end for each in one.edits) <= len(after.text):
            return one.edits, f"{found.source}: {one.title.rstrip(' .')}."
    every = drafts(Problem(after, found, Names(after, after.environment)))
    best = [one for one in every if one.proposal.rank == every[0].proposal.rank]
    # A rival of the same rank means that something else may be meant.
    if len(best) != 1 or not best[0].proposal.safe or not all_fixers()[best[0].author].tidies:
        return None
    return best[0].proposal.edits, best[0].proposal.why


def are_apart(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether edits have no place in common with others: what has is looked at in the next round."""
    there = [*others]
    return not any(one.span.touches(other.span) for one in edits for other in there)


def _mended(draft: Draft, text: str, view: View, whys: Iterable[str]) -> Draft:
    """The draft with the mended text. It counts as one more attempt: the model's own was not right."""
    why = " ".join(dict.fromkeys((draft.proposal.why, *whys)))
    proposal = replace(draft.proposal, edits=minimise(view.text, text), why=why)
    return replace(draft, after=text, proposal=proposal, attempt=draft.attempt + 1)


def _failure(ask: Ask, candidate: Candidate, text: str) -> Failure | None:
    failure = failure_of(candidate, ask.subject.view, text)
    if failure is None:
        return None
    rules = ask.services.settings.failures.rules
    return replace(reclassified(failure, rules), message=failure.message)
