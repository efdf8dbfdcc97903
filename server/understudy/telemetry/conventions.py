"""The versions of the conventions, and what their newest draft calls otherwise than version 1.41.1.

The draft: https://github.com/open-telemetry/semantic-conventions-genai, its guide for migration.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.telemetry import names
from understudy.telemetry.names import Metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.telemetry.histograms import Series
    from understudy.telemetry.log_records import LogRecord
    from understudy.telemetry.span import Attributes, Span, Value

_OPT_IN = "OTEL_SEMCONV_STABILITY_OPT_IN"
_NEWEST = "gen_ai_latest_experimental"


@dataclass(frozen=True, slots=True)
class Conventions:
    """A version.

    Attributes:
        schema_url: empty where it was not released, and so has none.
        metrics: those that it has, by their names in version 1.41.1.
        renamed: its names for attributes and metrics, where they differ from version 1.41.1.
        without: attributes that kinds of spans have no more, by the shapes' names.
    """

    schema_url: str
    metrics: tuple[Metric, ...]
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    without: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def span(self, span: Span) -> Span:
        """A span in its words."""
        gone = self.without.get(span.shape.name, frozenset())
        kept = {name: value for name, value in span.attributes.items() if name not in gone}
        return replace(span, attributes=self._attributes(kept))

    def record(self, record: LogRecord) -> LogRecord:
        """A log record in its words."""
        return replace(record, attributes=self._attributes(record.attributes))

    def series(self, series: Series) -> Series:
        """A metric in its words."""
        name = series.metric.name
        return replace(series, metric=replace(series.metric, name=self.renamed.get(name, name)))

    def _attributes(self, found: Mapping[str, Value]) -> Attributes:
        return {self.renamed.get(name, name): value for name, value in found.items()}


def conventions(semconv: str) -> Conventions:
    """The version that is set, unless the standard variable asks for the newest.

    Only names depend on the variable, so it counts whatever else is set.
    """
    asked = {one.strip() for one in os.environ.get(_OPT_IN, "").split(",")}
    return LATEST if semconv == "latest" or _NEWEST in asked else RELEASED


_USAGE = "gen_ai.client.inference.usage"
USAGE = (
    Metric(f"{_USAGE}.input_tokens", "{token}", "How many tokens prompts took."),
    Metric(f"{_USAGE}.output_tokens", "{token}", "How many tokens answers took."),
    Metric(f"{_USAGE}.cache_read.input_tokens", "{token}", "Of these, how many a cache had."),
    Metric(f"{_USAGE}.cache_write.input_tokens", "{token}", "Of these, how many a cache took."),
    Metric(f"{_USAGE}.reasoning.output_tokens", "{token}", "Of these, how many were thinking."),
)
"""What the draft has in place of the histogram of tokens."""

RELEASED = Conventions(names.SCHEMA_URL, names.METRICS)
LATEST = Conventions(
    "",
    (names.DURATION, names.FIRST_CHUNK, names.EACH_CHUNK, *USAGE),
    MappingProxyType(
        {
            "gen_ai.usage.cache_creation.input_tokens": "gen_ai.usage.cache_write.input_tokens",
            names.DURATION.name: "gen_ai.client.inference.duration",
            names.FIRST_CHUNK.name: "gen_ai.client.inference.time_to_first_chunk",
            names.EACH_CHUNK.name: "gen_ai.client.inference.time_per_output_chunk",
        }
    ),
    MappingProxyType(
        {
            names.RUN.name: frozenset(
                {"gen_ai.agent.id", "gen_ai.agent.version", "gen_ai.provider.name"}
            )
        }
    ),
)
