"""Runs are told to a collector; whatever it does, nobody waits for it and nothing fails."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.unit.telemetry.receiver import LIMIT_S, Answer, Receiver, attributes
from tests.unit.telemetry.telling import run_of, settings
from understudy.config.settings import Settings
from understudy.journal.records import Event, OutcomeRow
from understudy.telemetry import delivering, exporter
from understudy.telemetry.exporter import Exporter

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIAL = b"\x0a\x0d\x08\x03\x12\x09too large"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as one:
        yield one


class Told:
    """An exporter with the rows that it leaves in the journal."""

    def __init__(self, own: Settings) -> None:
        self.rows: list[object] = []
        self.exporter = Exporter(own, self.rows.append)

    def run(self, name: str = "R") -> None:
        for row in run_of(name):
            self.exporter.observe(row)

    def counted(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for row in self.rows:
            assert isinstance(row, Event)
            if row.number is not None:
                found[row.kind] = found.get(row.kind, 0) + row.number
        return found

    def failed(self) -> list[str]:
        events = [row for row in self.rows if isinstance(row, Event)]
        return [row.subject for row in events if row.kind == "otlp_failed"]


def until_ended() -> None:
    for thread in threading.enumerate():
        if thread.name == "otlp":
            thread.join(LIMIT_S)
            assert not thread.is_alive()


def test_a_run_arrives_as_one_trace_when_it_has_ended(receiver: Receiver) -> None:
    told = Told(settings(receiver.url))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert len({span.trace_id for span in receiver.spans}) == 1
    assert len(receiver.spans) == 9
    assert told.counted() == {"otlp_sent": 9}
    assert told.failed() == []


def test_without_an_address_no_thread_is_started() -> None:
    told = Told(Settings())
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert "otlp" not in [thread.name for thread in threading.enumerate()]
    assert told.rows == []


def test_a_collector_that_never_answers_keeps_nobody_waiting(receiver: Receiver) -> None:
    receiver.held.clear()
    told = Told(settings(receiver.url))
    told.run("first")
    receiver.until(lambda: receiver.got)
    told.run("second")  # The collector still holds the first one.
    assert not receiver.held.is_set()
    assert not told.exporter.close(0.1)
    assert not receiver.held.is_set()
    until_ended()
    assert told.counted()["otlp_dropped"] == 10  # Nine spans on their way, and one run that waited.


def test_a_collector_that_is_not_there_costs_nothing_but_the_spans() -> None:
    with Receiver() as gone:
        url = gone.url
    told = Told(settings(url))
    told.run()
    told.exporter.close(LIMIT_S)
    assert told.counted() == {"otlp_dropped": 9}
    assert told.failed() == ["connect"]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_collector_gets_the_same_spans_again(receiver: Receiver, status: int) -> None:
    receiver.script = [Answer(status, {"retry-after": "0"})] * 2
    told = Told(settings(receiver.url))
    told.run()
    receiver.until(lambda: len(receiver.traces) == 3)
    assert told.exporter.close(LIMIT_S)
    first, second, third = receiver.traces
    assert first == second == third
    assert told.counted() == {"otlp_sent": 9}


@pytest.mark.parametrize("status", [400, 401, 404, 413, 500, 302])
def test_what_is_refused_for_good_is_never_sent_again(receiver: Receiver, status: int) -> None:
    receiver.script = [Answer(status, {"location": receiver.url})]
    told = Told(settings(receiver.url))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert len(receiver.traces) == 1
    assert told.counted() == {"otlp_refused": 9}
    assert told.failed() == [f"http-{status}"]


def test_a_collector_that_asks_for_a_long_wait_gets_nothing_more_of_it(receiver: Receiver) -> None:
    receiver.script = [Answer(429, {"retry-after": "3600"})]
    told = Told(settings(receiver.url))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert len(receiver.traces) == 1
    assert told.counted() == {"otlp_dropped": 9}


def test_a_partial_success_is_read(receiver: Receiver) -> None:
    receiver.script = [Answer(200, {}, PARTIAL)]
    told = Told(settings(receiver.url))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert told.counted() == {"otlp_sent": 6, "otlp_refused": 3}
    assert told.failed() == ["partial"]
    assert delivering.partial_success(PARTIAL) == (3, "too large")


def test_a_collector_without_metrics_is_asked_once(receiver: Receiver) -> None:
    receiver.metrics = Answer(405)
    told = Told(settings(receiver.url))
    told.run("first")
    receiver.until(lambda: receiver.counted)
    told.run("second")
    assert told.exporter.close(LIMIT_S)
    assert len(receiver.counted) == 1
    assert told.counted() == {"otlp_sent": 18}
    assert told.failed() == []


def test_more_than_may_wait_is_dropped_and_counted(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "MOST_WAITING", 1)
    receiver.held.clear()
    told = Told(settings(receiver.url))
    told.run("first")
    receiver.until(lambda: receiver.got)
    for name in ("second", "third", "fourth"):
        told.run(name)
    receiver.held.set()
    assert told.exporter.close(LIMIT_S)
    assert told.exporter.dropped == 2
    assert told.counted() == {"otlp_sent": 18, "otlp_dropped": 2}


def test_switched_off_nothing_more_is_sent(receiver: Receiver) -> None:
    own = settings(receiver.url)
    told = Told(own)
    for row in run_of("under way")[:-1]:
        told.exporter.observe(row)
    told.run("first")
    receiver.until(lambda: receiver.got)
    told.exporter.follow(Settings())
    told.run("second")
    told.exporter.follow(own)
    told.exporter.observe(run_of("under way")[-1])
    told.run("third")
    assert told.exporter.close(LIMIT_S)
    runs = {attributes(span).get("understudy.run.id") for span in receiver.spans} - {None}
    assert runs == {"first", "third"}


def test_what_becomes_of_an_edit_is_a_span_of_its_own(receiver: Receiver) -> None:
    told = Told(settings(receiver.url))
    told.run()
    told.exporter.observe(OutcomeRow("RE", 1_770_000_000_000_000, "applied"))
    told.exporter.observe(OutcomeRow("RE", 1_770_000_600_000_000, "changed", 0.5))
    told.exporter.observe(OutcomeRow("unknown", 1_770_000_600_000_000, "kept", 1.0))
    assert told.exporter.close(LIMIT_S)
    (applied,), (became,) = (
        receiver.named(f"understudy.{name}") for name in ("apply_edit", "edit_outcome")
    )
    (run,) = receiver.named("invoke_agent understudy")
    assert applied.trace_id == became.trace_id == run.trace_id
    assert applied.parent_span_id == run.span_id
    assert became.parent_span_id == applied.span_id
    assert attributes(applied)["understudy.edit.hunks"] == 2
    assert attributes(became)["understudy.edit.outcome"] == "changed"
    assert attributes(became.events[0])["gen_ai.evaluation.score.value"] == 0.5


def test_headers_go_along_and_their_keys_are_fetched_from_where_they_lie(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTOR_KEY", "planted-key-1f7c20")
    told = Told(settings(receiver.url, {"X-Key": "{env:COLLECTOR_KEY}", "x-team": "blue"}))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert {one.headers["x-key"] for one in receiver.got} == {"planted-key-1f7c20"}
    assert {one.headers["x-team"] for one in receiver.got} == {"blue"}
    assert not [one for one in receiver.got if b"planted-key" in one.body]


def test_a_key_that_is_not_there_means_that_nothing_is_sent(receiver: Receiver) -> None:
    told = Told(settings(receiver.url, {"x-key": "{env:NO_SUCH_KEY_HERE}"}))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert receiver.got == []
    assert told.failed() == ["not-reachable"]


def test_the_standard_variables_count_only_where_settings_say_so(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"{receiver.url}/")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20abcdefgh, x-b = 2")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "named-outside")
    unasked = Told(Settings())
    unasked.run()
    assert unasked.exporter.close(LIMIT_S)
    assert receiver.got == []
    told = Told(settings("{env:OTEL_EXPORTER_OTLP_ENDPOINT}"))
    told.run()
    assert told.exporter.close(LIMIT_S)
    assert receiver.got[0].path == "/v1/traces"
    assert receiver.got[0].headers["authorization"] == "Basic abcdefgh"
    assert receiver.got[0].headers["x-b"] == "2"
    resource = receiver.traces[0].resource_spans[0].resource
    assert attributes(resource)["service.name"] == "named-outside"
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    before = len(receiver.got)
    disabled = Told(settings("{env:OTEL_EXPORTER_OTLP_ENDPOINT}"))
    disabled.run()
    assert disabled.exporter.close(LIMIT_S)
    assert len(receiver.got) == before
