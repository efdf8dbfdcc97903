"""A span as it is sent: made once, when it is closed, with ids that stay the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.telemetry.names import Shape

Value = str | bool | int | float | tuple[str, ...]
Attributes = dict[str, Value]


class Status(IntEnum):
    """A span's status, by its number in the protocol."""

    UNSET = 0
    OK = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class SpanEvent:
    """Something that happened within a span. Times are microseconds since 1970."""

    name: str
    at_us: int
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """One span.

    Attributes:
        trace: 16 bytes; `id` and `parent` are 8, and `parent` is empty for a root.
        links: ids of other spans of the same trace.
        said: the status' description.
    """

    shape: Shape
    name: str
    trace: bytes
    id: bytes
    parent: bytes
    start_us: int
    end_us: int
    attributes: Mapping[str, Value] = field(default_factory=dict)
    events: tuple[SpanEvent, ...] = ()
    links: tuple[bytes, ...] = ()
    status: Status = Status.UNSET
    said: str = ""


def trace_id(run_id: str) -> bytes:
    """The trace of a run."""
    return _digest(f"run:{run_id}", 16)


def span_id(kind: str, name: str) -> bytes:
    """The id of the span that stands for a thing of the journal: equal whenever it is sent."""
    return _digest(f"{kind}:{name}", 8)


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest()
