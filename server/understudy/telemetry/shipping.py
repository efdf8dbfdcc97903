"""Batches on their way: as spans and metrics, delivered one after the other, and counted."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy import __version__
from understudy.core.addresses import is_loopback
from understudy.core.clock import now_us
from understudy.core.failures import UnavailableError
from understudy.core.ids import new_id
from understudy.telemetry.call_span import measure
from understudy.telemetry.collecting import Ended
from understudy.telemetry.conventions import conventions
from understudy.telemetry.counts import Counts
from understudy.telemetry.delivering import Delivered, deliver
from understudy.telemetry.encoding import About, logs, metrics, traces
from understudy.telemetry.histograms import Histograms
from understudy.telemetry.log_records import log_records
from understudy.telemetry.outcome_spans import outcome_span
from understudy.telemetry.run_spans import run_spans
from understudy.telemetry.sharing import Sharing
from understudy.telemetry.story import story
from understudy.telemetry.target import Target, address, shown, target

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import Settings
    from understudy.telemetry.collecting import Item
    from understudy.telemetry.span import Span, Value

MOST_SPANS = 500
"""In one request."""
_TRY_S = 10.0
_SHORTEST_TRY_S = 0.05


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent together.

    Attributes:
        settings: those under which it was collected.
        followed: how often they had changed by then.
    """

    items: tuple[Item, ...]
    settings: Settings
    followed: int = 0


@dataclass
class Shipping:
    """Sends batches. Used by one event loop; `note` gets rows for the journal."""

    note: Callable[[object], None]
    counts: Counts = field(default_factory=Counts)
    _histograms: Histograms = field(default_factory=lambda: Histograms(now_us()))
    _instance: str = field(default_factory=new_id)
    _unserved: set[str] = field(default_factory=set)
    """Addresses at which nobody takes metrics or events."""
    _deadline: float | None = None
    _hurry: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _followed: int = 0

    def hurry(self, deadline: float) -> None:
        """Nothing is tried again from now on, and all ends at `deadline`, by `time.monotonic`."""
        self._deadline = deadline
        self._hurry.set()

    def abandon(self, followed: float) -> None:
        """Let go of what is on its way, if settings had changed less often than that by then."""
        if self._task is not None and self._followed < followed:
            self._task.cancel()

    async def linger(self, seconds: float) -> None:
        """Wait for so long, unless all is to end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), seconds)

    async def ship(self, batch: Batch) -> None:
        """Send a batch; what becomes of it is counted. Never raises."""
        self._followed = batch.followed
        self._task = asyncio.ensure_future(self._ship(batch.items, batch.settings))
        await asyncio.wait([self._task])
        if not self._task.cancelled() and (error := self._task.exception()) is not None:
            self.counts.fail(type(error).__name__)
        self._task = None
        for row in self.counts.rows(shown(batch.settings.telemetry), now_us()):
            self.note(row)

    def left_s(self) -> float:
        """How many seconds one try may take."""
        if self._deadline is None:
            return _TRY_S
        return min(_TRY_S, max(self._deadline - time.monotonic(), _SHORTEST_TRY_S))

    async def wait(self, seconds: float) -> bool:
        """Wait; False when there is no time for another try."""
        await self.linger(seconds)
        return not self._hurry.is_set()

    async def _ship(self, items: tuple[Item, ...], settings: Settings) -> None:
        telemetry = settings.telemetry
        sharing = Sharing(
            content=telemetry.content,
            stays=is_loopback(address(telemetry)),
            compat=frozenset(telemetry.otel_compat),
        )
        spans = self._spans(items, sharing)
        try:
            collector = await target(settings)
        except UnavailableError:
            self.counts.drop(len(spans))
            self.counts.fail("not-reachable")
            return
        told = conventions(telemetry.semconv)
        about = About(self._resource(collector), told.schema_url)
        for first in range(0, len(spans), MOST_SPANS):
            part = [told.span(span) for span in spans[first : first + MOST_SPANS]]
            await self._send_spans(part, about, collector)
        series = self._histograms.series(now_us(), told.metrics)
        if series:
            message = metrics(about, map(told.series, series))
            await self._send(collector.metrics, message, collector)
        records = list(log_records(spans, details=telemetry.operation_details))
        for first in range(0, len(records), MOST_SPANS):
            message = logs(about, map(told.record, records[first : first + MOST_SPANS]))
            await self._send(collector.logs, message, collector)

    def _spans(self, items: tuple[Item, ...], sharing: Sharing) -> list[Span]:
        """The spans of a batch, whose calls are counted, too."""
        spans: list[Span] = []
        for item in items:
            if not isinstance(item, Ended):
                spans.append(outcome_span(item, sharing))
            elif (found := story(item.rows)) is not None:
                spans += run_spans(found, sharing)
                for turn in found.turns:
                    measure(turn, self._histograms)
        return spans

    async def _send_spans(self, spans: list[Span], about: About, collector: Target) -> None:
        message = traces(about, spans)
        try:
            delivered = await deliver(collector.traces, message, collector, self)
        except asyncio.CancelledError:
            self.counts.drop(len(spans))
            raise
        self.counts.add(len(spans), delivered)

    async def _send(self, url: str, message: bytes, collector: Target) -> None:
        """Send what is not counted. Some back ends take spans alone."""
        if url in self._unserved:
            return
        delivered: Delivered = await deliver(url, message, collector, self)
        if delivered.unserved:
            self._unserved.add(url)
        elif delivered.why:
            self.counts.fail(delivered.why)

    def _resource(self, collector: Target) -> dict[str, Value]:
        return {
            "service.name": collector.service,
            "service.version": __version__,
            "service.instance.id": self._instance,
        }
