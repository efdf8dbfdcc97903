"""Resolved settings of what is told to a collector of OpenTelemetry."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TelemetrySettings:
    """Where runs are told, and how much of them. Without an address, nothing is."""

    otlp_endpoint: str = ""
    """The base of a collector's addresses, or a reference to the variable that holds it."""
    otlp_headers: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    """Sent with each request, to that address alone; the value of a secret one is a reference."""
    content: bool = False
    """Whether prompts and answers are sent, too."""
    otel_compat: tuple[str, ...] = ()
    """Back ends whose own names are written beside the standard ones."""
    semconv: str = "1.41.1"
    """The version of the conventions, or `latest` for the newest that is known."""
    operation_details: bool = False
    """Whether each call is told as an event of its own, too."""
    service_name: str = "understudy"
