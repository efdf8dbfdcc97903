"""Events that are told as log records, too. Some back ends take none, so spans have them as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.telemetry import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from understudy.telemetry.span import Span, Value


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One event, with the span that it belongs to. Times are microseconds since 1970."""

    name: str
    at_us: int
    trace: bytes
    span: bytes
    attributes: Mapping[str, Value]

    @property
    def severity(self) -> names.Severity:
        """How severe such events are."""
        return names.LOGGED[self.name][0]


def log_records(spans: Iterable[Span], *, details: bool) -> Iterator[LogRecord]:
    """The records of spans.

    Args:
        spans: by the names of version 1.41.1.
        details: whether each call is one, too. It has no text that its span has not.
    """
    for span in spans:
        for event in span.events:
            name = _logged(event.name, span)
            if name:
                yield LogRecord(name, event.at_us, span.trace, span.id, event.attributes)
        if details and span.shape == names.CALL:
            told = _details(span.attributes)
            yield LogRecord(names.OPERATION_DETAILS, span.end_us, span.trace, span.id, told)


def _logged(event: str, span: Span) -> str:
    """What a span's event is called as a record; empty where it is none."""
    if event == names.EXCEPTION:
        return names.OPERATION_EXCEPTION if span.shape == names.CALL else ""
    return event if event in names.LOGGED else ""


def _details(found: Mapping[str, Value]) -> dict[str, Value]:
    known = names.LOGGED[names.OPERATION_DETAILS][1]
    return {name: value for name, value in found.items() if name in known}
