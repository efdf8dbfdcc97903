"""What became of an edit after its run, as one more span of the run's trace.

Spans are sent once and never again, so what is found out later is a span of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.journal.vocabulary import clean
from understudy.telemetry import names
from understudy.telemetry.span import Span, SpanEvent, span_id, trace_id

if TYPE_CHECKING:
    from understudy.telemetry.collecting import Became
    from understudy.telemetry.sharing import Sharing
    from understudy.telemetry.span import Attributes

_APPLIED = "applied"
_UNTAKEN = frozenset({"discarded", "withdrawn", "stale"})
"""What happens to edits that were never applied."""
_SHARES = frozenset(
    {"kept", "changed", "survived_30", "survived_120", "survived_600", "survived_later"}
)
"""Outcomes whose number is the share of the edit that is left."""


def outcome_span(became: Became, sharing: Sharing) -> Span:
    """That an edit was applied, or what was found out about it."""
    edit, outcome = became.edit, became.outcome
    attributes: Attributes = {
        "understudy.edit.id": clean("word", edit.id),
        "understudy.model": clean("model", edit.model),
    }
    if outcome.what == _APPLIED:
        shape, kind = names.APPLY, "CHAIN"
        attributes |= _size(became)
        own = span_id("apply", edit.id)
    else:
        shape, kind = names.OUTCOME, "EVALUATOR"
        attributes["understudy.edit.outcome"] = clean("what", outcome.what)
        if outcome.detail is not None:
            attributes["understudy.edit.detail"] = outcome.detail
        own = span_id("outcome", f"{edit.id}:{outcome.what}:{outcome.at_us}")
    return Span(
        shape=shape,
        name=shape.name,
        trace=trace_id(edit.run_id),
        id=own,
        parent=_parent(became),
        start_us=outcome.at_us,
        end_us=outcome.at_us,
        attributes=attributes | sharing.kind(kind),
        events=_evaluated(became),
    )


def _parent(became: Became) -> bytes:
    if became.outcome.what == _APPLIED or became.outcome.what in _UNTAKEN:
        return span_id("run", became.edit.run_id)
    return span_id("apply", became.edit.id)


def _size(became: Became) -> Attributes:
    edit = became.edit
    found: Attributes = {
        "understudy.edit.band": clean("band", edit.band),
        "understudy.edit.lines_added": edit.lines_added,
        "understudy.edit.lines_removed": edit.lines_removed,
    }
    if became.proved is not None:
        found["understudy.edit.files"] = became.proved.files
        found["understudy.edit.hunks"] = became.proved.hunks
    return found


def _evaluated(became: Became) -> tuple[SpanEvent, ...]:
    """How much of an edit the user kept."""
    outcome = became.outcome
    if outcome.what not in _SHARES or outcome.detail is None:
        return ()
    attributes: Attributes = {
        "gen_ai.evaluation.name": "understudy.kept",
        "gen_ai.evaluation.score.value": float(outcome.detail),
        "gen_ai.evaluation.score.label": clean("what", outcome.what),
    }
    return (SpanEvent(names.EVALUATION, outcome.at_us, attributes),)
