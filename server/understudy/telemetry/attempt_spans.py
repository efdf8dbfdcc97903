"""One asking of one model as spans: the attempt, its call, and what checkers said about its edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.journal.vocabulary import clean
from understudy.telemetry import names
from understudy.telemetry.call_span import call_span, start_of
from understudy.telemetry.span import Span, SpanEvent, Status, span_id, trace_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.journal.records import Check
    from understudy.telemetry.sharing import Sharing
    from understudy.telemetry.span import Attributes
    from understudy.telemetry.story import Candidate, Story, Turn

_VERIFY = "verify."
_GATE = "understudy.gate"
_FAILED = "verification_failed"
_LABELS = {0: "pass", 1: "fail"}


def attempt_spans(found: Story, number: int, before: bytes, sharing: Sharing) -> tuple[Span, ...]:
    """The spans of one turn, the attempt's own first.

    Args:
        found: the run.
        number: which of its turns, from 1.
        before: the id of the attempt before it; empty for the first one.
        sharing: what may be told.
    """
    turn = found.turns[number - 1]
    trace, own = trace_id(found.run.id), span_id("attempt", f"{found.run.id}:{number}")
    call = call_span(turn, trace, own, sharing)
    checks = [span for one in turn.candidates for span in _checks(one, found, own, sharing)]
    start, end = _times(turn, found)
    attempt = Span(
        shape=names.ATTEMPT,
        name=names.ATTEMPT.name,
        trace=trace,
        id=own,
        parent=span_id("run", found.run.id),
        start_us=start,
        end_us=end,
        attributes=_attributes(turn, number) | sharing.kind("CHAIN"),
        events=tuple(_verdicts(turn, found)),
        links=(before,) if before else (),
        status=Status.ERROR if turn.category else Status.UNSET,
        said=clean("word", turn.category),
    )
    return (attempt, *([call] if call is not None else []), *checks)


def _attributes(turn: Turn, number: int) -> Attributes:
    found: Attributes = {
        "understudy.attempt.number": number,
        "understudy.attempt.reason": clean("how", turn.call.how) if turn.call else "first",
        "understudy.attempt.candidates": len(turn.candidates),
        "understudy.model": clean("model", turn.model),
    }
    if turn.call is not None and turn.call.remembered:
        found["understudy.attempt.remembered"] = True
    if turn.category:
        found["understudy.failure.category"] = clean("word", turn.category)
    return found


def _times(turn: Turn, found: Story) -> tuple[int, int]:
    """From the beginning of the call, or of the first proof, to the end of the last."""
    spans = [_proving(one, found) for one in turn.candidates]
    if turn.call is not None:
        spans.append((start_of(turn.call), turn.call.at_us))
    if not spans:
        return found.end_us, found.end_us
    return min(start for start, _ in spans), max(end for _, end in spans)


def _proving(one: Candidate, found: Story) -> tuple[int, int]:
    end = one.proved.ended_us if one.proved is not None else found.end_us
    return end - int(one.row.seconds * SECOND_US), end


def _verdicts(turn: Turn, found: Story) -> Iterator[SpanEvent]:
    """What the gate said about each edit. Its score is how sure it is, between 0 and 1."""
    for one in turn.candidates:
        if one.gate is None:
            continue
        attributes: Attributes = {
            "gen_ai.evaluation.name": _GATE,
            "gen_ai.evaluation.score.value": float(one.gate.score),
            "gen_ai.evaluation.score.label": clean("band", one.gate.band),
            "understudy.candidate.number": one.row.number,
        }
        if turn.exchanged is not None and turn.exchanged.response_id:
            attributes["gen_ai.response.id"] = clean("word", turn.exchanged.response_id)
        yield SpanEvent(names.EVALUATION, _proving(one, found)[1], attributes)


def _checks(one: Candidate, found: Story, parent: bytes, sharing: Sharing) -> Iterator[Span]:
    """One span for each checker. They begin together, with the proof."""
    start, end = _proving(one, found)
    for check in one.checks.checks if one.checks is not None else ():
        name = _VERIFY + clean("checker", check.checker)
        ended = min(end, start + int(check.seconds * SECOND_US))
        problem = _problem(check)
        attributes: Attributes = {
            "gen_ai.operation.name": names.EXECUTE_TOOL,
            "gen_ai.tool.name": name,
            "gen_ai.tool.type": "function",
            "gen_ai.tool.call.id": f"{one.row.id}:{clean('checker', check.checker)}",
            "understudy.candidate.number": one.row.number,
            "understudy.check.status": clean("word", check.status),
            "understudy.check.new": check.new_count,
            "understudy.check.fixed": check.fixed_count,
        }
        if problem:
            attributes["error.type"] = problem
        yield Span(
            shape=names.CHECK,
            name=names.CHECK.named(name),
            trace=trace_id(found.run.id),
            id=span_id("check", f"{one.row.id}:{check.checker}"),
            parent=parent,
            start_us=start,
            end_us=ended,
            attributes=attributes | sharing.kind("TOOL"),
            events=tuple(_evaluated(check, name, one, ended)),
            status=Status.ERROR if problem else Status.UNSET,
            said=problem,
        )


def _problem(check: Check) -> str:
    """Why a check proves nothing good; empty when it found nothing new."""
    if check.status != "done":
        return clean("word", check.status)
    return _FAILED if check.new_count else ""


def _evaluated(check: Check, name: str, one: Candidate, at_us: int) -> Iterator[SpanEvent]:
    """The result of a check that was made: 1 where nothing new was found."""
    if check.status == "done":
        bad = int(check.new_count > 0)
        yield SpanEvent(
            names.EVALUATION,
            at_us,
            {
                "gen_ai.evaluation.name": name,
                "gen_ai.evaluation.score.value": float(1 - bad),
                "gen_ai.evaluation.score.label": _LABELS[bad],
                "understudy.candidate.number": one.row.number,
            },
        )
