"""What a model is told about attempts that came to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.diff import unified
from understudy.core.text import apply
from understudy.engine.evidence import Band
from understudy.prompt.pieces import Tried

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.outcome import Outcome

_CHARACTERS = 2_400
"""How much of an earlier attempt the next one is told."""


def shortened(text: str) -> str:
    """The beginning, cut at a line: half a secret would not be masked."""
    if len(text) <= _CHARACTERS:
        return text
    return text[: text.rfind("\n", 0, _CHARACTERS) + 1] + "(cut)"


def told_of(outcomes: Iterable[Outcome]) -> tuple[Tried, ...]:
    """What earlier runs tell: the edits that the gate stopped, and every reason why."""
    return tuple(filter(None, map(_withheld, outcomes)))


def _withheld(outcome: Outcome) -> Tried | None:
    candidate, view = outcome.candidate, outcome.view
    if candidate is None or candidate.verdict.band is not Band.BLOCK:
        return None
    diff = unified(view.text, apply(view.text, candidate.edits), view.name)
    new = (f"{one.label}: {one.message.splitlines()[0]}" for one in candidate.comparison.new[:5])
    why = " ".join((*candidate.verdict.hard_stops, *(f"New: {one}." for one in new)))
    return Tried(shortened(diff), why or outcome.reason)
