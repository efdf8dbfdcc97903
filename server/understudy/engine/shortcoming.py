"""Why an edit of a model does not do, as the failure that the cascade goes on from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import Evidence, Failure, FailureCategory
from understudy.engine.evidence import Band
from understudy.engine.invented import invented
from understudy.failures.output import classify_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.outcome import Candidate
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MOST_LOOKED_AT = 5
"""Of more new problems, only the first may be about a name that was made up."""
_STOPPED = {
    "no_change": FailureCategory.EDIT_APPLY_FAILED,
    "broken_syntax": FailureCategory.SYNTAX_ERROR,
    "code_left_out": FailureCategory.INCOMPLETE_OUTPUT,
    "flawed_reply": FailureCategory.INCOMPLETE_OUTPUT,
}
"""What a hard stop of the gate is called by the cascade, where it has a name of its own."""


def failure_of(candidate: Candidate, view: View, after: str) -> Failure | None:
    """Why an edit does not do, for the cascade; None when it may be offered. May read many files.

    Args:
        candidate: the edit as it was proved.
        view: the document that it was made for.
        after: its text with the edit.
    """
    beside = next((one for one in candidate.others if one.comparison and one.comparison.new), None)
    if beside is not None and beside.comparison is not None:
        return _of_other(beside.name, beside.comparison.new)
    new = candidate.comparison.new
    if candidate.verdict.band is not Band.BLOCK and not new:
        return None
    if new:
        return _made_up(new, view, after) or _of_diagnostic(new[0], len(new))
    why = " ".join(candidate.verdict.hard_stops) or "It could not be proved."
    stopped = [one.signal for one in candidate.verdict.reasons if one.value == 0 and not one.weight]
    category = _STOPPED.get(stopped[0] if stopped else "", FailureCategory.LINT_FAILURE)
    return Failure(
        category=category,
        phase="check",
        blame="model",
        message=why,
        advice="refine",
        evidence=Evidence("gate", why[:200]),
        fingerprint=f"gate:{view.language}:{':'.join(stopped) or 'score'}",
    )


def _made_up(new: Sequence[Diagnostic], view: View, after: str) -> Failure | None:
    """The failure that the first of the new problems is about a name that the model made up."""
    for found in new[:_MOST_LOOKED_AT]:
        failure = invented(found, view, after)
        if failure is not None:
            return replace(failure, message=f"{_told(found, len(new))} {failure.message}")
    return None


def _of_diagnostic(found: Diagnostic, count: int) -> Failure:
    """The failure that the first new problem is, in the words of the checker."""
    failure = classify_output(found.source, found.message, code=found.code)
    return replace(failure, message=_told(found, count), advice="refine", blame="model")


def _of_other(name: str, new: Sequence[Diagnostic]) -> Failure:
    """The failure that the first new problem of another document is."""
    failure = _of_diagnostic(new[0], len(new))
    return replace(failure, message=f"In {name}: {failure.message}")


def _told(found: Diagnostic, count: int) -> str:
    more = f", and {count - 1} more" if count > 1 else ""
    said = found.message.splitlines()[0].rstrip(".")
    return f"It leaves a new problem: {found.label}: {said}{more}."
