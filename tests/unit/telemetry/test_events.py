"""Events as log records, the time between parts of an answer, and the newest draft of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.samples import call_row
from tests.unit.telemetry.receiver import LIMIT_S, Answer, Receiver, attributes
from tests.unit.telemetry.telling import run_of, settings
from understudy.journal.records import Call
from understudy.telemetry import names
from understudy.telemetry.conventions import USAGE
from understudy.telemetry.exporter import Exporter

if TYPE_CHECKING:
    from collections.abc import Iterator

DETAILS, EXCEPTION = (
    "gen_ai.client.inference.operation.details",
    "gen_ai.client.operation.exception",
)
OPT_IN = "OTEL_SEMCONV_STABILITY_OPT_IN"


@pytest.fixture(autouse=True)
def _nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OPT_IN, raising=False)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as one:
        yield one


def tell(receiver: Receiver, runs: int = 1, **values: Any) -> None:
    exporter = Exporter(settings(receiver.url, **values), lambda _row: None)
    for number in range(runs):
        for row in run_of(f"R{number}"):
            exporter.observe(failed(row) if isinstance(row, Call) and row.number == 1 else row)
    assert exporter.close(LIMIT_S)


def failed(row: Call) -> Call:
    """The first call of a run, which broke off."""
    if not row.id.endswith("C1"):
        return row
    told: dict[str, Any] = {"status": "failed", "category": "timeout", "code": "timeout_idle"}
    return call_row(row.id, row.run_id, at_us=row.at_us, model=row.model, **told)


def test_the_time_between_parts_is_a_histogram(receiver: Receiver) -> None:
    tell(receiver)
    metric = receiver.metric("gen_ai.client.operation.time_per_output_chunk")
    assert metric is not None
    (point,) = metric.histogram.data_points
    assert (point.count, round(point.sum, 6)) == (3, 0.11)
    assert attributes(point)["gen_ai.request.model"] == "one"


def test_a_call_that_failed_is_a_warning_on_its_span(receiver: Receiver) -> None:
    tell(receiver)
    (record,) = [one for one in receiver.records if one.event_name == EXCEPTION]
    (span,) = [one for one in receiver.named("chat one") if one.events[:1]
               and one.events[0].name == "exception"]  # fmt: skip
    assert (record.trace_id, record.span_id) == (span.trace_id, span.span_id)
    assert (record.severity_number, record.severity_text) == (13, "WARN")
    assert attributes(record) == {
        "exception.type": "timeout",
        "exception.message": "timeout_idle",
    }
    assert record.time_unix_nano == span.end_time_unix_nano == record.observed_time_unix_nano
    assert len([one for one in receiver.records if one.event_name == names.EVALUATION]) == 3


@pytest.mark.parametrize("content", [False, True])
def test_details_of_calls_are_told_where_that_is_wanted(receiver: Receiver, content: bool) -> None:
    tell(receiver, content=content)
    assert DETAILS not in {one.event_name for one in receiver.records}
    tell(receiver, operation_details=True, content=content)
    told = [attributes(one) for one in receiver.records if one.event_name == DETAILS]
    assert len(told) == 2
    for one in told:
        assert set(one) <= set(names.LOGGED[DETAILS][1])
        assert one["gen_ai.request.model"] == "one"
    assert any("Mended." in str(one) for one in told) == content


def test_a_collector_without_logs_is_asked_once(receiver: Receiver) -> None:
    receiver.logs = Answer(405)
    exporter = Exporter(settings(receiver.url), lambda _row: None)
    for number in range(2):
        for row in run_of(f"R{number}"):
            exporter.observe(row)
        receiver.until(lambda: receiver.noted)
    assert exporter.close(LIMIT_S)
    assert len(receiver.noted) == 1


@pytest.mark.parametrize(
    ("semconv", "environment", "newest"),
    [
        ("1.41.1", "", False),
        ("1.41.1", "http, gen_ai_latest_experimental", True),
        ("1.41.1", "gen_ai", False),
        ("latest", "", True),
    ],
)
def test_the_newest_names_are_used_where_they_are_asked_for(
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    semconv: str,
    environment: str,
    newest: bool,
) -> None:
    monkeypatch.setenv(OPT_IN, environment)
    tell(receiver, semconv=semconv)
    (resource,) = receiver.traces[0].resource_spans
    assert resource.schema_url == ("" if newest else names.SCHEMA_URL)
    (run,) = receiver.named("invoke_agent understudy")
    assert ("gen_ai.agent.id" in attributes(run)) is not newest
    kind = "inference" if newest else "operation"
    for name in ("duration", "time_to_first_chunk", "time_per_output_chunk"):
        assert receiver.metric(f"gen_ai.client.{kind}.{name}"), name
    assert (receiver.metric("gen_ai.client.token.usage") is None) is newest
    sums = [receiver.metric(one.name) for one in USAGE]
    assert all(one is None for one in sums) is not newest
    if newest and (told := sums[0]) is not None:
        assert (told.sum.is_monotonic, told.sum.aggregation_temporality) == (True, 2)
        assert sum(point.as_double for point in told.sum.data_points) > 0
        for point in told.sum.data_points:
            assert attributes(point)["gen_ai.token.modality"] == "text"
