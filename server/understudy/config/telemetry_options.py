"""What may be written about telling runs to a collector of OpenTelemetry."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from understudy.config.model_options import Header, check_address
from understudy.config.schema import Choice, Described, Table
from understudy.config.telemetry_settings import TelemetrySettings

_TELEMETRY = TelemetrySettings()
STANDARD = "{env:OTEL_EXPORTER_OTLP_ENDPOINT}"
"""The one reference that an address may be: it stands for all standard variables."""


def _collector(text: str) -> str:
    if text and text != STANDARD:
        check_address(text, ("http", "https"))
    return text.rstrip("/")


Collector = Annotated[
    str, AfterValidator(_collector), Described(f"a URL, or `{STANDARD}` for the standard variables")
]
Compat = Annotated[str, Choice(("langfuse", "openinference", "logfire"))]
Semconv = Annotated[str, Choice(("1.41.1", "latest"))]
ServiceName = Annotated[str, Field(min_length=1, max_length=255)]


class TelemetryOptions(Table):
    """What is told to a collector of OpenTelemetry. Without an address, nothing is."""

    otlp_endpoint: Collector = Field(
        default=_TELEMETRY.otlp_endpoint,
        description=(
            "Where runs are told, such as `http://127.0.0.1:4318`; spans go to `/v1/traces` below it,"
            " metrics to `/v1/metrics`. Empty: nowhere."
        ),
    )
    otlp_headers: dict[str, Header] = Field(
        default_factory=dict,
        description=(
            "Sent along, to that address alone. The value of a secret one must be a reference such"
            " as `{env:NAME}`."
        ),
    )
    content: bool = Field(
        default=_TELEMETRY.content,
        description=(
            "Send prompts and answers as well, with secrets masked. What only models on this machine"
            " may see is never sent to another one."
        ),
    )
    otel_compat: list[Compat] = Field(
        default=list(_TELEMETRY.otel_compat),
        description="Back ends whose own names for costs and kinds are written, too.",
    )
    semconv: Semconv = Field(
        default=_TELEMETRY.semconv,
        description=(
            "The version of the conventions whose names are used; `latest` is their newest draft,"
            " which `OTEL_SEMCONV_STABILITY_OPT_IN` may ask for as well."
        ),
    )
    operation_details: bool = Field(
        default=_TELEMETRY.operation_details,
        description=(
            "Send each call as an event `gen_ai.client.inference.operation.details`, too; with"
            " prompt and answer where `content` is on."
        ),
    )
    service_name: ServiceName = Field(
        default=_TELEMETRY.service_name, description="What the collector calls this program."
    )
