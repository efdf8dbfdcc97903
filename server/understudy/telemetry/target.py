"""Where runs are told, and with which headers: only what the user's own settings name."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from understudy.config.settings import CLOSED_PROXY
from understudy.core.addresses import is_loopback, shown_origin
from understudy.core.failures import UnavailableError
from understudy.workspace.secrets import remember_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.config.settings import Settings
    from understudy.config.telemetry_settings import TelemetrySettings

_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_HEADERS = "OTEL_EXPORTER_OTLP_HEADERS"
_SERVICE = "OTEL_SERVICE_NAME"
_DISABLED = "OTEL_SDK_DISABLED"
STANDARD = f"{{env:{_ENDPOINT}}}"
"""With this in place of an address, the standard variables count; otherwise none of them does."""
_REFERENCE = re.compile(r"\{\w+:[^{}]+\}")
_SHORTEST_SECRET = 8


@dataclass(frozen=True, slots=True)
class Target:
    """A collector.

    Attributes:
        base: its address, without a slash at its end.
        headers: names in lower case; they may hold a key, which is for this address alone.
        proxy: the proxy's URL; empty for what the environment says.
    """

    base: str
    headers: Mapping[str, str] = field(repr=False)
    proxy: str = ""
    service: str = "understudy"

    @property
    def traces(self) -> str:
        """Where spans go."""
        return f"{self.base}/v1/traces"

    @property
    def metrics(self) -> str:
        """Where metrics go."""
        return f"{self.base}/v1/metrics"

    @property
    def logs(self) -> str:
        """Where events go."""
        return f"{self.base}/v1/logs"


def address(telemetry: TelemetrySettings) -> str:
    """The base of the collector's addresses; empty where nothing is told."""
    if telemetry.otlp_endpoint != STANDARD:
        return telemetry.otlp_endpoint
    if os.environ.get(_DISABLED, "").strip().lower() == "true":
        return ""
    return os.environ.get(_ENDPOINT, "").strip().rstrip("/")


def shown(telemetry: TelemetrySettings) -> str:
    """The collector's origin, for people and the journal; empty where nothing is told."""
    return shown_origin(address(telemetry))


async def target(settings: Settings) -> Target:
    """The collector, with its headers fetched from where they lie.

    Raises:
        UnavailableError: there is none, a key is missing, or it may not be reached.
    """
    telemetry, base = settings.telemetry, address(settings.telemetry)
    parts = urlsplit(base)
    if not shown_origin(base) or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        raise UnavailableError("`telemetry.otlp_endpoint` is no address of a collector.")
    here, proxy = is_loopback(base), settings.network.proxy
    if proxy == CLOSED_PROXY and not here:
        raise UnavailableError("`network.proxy` can't be used as it is set, so nothing is sent.")
    by_environment = telemetry.otlp_endpoint == STANDARD
    service = os.environ.get(_SERVICE, "") if by_environment else ""
    headers = standard_headers(os.environ.get(_HEADERS, "")) if by_environment else {}
    headers |= await _headers(telemetry)
    return Target(
        base=base,
        headers={name.lower(): value for name, value in headers.items()},
        proxy="" if here else proxy,
        service=service or telemetry.service_name,
    )


async def _headers(telemetry: TelemetrySettings) -> dict[str, str]:
    from understudy.wire.keys import resolve

    return {
        name: await resolve(value) if _REFERENCE.fullmatch(value) else value
        for name, value in telemetry.otlp_headers.items()
    }


def standard_headers(text: str) -> dict[str, str]:
    """The headers of `OTEL_EXPORTER_OTLP_HEADERS`: `name=value`, separated by commas, with `%` codes.

    The form: https://opentelemetry.io/docs/specs/otel/protocol/exporter. Values count as secrets.
    """
    found = {}
    for entry in text.split(","):
        name, equals, value = entry.partition("=")
        if equals and name.strip():
            found[unquote(name.strip())] = unquote(value.strip())
    for value in found.values():
        if len(value) >= _SHORTEST_SECRET:
            remember_secret(value)
    return found
