"""Puts the imports of an edit in order before anybody judges it, where a lesson says so.

What an edit leaves of imports that are missing, unused or out of order is mended by the checkers' own
safe fixes and by fixers that guess at nothing. Only lines that import something change, whatever else
is wrong with the edit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.core.minimise import minimise
from understudy.core.stopping import in_thread
from understudy.core.text import apply
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.import_lines import FARTHEST, are_imports
from understudy.engine.tidying import are_apart, certain_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.text import Edit
    from understudy.engine.attempt import Ask
    from understudy.engine.evidence import CheckReport
    from understudy.engine.rules import Draft
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_ROUNDS = 3
"""To add an import may put the imports out of order."""
_MOST_FOUND = 50


async def organized(ask: Ask, draft: Draft) -> Draft:
    """The draft with what is certain about its imports; the same where nothing is.

    Args:
        ask: what was asked.
        draft: an edit of one document; others are left as they are.
    """
    if draft.others:
        return draft
    view, text, why = ask.subject.view, draft.after, draft.proposal.why
    seen = {view.text, text}
    for _ in range(_ROUNDS):
        after = replace(view, text=text)
        checks = await check(after, ask.services.settings)
        edits, whys = await in_thread(_mends, ask, after, checks)
        changed = apply(text, edits)
        if changed in seen:
            break
        seen.add(changed)
        text, why = changed, " ".join(dict.fromkeys((why, *whys)))
    if text == draft.after:
        return draft
    proposal = replace(draft.proposal, edits=minimise(view.text, text), why=why.strip())
    return replace(draft, after=text, proposal=proposal)


def _mends(
    ask: Ask, after: View, checks: tuple[CheckReport, ...]
) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    view = ask.subject.view
    edits = minimise(view.text, after.text)
    new = compare(ask.baseline, checks, view, edits, ask.subject.target).new
    return import_mends(after, new[:_MOST_FOUND])


def import_mends(
    after: View, found: Iterable[Diagnostic]
) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    """`(edits, why each)`: certain answers to findings of a text that change imports alone."""
    edits: list[Edit] = []
    whys: list[str] = []
    for one in found:
        answer = certain_answer(after, one)
        if answer is None or not all(_keeps_to_imports(after, each) for each in answer[0]):
            continue
        if are_apart(answer[0], edits):
            edits += answer[0]
            whys.append(answer[1])
    return tuple(edits), tuple(dict.fromkeys(whys))


def _keeps_to_imports(after: View, edit: Edit) -> bool:
    index, span = after.index, edit.span
    touched = index.lines_of(span)
    start = index.start(touched.start)
    whole = "".join(index.lines[line] for line in touched)
    changed = whole[: span.start - start] + edit.text + whole[span.end - start :]
    above = index.lines[max(touched.start - FARTHEST, 0) : touched.start]
    old, new = _differing(split_lines(whole), split_lines(changed))
    return are_imports(old, above) and are_imports(new, above)


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of both without those that they begin and end with in common."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    least -= head
    tail = next((n for n in range(least) if old[-1 - n] != new[-1 - n]), least)
    return old[head : len(old) - tail], new[head : len(new) - tail]
