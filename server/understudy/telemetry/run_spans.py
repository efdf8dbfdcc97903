"""A run as spans: one tree, of which every part is sent once, when the run has ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from understudy import __version__
from understudy.core.clock import SECOND_US
from understudy.journal.vocabulary import clean
from understudy.telemetry import names
from understudy.telemetry.attempt_spans import attempt_spans
from understudy.telemetry.span import Span, SpanEvent, Status, span_id, trace_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.journal.route_records import Routed
    from understudy.journal.trace_records import Gathered
    from understudy.telemetry.sharing import Sharing
    from understudy.telemetry.span import Attributes
    from understudy.telemetry.story import Story

_GOOD = frozenset({"offered", "told"})
_WORKSPACE = "workspace"


def run_spans(found: Story, sharing: Sharing) -> Iterator[Span]:
    """All spans of a run, its own first."""
    trace, root = trace_id(found.run.id), span_id("run", found.run.id)
    yield _run(found, trace, root, sharing)
    for number, gathered in enumerate(found.gathered, 1):
        yield _context(found, gathered, number, sharing)
    if found.routed is not None:
        yield _route(found.routed, trace, root, sharing)
    before = b""
    for number in range(1, len(found.turns) + 1):
        spans = attempt_spans(found, number, before, sharing)
        before = spans[0].id
        yield from spans


def _run(found: Story, trace: bytes, root: bytes, sharing: Sharing) -> Span:
    run, ended = found.run, found.ended
    good = ended.status in _GOOD
    category = clean("word", ended.reason_category)
    attributes: Attributes = {
        "gen_ai.operation.name": names.INVOKE_AGENT,
        "gen_ai.provider.name": names.AGENT,
        "gen_ai.agent.name": names.AGENT,
        "gen_ai.agent.id": f"{names.AGENT}.{clean('word', run.task)}",
        "gen_ai.agent.version": __version__,
        "gen_ai.conversation.id": run.id,
        "understudy.run.id": run.id,
        "understudy.run.status": clean("word", ended.status),
        "understudy.task.type": clean("word", run.task),
        "understudy.language": clean("word", run.language),
        "understudy.surface": clean("surface", run.surface),
        "understudy.attempts": len(found.turns),
        "understudy.candidates": ended.attempts,
    }
    more: Attributes = {
        "understudy.job.id": clean("word", run.job),
        "understudy.diagnostic.source": clean("word", run.source),
        "understudy.diagnostic.code": clean("word", run.code),
        "error.type": "" if good else category or clean("word", ended.status),
    }
    attributes |= {name: value for name, value in more.items() if value}
    return Span(
        shape=names.RUN,
        name=names.RUN.named(names.AGENT),
        trace=trace,
        id=root,
        parent=b"",
        start_us=run.started_us,
        end_us=found.end_us,
        attributes=attributes | sharing.kind("AGENT"),
        status=Status.OK if good else Status.ERROR,
        said="" if good else ": ".join(filter(None, (clean("word", ended.status), category))),
    )


def _context(found: Story, gathered: Gathered, number: int, sharing: Sharing) -> Span:
    attributes: Attributes = {
        "gen_ai.operation.name": names.RETRIEVAL,
        "gen_ai.provider.name": names.AGENT,
        "gen_ai.data_source.id": _WORKSPACE,
        "understudy.context.pieces": gathered.pieces,
        "understudy.context.tokens": gathered.tokens,
        "understudy.context.budget": gathered.budget,
    }
    return Span(
        shape=names.CONTEXT,
        name=names.CONTEXT.named(_WORKSPACE),
        trace=trace_id(found.run.id),
        id=span_id("context", f"{found.run.id}:{number}"),
        parent=span_id("run", found.run.id),
        start_us=gathered.at_us - int(gathered.seconds * SECOND_US),
        end_us=gathered.at_us,
        attributes=attributes | _documents(found, sharing) | sharing.kind("RETRIEVER"),
    )


def _documents(found: Story, sharing: Sharing) -> Attributes:
    """The places that prompts showed. Paths are content: they are only sent where that is."""
    shown = {
        f"{clean('path', one.path)}#L{one.first}-L{one.last}": None
        for turn in found.turns
        if turn.exchanged is not None and sharing.may_show(may_leave=turn.exchanged.may_leave)
        for one in turn.shown
    }
    if not shown:
        return {}
    return {"gen_ai.retrieval.documents": json.dumps([{"id": place} for place in shown])}


def _route(routed: Routed, trace: bytes, root: bytes, sharing: Sharing) -> Span:
    decided = SpanEvent(
        names.ROUTED,
        routed.at_us,
        {
            "understudy.route.chosen": tuple(clean("model", one) for one in routed.models),
            "understudy.route.rejected": tuple(clean("model", one) for one, _ in routed.rejected),
        },
    )
    return Span(
        shape=names.ROUTE,
        name=names.ROUTE.name,
        trace=trace,
        id=span_id("route", routed.run_id),
        parent=root,
        start_us=routed.at_us,
        end_us=routed.at_us,
        attributes={
            "understudy.route.provenance": clean("provenance", routed.provenance),
            **sharing.kind("CHAIN"),
        },
        events=(decided,),
    )
