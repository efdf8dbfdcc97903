"""A whole run with scripted models is told to a collector as the table of spans has it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.providers.stage import GOOD, WORSE
from tests.unit.telemetry.receiver import LIMIT_S, Receiver, attributes
from tests.unit.telemetry.telling import settings as told_to
from understudy.engine.outcome import Status
from understudy.engine.recording import open_journal
from understudy.journal.records import EditRow, OutcomeRow
from understudy.telemetry import names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from opentelemetry.proto.trace.v1.trace_pb2 import Span

    from tests.providers.stage import Stage
    from understudy.journal.store import Journal


class Recorded(list[object]):
    """Rows that also go into the journal, as they come."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal

    def append(self, row: object) -> None:
        super().append(row)
        self.journal.record(row)

    async def close(self) -> None:
        assert await asyncio.to_thread(self.journal.close, 2 * LIMIT_S)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    with Receiver() as one:
        yield one


def told(stage: Stage, receiver: Receiver, **values: Any) -> Recorded:
    stage.settings = replace(stage.settings, telemetry=told_to(receiver.url, **values).telemetry)
    rows = Recorded(open_journal(stage.settings))
    stage.rows = rows
    return rows


def tree(spans: list[Span], parent: bytes = b"") -> list[Any]:
    """Names of spans with those below them, by their beginning."""
    mine = [span for span in spans if span.parent_span_id == parent]
    mine.sort(key=lambda span: (span.start_time_unix_nano, span.name))
    return [(span.name, tree(spans, span.span_id)) for span in mine]


async def test_a_run_ends_in_the_right_tree(stage: Stage, receiver: Receiver) -> None:
    rows = told(stage, receiver)
    stage.server.scripts["one"] = [WORSE, GOOD]
    assert (await stage.fix("acme/one")).status is Status.OFFERED
    edit = next(row for row in rows if isinstance(row, EditRow))
    rows.append(OutcomeRow(edit.id, 1_790_000_000_000_000, "applied"))
    await rows.close()
    (run,) = [span for span in receiver.spans if not span.parent_span_id]
    assert run.name == "invoke_agent understudy"
    inside = dict(tree(receiver.spans)[0][1])
    assert set(inside) == {
        "retrieval workspace",
        "understudy.route",
        "understudy.attempt",
        "understudy.apply_edit",
    }
    attempts = receiver.named("understudy.attempt")
    assert [attributes(one)["understudy.attempt.number"] for one in attempts] == [1, 2]
    assert next(iter(attempts[1].links)).span_id == attempts[0].span_id
    assert not attempts[0].links
    for one in attempts:
        below = [name for name, _ in tree(receiver.spans, one.span_id)]
        assert below[0] == "chat one"
        assert "execute_tool verify.ruff" in below
        (gate,) = [event for event in one.events if event.name == "gen_ai.evaluation.result"]
        assert attributes(gate)["gen_ai.evaluation.name"] == "understudy.gate"
    assert attributes(attempts[0])["understudy.failure.category"]
    assert run.status.code == run.status.STATUS_CODE_OK
    for span in receiver.spans:
        if span.name != "understudy.apply_edit":
            assert run.start_time_unix_nano <= span.end_time_unix_nano
            assert span.start_time_unix_nano <= span.end_time_unix_nano


async def test_a_call_says_what_the_conventions_ask_for(stage: Stage, receiver: Receiver) -> None:
    rows = told(stage, receiver, otel_compat=("langfuse", "logfire", "openinference"))
    await stage.fix("acme/one")
    await rows.close()
    (call,) = receiver.named("chat one")
    assert call.kind == call.SPAN_KIND_CLIENT
    found = attributes(call)
    assert {key: found[key] for key in CALL} == CALL
    assert found["server.port"] == stage.server.port
    assert found["gen_ai.request.max_tokens"] > 0
    assert found["gen_ai.response.time_to_first_chunk"] > 0
    assert found["openinference.span.kind"] == "LLM"
    known = {*names.CALL.attributes, *names.CALL.compat}
    assert set(found) <= known
    metrics = {
        metric.name: metric.histogram
        for request in receiver.counted[-1:]
        for resource in request.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    # Parts that come at once have no time between them.
    every = {one.name for one in names.METRICS}
    assert every - {names.EACH_CHUNK.name} <= set(metrics) <= every
    tokens = {
        attributes(point)["gen_ai.token.type"]: point.sum
        for point in metrics["gen_ai.client.token.usage"].data_points
    }
    assert tokens == {"input": 900.0, "output": 100.0}


CALL = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "acme",
    "gen_ai.request.model": "one",
    "gen_ai.response.model": "one",
    "gen_ai.response.finish_reasons": ("stop",),
    "gen_ai.usage.input_tokens": 900,
    "gen_ai.usage.output_tokens": 100,
    "gen_ai.usage.cache_read.input_tokens": 512,
    "server.address": "127.0.0.1",
}


@pytest.mark.parametrize("content", [False, True])
async def test_texts_are_only_told_where_the_user_wants_that(
    stage: Stage, receiver: Receiver, content: bool
) -> None:
    rows = told(stage, receiver, content=content)
    token = "ghp_" + "a1B2c3D4e5F6" * 3
    stage.text = f"TOKEN = '{token}'\n" + stage.text
    await stage.fix("acme/one")
    await rows.close()
    bodies = b"".join(one.body for one in receiver.got)
    assert (b"something_else_entirely" in bodies) == content
    assert (b"The sum is in" in bodies) == content
    for never in (token, "planted-key-95a0cc71", str(stage.root)):
        assert never.encode() not in bodies
    assert (b"basket.py" in bodies) <= content


async def test_a_run_ends_while_the_collector_still_blocks(
    stage: Stage, receiver: Receiver
) -> None:
    receiver.held.clear()
    rows = told(stage, receiver)
    assert (await stage.fix("acme/one")).status is Status.OFFERED
    await asyncio.to_thread(receiver.until, lambda: receiver.got)
    stage.server.scripts["one"] = [GOOD]
    assert (await stage.fix("acme/two")).status is Status.OFFERED
    assert not receiver.held.is_set()
    receiver.held.set()
    await rows.close()
    assert len(receiver.named("invoke_agent understudy")) == 2
