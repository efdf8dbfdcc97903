"""What a question about code is about, and what is told of the answer beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.plural import price
from understudy.engine.scope import block_of
from understudy.prompt import short_name

if TYPE_CHECKING:
    from understudy.engine.outcome import Outcome
    from understudy.workspace.view import View

UNCHECKED = "A model wrote this, and nobody checked it."
_TOLD_SLOTS = frozenset({"project", "conventions", "definitions", "examples", "target", "problem"})
"""What holds the user's own; the other slots are in every prompt."""


def subject_lines(view: View) -> range:
    """What is selected; with nothing selected, the symbol or block around it. Parses the text."""
    if view.selection:
        return view.index.lines_of(view.selection)
    return block_of(view, view.selection)


def facts(outcome: Outcome) -> str:
    """Who answered after whom, what it cost, and what was sent, as sentences."""
    parts = [price(outcome.cost_usd).capitalize()]
    turns = outcome.prompt.turns if outcome.prompt is not None else ()
    parts_sent = (part for turn in turns for part in turn.parts if part.slot in _TOLD_SLOTS)
    sent = dict.fromkeys(short_name(part.name) for part in parts_sent)
    parts.append(f"sent: {', '.join(sent)}")
    if outcome.prompt is not None and outcome.prompt.left_out:
        parts.append(f"left out: {', '.join(map(short_name, outcome.prompt.left_out))}")
    return "".join(f"{line} " for line in outcome.handovers) + "; ".join(parts) + "."


def where(view: View, lines: range) -> str:
    """`basket.py, lines 1 to 5`."""
    if lines.start == 0 and view.index.start(lines.stop) == len(view.text):
        return view.name
    if len(lines) == 1:
        return f"{view.name}, line {lines.stop}"
    return f"{view.name}, lines {lines.start + 1} to {lines.stop}"
