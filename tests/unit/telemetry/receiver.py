"""A collector on loopback: real HTTP, decoded with OpenTelemetry's own messages."""

from __future__ import annotations

import gzip
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
    from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord
    from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
    from opentelemetry.proto.trace.v1.trace_pb2 import Span

LIMIT_S = 20.0
"""No wait takes longer; on a healthy machine none takes a tenth of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to one request."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Got:
    """A request that came, with its body decompressed."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """The collector.

    Attributes:
        script: answers to posts of spans, in order; afterwards everything is welcome.
        metrics: the answer to every post of metrics; `logs` to every one of events.
        got: every request, oldest first.
        held: while it is cleared, nobody gets an answer.
    """

    def __init__(self, *script: Answer) -> None:
        self.script = list(script)
        self.metrics = Answer()
        self.logs = Answer()
        self.got: list[Got] = []
        self.held = threading.Event()
        self.held.set()
        self._news = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.held.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def take(self, got: Got) -> Answer:
        with self._news:
            self.got.append(got)
            self._news.notify_all()
        self.held.wait(LIMIT_S)
        if got.path.endswith("/metrics"):
            return self.metrics
        if got.path.endswith("/logs"):
            return self.logs
        return self.script.pop(0) if self.script else Answer()

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds that only requests can bring about."""
        with self._news:
            assert self._news.wait_for(lambda: bool(holds()), LIMIT_S), self.got

    @property
    def traces(self) -> list[ExportTraceServiceRequest]:
        bodies = [one.body for one in self.got if one.path.endswith("/v1/traces")]
        return [ExportTraceServiceRequest.FromString(body) for body in bodies]

    @property
    def spans(self) -> list[Span]:
        """Every span that came, whatever was answered."""
        return [
            span
            for request in self.traces
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def counted(self) -> list[ExportMetricsServiceRequest]:
        bodies = [one.body for one in self.got if one.path.endswith("/v1/metrics")]
        return [ExportMetricsServiceRequest.FromString(body) for body in bodies]

    @property
    def noted(self) -> list[ExportLogsServiceRequest]:
        bodies = [one.body for one in self.got if one.path.endswith("/v1/logs")]
        return [ExportLogsServiceRequest.FromString(body) for body in bodies]

    @property
    def records(self) -> list[LogRecord]:
        return [
            record
            for request in self.noted
            for resource in request.resource_logs
            for scope in resource.scope_logs
            for record in scope.log_records
        ]

    def metric(self, name: str) -> Metric | None:
        """A metric as it was told last."""
        found = [
            metric
            for request in self.counted
            for resource in request.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
        ]
        return found[-1] if found else None

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


def attributes(found: Any) -> dict[str, Any]:
    """The attributes of a span, an event, a point or a resource."""
    pairs: list[KeyValue] = list(found.attributes)
    assert len({pair.key for pair in pairs}) == len(pairs)
    return {pair.key: _plain(pair.value) for pair in pairs}


def _plain(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    assert kind is not None
    if kind == "array_value":
        return tuple(_plain(each) for each in value.array_value.values)
    return getattr(value, kind)


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.headers["content-encoding"] == "gzip"
            assert self.headers["content-type"] == "application/x-protobuf"
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = receiver.take(Got(self.path, headers, gzip.decompress(body)))
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                # Whoever asked is gone.
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    return Handler
