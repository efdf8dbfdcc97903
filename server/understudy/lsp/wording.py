"""What the user reads about edits: titles, one-line summaries, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.evidence import Band
from understudy.engine.outcome import Status
from understudy.lsp.menu import PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.text import Edit
    from understudy.engine.outcome import Candidate, Outcome
    from understudy.engine.sweep import Sweep

_MAX_SNIPPET = 40
_ORDER = (Band.AUTO, Band.CONFIRM, Band.REVIEW, Band.BLOCK)


def change_in_words(text: str, edits: Sequence[Edit]) -> str:
    """`reslt` → `result`, or how much changes when that would be long."""
    if len(edits) == 1:
        old, new = edits[0].span.of(text).strip(), edits[0].text.strip()
        if "\n" not in old + new and len(old) + len(new) <= 2 * _MAX_SNIPPET:
            if old and new:
                return f"`{old}` → `{new}`"
            if old or new:
                return f"{'add' if new else 'remove'} `{new or old}`"
    lines = sum(max(edit.text.count("\n"), edit.span.of(text).count("\n")) + 1 for edit in edits)
    return f"{lines} line{'s' if lines != 1 else ''} changed"


def ready_title(text: str, edits: Sequence[Edit], outcomes: Sequence[Outcome]) -> str:
    """The menu entry of a verified edit: what it does, who wrote it, how sure that is."""
    models = ", ".join(dict.fromkeys(one.model for one in candidates(outcomes)))
    return f"{PREFIX}✓ Fix: {change_in_words(text, edits)} ({models}, {lowest_score(outcomes):.2f})"


def summary(outcomes: Sequence[Outcome], tried: int, seconds: float) -> str:
    """What was checked and what it cost, for log and preview.

    It stands after a title, which names the model and the confidence already.
    """
    checks = "; ".join(
        dict.fromkeys(
            reason.evidence
            for one in candidates(outcomes)
            for reason in one.verdict.reasons
            if reason.signal.startswith("check:") or not reason.weight
        )
    )
    attempts = f"{tried} candidate{'s' if tried != 1 else ''} checked"
    return f"{checks}. Free, {attempts}, {seconds * 1000:.0f} ms."


def nothing_found(sweep: Sweep) -> str:
    """No diagnostic where the user asked."""
    view = sweep.start
    if sweep.region is None:
        return f"Understudy found nothing to fix in {view.name}."
    line = view.index.line_of(sweep.region.start) + 1
    return f"Understudy found nothing to fix at {view.name}:{line}."


def nothing_proved(sweep: Sweep) -> str:
    """Why none of the diagnostics has an edit to offer."""
    first = sweep.outcomes[0]
    more = len(sweep.outcomes) - 1
    rest = f" ({more} more like this: see `understudy runs`.)" if more else ""
    label = first.diagnostic.message if first.diagnostic else "The problem"
    return f"Not fixed: {label.rstrip('.')}. {first.reason}{rest}"


def lowest_band(outcomes: Sequence[Outcome]) -> Band:
    """The most careful band of several edits that are taken together."""
    return max((one.verdict.band for one in candidates(outcomes)), key=_ORDER.index)


def lowest_score(outcomes: Sequence[Outcome]) -> float:
    """The lowest score of several edits that are taken together."""
    return min(one.verdict.score for one in candidates(outcomes))


def candidates(outcomes: Sequence[Outcome]) -> list[Candidate]:
    """The offered edits."""
    return [one.candidate for one in outcomes if one.candidate and one.status is Status.OFFERED]
