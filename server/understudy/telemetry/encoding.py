"""Spans, metrics and events as the requests of OTLP.

The messages: https://github.com/open-telemetry/opentelemetry-proto/tree/v1.5.0/opentelemetry/proto.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy import __version__
from understudy.telemetry import names
from understudy.telemetry.protobuf import (
    chunk,
    double,
    fixed64,
    integer,
    packed_double,
    packed_fixed64,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.telemetry.histograms import Point, Series
    from understudy.telemetry.log_records import LogRecord
    from understudy.telemetry.span import Span, SpanEvent, Value

_NANO = 1_000
_CUMULATIVE = 2
_ONLY_GROWS = 1


@dataclass(frozen=True, slots=True)
class About:
    """Where all of a request comes from.

    Attributes:
        schema_url: of the conventions; empty for none.
    """

    resource: Mapping[str, Value]
    schema_url: str = names.SCHEMA_URL


def traces(about: About, spans: Iterable[Span]) -> bytes:
    """An `ExportTraceServiceRequest`."""
    return _request(about, b"".join(chunk(2, _span(span)) for span in spans))


def metrics(about: About, series: Iterable[Series]) -> bytes:
    """An `ExportMetricsServiceRequest`."""
    return _request(about, b"".join(chunk(2, _metric(one)) for one in series))


def logs(about: About, records: Iterable[LogRecord]) -> bytes:
    """An `ExportLogsServiceRequest`."""
    return _request(about, b"".join(chunk(2, _record(one)) for one in records))


def _request(about: About, written: bytes) -> bytes:
    """All kinds of requests number the fields of resource, scope and content alike."""
    schema = text(3, about.schema_url) if about.schema_url else b""
    scope = text(1, names.SCOPE) + text(2, __version__)
    scoped = chunk(1, scope) + written + schema
    return chunk(1, chunk(1, _attributes(1, about.resource)) + chunk(2, scoped) + schema)


def _span(span: Span) -> bytes:
    status = text(2, span.said) if span.said else b""
    return b"".join(
        (
            chunk(1, span.trace),
            chunk(2, span.id),
            chunk(4, span.parent) if span.parent else b"",
            text(5, span.name),
            integer(6, span.shape.kind),
            fixed64(7, span.start_us * _NANO),
            fixed64(8, span.end_us * _NANO),
            _attributes(9, span.attributes),
            *(chunk(11, _event(event)) for event in span.events),
            *(chunk(13, chunk(1, span.trace) + chunk(2, link)) for link in span.links),
            chunk(15, status + integer(3, span.status)),
        )
    )


def _event(event: SpanEvent) -> bytes:
    return fixed64(1, event.at_us * _NANO) + text(2, event.name) + _attributes(3, event.attributes)


def _record(record: LogRecord) -> bytes:
    time = fixed64(1, record.at_us * _NANO) + fixed64(11, record.at_us * _NANO)
    severity = integer(2, record.severity) + text(3, record.severity.name)
    where = chunk(9, record.trace) + chunk(10, record.span)
    return time + severity + _attributes(6, record.attributes) + where + text(12, record.name)


def _metric(series: Series) -> bytes:
    metric = series.metric
    about = text(1, metric.name) + text(2, metric.description) + text(3, metric.unit)
    if metric.bounds:
        points = b"".join(chunk(1, _point(point, series)) for point in series.points)
        return about + chunk(9, points + integer(2, _CUMULATIVE))
    points = b"".join(chunk(1, _sum(point, series)) for point in series.points)
    return about + chunk(7, points + integer(2, _CUMULATIVE) + integer(3, _ONLY_GROWS))


def _sum(point: Point, series: Series) -> bytes:
    return b"".join(
        (
            fixed64(2, series.start_us * _NANO),
            fixed64(3, series.now_us * _NANO),
            double(4, point.total),
            _attributes(7, dict(point.attributes)),
        )
    )


def _point(point: Point, series: Series) -> bytes:
    return b"".join(
        (
            fixed64(2, series.start_us * _NANO),
            fixed64(3, series.now_us * _NANO),
            fixed64(4, sum(point.counts)),
            double(5, point.total),
            packed_fixed64(6, tuple(point.counts)),
            packed_double(7, series.metric.bounds),
            _attributes(9, dict(point.attributes)),
            double(11, point.least),
            double(12, point.most),
        )
    )


def _attributes(number: int, found: Mapping[str, Value]) -> bytes:
    return b"".join(
        chunk(number, text(1, key) + chunk(2, _value(value))) for key, value in found.items()
    )


def _value(value: Value) -> bytes:
    if isinstance(value, str):
        return text(1, value)
    if isinstance(value, bool):
        return integer(2, value)
    if isinstance(value, int):
        return integer(3, value)
    if isinstance(value, float):
        return double(4, value)
    return chunk(5, b"".join(chunk(1, text(1, each)) for each in value))
