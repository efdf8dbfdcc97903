"""What is written is what OpenTelemetry's own messages read."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from tests.unit.telemetry.receiver import attributes
from understudy.telemetry import histograms, names
from understudy.telemetry.delivering import partial_success
from understudy.telemetry.encoding import About, metrics, traces
from understudy.telemetry.histograms import Histograms
from understudy.telemetry.protobuf import fields
from understudy.telemetry.span import Span, SpanEvent, Status, span_id, trace_id

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.lists(TEXTS).map(tuple),
)
ATTRIBUTES = st.dictionaries(TEXTS, VALUES, max_size=5)
TIMES = st.integers(0, 2**53)


@given(ATTRIBUTES, ATTRIBUTES, TIMES, TIMES, TEXTS, st.sampled_from(Status))
def test_a_span_is_read_as_it_was(
    own: Any, event: Any, start: int, end: int, name: str, status: Status
) -> None:
    span = Span(
        shape=names.CALL,
        name=name,
        trace=trace_id("R"),
        id=span_id("call", "C"),
        parent=span_id("attempt", "A"),
        start_us=start,
        end_us=end,
        attributes=own,
        events=(SpanEvent("something", end, event),),
        links=(span_id("attempt", "B"),),
        status=status,
        said=name,
    )
    request = ExportTraceServiceRequest.FromString(
        traces(About({"service.name": name}), [span, span])
    )
    (resource,) = request.resource_spans
    assert attributes(resource.resource) == {"service.name": name}
    assert resource.schema_url == names.SCHEMA_URL
    (scope,) = resource.scope_spans
    read, again = scope.spans
    assert read == again
    assert (read.trace_id, read.span_id, read.parent_span_id) == (span.trace, span.id, span.parent)
    assert (read.name, read.kind, read.status.code, read.status.message) == (name, 3, status, name)
    assert read.start_time_unix_nano == start * 1_000
    assert read.end_time_unix_nano == end * 1_000
    assert attributes(read) == own
    assert attributes(read.events[0]) == event
    assert read.links[0].span_id == span.links[0]


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=50))
def test_a_histogram_is_read_as_it_was(values: list[float]) -> None:
    counted = Histograms(start_us=1)
    for value in values:
        counted.add(names.DURATION, value, {"gen_ai.operation.name": "chat"})
    request = ExportMetricsServiceRequest.FromString(metrics(About({}), counted.series(2)))
    (metric,) = request.resource_metrics[0].scope_metrics[0].metrics
    (point,) = metric.histogram.data_points
    bounds = [-math.inf, *names.DURATION.bounds, math.inf]
    assert list(point.explicit_bounds) == bounds[1:-1]
    assert list(point.bucket_counts) == [
        sum(low < value <= high for value in values) for low, high in pairwise(bounds)
    ]
    assert (point.count, point.min, point.max) == (len(values), min(values), max(values))
    assert math.isclose(point.sum, sum(values))
    assert metric.histogram.aggregation_temporality == 2
    assert attributes(point) == {"gen_ai.operation.name": "chat"}


def test_more_cases_than_may_be_counted_are_counted_together() -> None:
    counted = Histograms(start_us=1)
    for number in range(histograms.MOST_POINTS + 5):
        counted.add(names.TOKENS, 1.0, {"gen_ai.request.model": str(number)})
    (series,) = counted.series(2)
    assert len(series.points) == histograms.MOST_POINTS + 1
    assert dict(series.points[-1].attributes) == {"otel.metric.overflow": True}
    assert sum(series.points[-1].counts) == 5


@given(st.integers(0, 2**62), TEXTS)
def test_a_partial_success_is_read_as_it_was_written(refused: int, said: str) -> None:
    answer = ExportTraceServiceResponse()
    answer.partial_success.rejected_spans = refused
    answer.partial_success.error_message = said
    assert partial_success(answer.SerializeToString()) == (refused, said)


@given(st.binary())
def test_no_answer_is_more_than_refused(content: bytes) -> None:
    try:
        fields(content)
    except ValueError:
        assert partial_success(content) == (0, "")
    assert partial_success(content)[0] >= 0
