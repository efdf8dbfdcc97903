"""How many spans were sent, dropped and refused: counted here, kept as rows of the journal."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.addresses import shown_origin
from understudy.journal.reading import reading
from understudy.journal.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.telemetry.delivering import Delivered

_SENT, _DROPPED, _REFUSED, _FAILED = "otlp_sent", "otlp_dropped", "otlp_refused", "otlp_failed"
_KINDS = (_SENT, _DROPPED, _REFUSED)


@dataclass(slots=True)
class Counts:
    """What happened since the last time that somebody asked."""

    _counted: dict[str, int] = field(default_factory=dict)
    _failed: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, spans: int, delivered: Delivered) -> None:
        """Count a request of so many spans."""
        if delivered.why:
            self.fail(delivered.why)
        if delivered.taken:
            refused = min(delivered.refused, spans)
            self._count(_SENT, spans - refused)
            self._count(_REFUSED, refused)
        elif delivered.final:
            self._count(_REFUSED, spans)
        else:
            self._count(_DROPPED, spans)

    def drop(self, spans: int) -> None:
        """Count spans that nobody got."""
        self._count(_DROPPED, spans)

    def fail(self, why: str) -> None:
        """Note what went wrong last, in a word."""
        self._failed = why

    def rows(self, origin: str, at_us: int) -> Iterator[Event]:
        """What happened, as rows of the journal; from now on it is counted anew."""
        with self._lock:
            counted, self._counted = self._counted, {}
            failed, self._failed = self._failed, ""
        for kind, number in counted.items():
            if number:
                yield Event(at_us, kind, origin, number)
        if failed:
            yield Event(at_us, _FAILED, failed)

    def _count(self, kind: str, number: int) -> None:
        with self._lock:
            self._counted[kind] = self._counted.get(kind, 0) + number


@dataclass(frozen=True, slots=True)
class Told:
    """What a collector was told so far, as far as the journal remembers.

    Attributes:
        failed: what went wrong last, in a word; empty when nothing ever did.
        failed_us: when that was; 0 without it.
        sent_us: when something was sent last.
    """

    sent: int = 0
    dropped: int = 0
    refused: int = 0
    failed: str = ""
    failed_us: int = 0
    sent_us: int = 0


def told(path: Path, address: str) -> Told:
    """What the collector at an address was told.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None:
            return Told()
        which = {"origin": shown_origin(address)}
        counted = {
            row["kind"]: (int(row["spans"] or 0), row["at_us"])
            for row in connection.execute(_COUNTED, which)
        }
        failed = connection.execute(_LAST, {}).fetchone()
        sent, dropped, refused = (counted.get(kind, (0, 0))[0] for kind in _KINDS)
        return Told(
            sent,
            dropped,
            refused,
            failed=failed["subject"] if failed else "",
            failed_us=failed["at_us"] if failed else 0,
            sent_us=counted.get(_SENT, (0, 0))[1],
        )


_COUNTED = """
    SELECT kind, SUM(number) AS spans, MAX(at_us) AS at_us FROM events
    WHERE kind IN ('otlp_sent', 'otlp_dropped', 'otlp_refused') AND subject = :origin
    GROUP BY kind"""
_LAST = """
    SELECT subject, at_us FROM events WHERE kind = 'otlp_failed' ORDER BY at_us DESC LIMIT 1"""
