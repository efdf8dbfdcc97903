"""Every name that is sent: of spans, their attributes and events, of metrics and the resource.

Those that begin with `gen_ai`, `server`, `error`, `http` or `service` are defined by the semantic
conventions, version 1.41.1; `understudy` is our own namespace.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.1"
SCOPE = "understudy"
AGENT = "understudy"

CHAT, GENERATE_CONTENT = "chat", "generate_content"
INVOKE_AGENT, RETRIEVAL, EXECUTE_TOOL = "invoke_agent", "retrieval", "execute_tool"


class Kind(IntEnum):
    """A span's kind, by its number in the protocol."""

    INTERNAL = 1
    CLIENT = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of span.

    Attributes:
        name: with the attribute that completes it in braces.
        attributes: all that it may have.
        opt_in: those that hold texts, and are only sent where the user wants that.
        compat: those that single back ends read.
    """

    name: str
    kind: Kind
    attributes: tuple[str, ...]
    opt_in: tuple[str, ...] = ()
    compat: tuple[str, ...] = ()

    def named(self, what: str = "") -> str:
        """The name of one span."""
        return f"{self.name.partition(' ')[0]} {what}" if what else self.name


_KIND = "openinference.span.kind"

RUN = Shape(
    "invoke_agent {gen_ai.agent.name}",
    Kind.INTERNAL,
    (
        "gen_ai.operation.name",
        "gen_ai.provider.name",
        "gen_ai.agent.name",
        "gen_ai.agent.id",
        "gen_ai.agent.version",
        "gen_ai.conversation.id",
        "error.type",
        "understudy.run.id",
        "understudy.run.status",
        "understudy.job.id",
        "understudy.task.type",
        "understudy.language",
        "understudy.surface",
        "understudy.diagnostic.source",
        "understudy.diagnostic.code",
        "understudy.attempts",
        "understudy.candidates",
    ),
    compat=(_KIND,),
)
CONTEXT = Shape(
    "retrieval {gen_ai.data_source.id}",
    Kind.INTERNAL,
    (
        "gen_ai.operation.name",
        "gen_ai.provider.name",
        "gen_ai.data_source.id",
        "understudy.context.pieces",
        "understudy.context.tokens",
        "understudy.context.budget",
    ),
    opt_in=("gen_ai.retrieval.documents",),
    compat=(_KIND,),
)
ROUTE = Shape(
    "understudy.route",
    Kind.INTERNAL,
    ("understudy.route.provenance",),
    compat=(_KIND,),
)
ATTEMPT = Shape(
    "understudy.attempt",
    Kind.INTERNAL,
    (
        "understudy.attempt.number",
        "understudy.attempt.reason",
        "understudy.attempt.remembered",
        "understudy.attempt.candidates",
        "understudy.model",
        "understudy.failure.category",
    ),
    compat=(_KIND,),
)
CALL = Shape(
    "{gen_ai.operation.name} {gen_ai.request.model}",
    Kind.CLIENT,
    (
        "gen_ai.operation.name",
        "gen_ai.provider.name",
        "gen_ai.request.model",
        "gen_ai.request.max_tokens",
        "gen_ai.request.temperature",
        "gen_ai.request.stream",
        "gen_ai.output.type",
        "gen_ai.response.id",
        "gen_ai.response.model",
        "gen_ai.response.finish_reasons",
        "gen_ai.response.time_to_first_chunk",
        "gen_ai.usage.input_tokens",
        "gen_ai.usage.output_tokens",
        "gen_ai.usage.cache_read.input_tokens",
        "gen_ai.usage.cache_creation.input_tokens",
        "gen_ai.usage.reasoning.output_tokens",
        "server.address",
        "server.port",
        "error.type",
        "understudy.cost.usd",
        "understudy.edit_format",
    ),
    opt_in=("gen_ai.system_instructions", "gen_ai.input.messages", "gen_ai.output.messages"),
    compat=(_KIND, "gen_ai.usage.cost", "llm.cost.total", "operation.cost"),
)
CHECK = Shape(
    "execute_tool {gen_ai.tool.name}",
    Kind.INTERNAL,
    (
        "gen_ai.operation.name",
        "gen_ai.tool.name",
        "gen_ai.tool.type",
        "gen_ai.tool.call.id",
        "error.type",
        "understudy.candidate.number",
        "understudy.check.status",
        "understudy.check.new",
        "understudy.check.fixed",
    ),
    compat=(_KIND,),
)
APPLY = Shape(
    "understudy.apply_edit",
    Kind.INTERNAL,
    (
        "understudy.edit.id",
        "understudy.edit.band",
        "understudy.edit.files",
        "understudy.edit.hunks",
        "understudy.edit.lines_added",
        "understudy.edit.lines_removed",
        "understudy.model",
    ),
    compat=(_KIND,),
)
OUTCOME = Shape(
    "understudy.edit_outcome",
    Kind.INTERNAL,
    ("understudy.edit.id", "understudy.edit.outcome", "understudy.edit.detail", "understudy.model"),
    compat=(_KIND,),
)
SHAPES = (RUN, CONTEXT, ROUTE, ATTEMPT, CALL, CHECK, APPLY, OUTCOME)

EVALUATION = "gen_ai.evaluation.result"
EXCEPTION = "exception"
RESENT = "understudy.request.resent"
ROUTED = "understudy.route.decided"
EVENTS = {
    EVALUATION: (
        "gen_ai.evaluation.name",
        "gen_ai.evaluation.score.value",
        "gen_ai.evaluation.score.label",
        "gen_ai.response.id",
        "understudy.candidate.number",
    ),
    EXCEPTION: ("exception.type", "exception.message"),
    RESENT: ("http.request.resend_count",),
    ROUTED: ("understudy.route.chosen", "understudy.route.rejected"),
}
"""Events on spans, each with its attributes."""

OPERATION_EXCEPTION = "gen_ai.client.operation.exception"
OPERATION_DETAILS = "gen_ai.client.inference.operation.details"


class Severity(IntEnum):
    """A log record's severity, by its number in the protocol."""

    DEBUG = 5
    INFO = 9
    WARN = 13


LOGGED = {
    EVALUATION: (Severity.INFO, EVENTS[EVALUATION]),
    OPERATION_EXCEPTION: (Severity.WARN, EVENTS[EXCEPTION]),
    OPERATION_DETAILS: (
        Severity.DEBUG,
        tuple(one for one in (*CALL.attributes, *CALL.opt_in) if not one.startswith("understudy.")),
    ),
}
"""Events that are log records: how severe they are, and their attributes."""

RESOURCE = ("service.name", "service.version", "service.instance.id")

PROVIDERS = {
    "gemini": "gcp.gemini",
    "azure": "azure.ai.openai",
    "mistral": "mistral_ai",
    "xai": "x_ai",
}
"""Well-known names of providers, where they are not our own ids."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A histogram with the upper bounds of its buckets but for the last one; without any, a sum."""

    name: str
    unit: str
    description: str
    bounds: tuple[float, ...] = ()


_SECONDS = tuple(round(0.01 * 2**power, 2) for power in range(14))
_TOKENS = tuple(float(4**power) for power in range(14))

DURATION = Metric("gen_ai.client.operation.duration", "s", "How long an operation took.", _SECONDS)
TOKENS = Metric("gen_ai.client.token.usage", "{token}", "How many tokens were used.", _TOKENS)
FIRST_CHUNK = Metric(
    "gen_ai.client.operation.time_to_first_chunk",
    "s",
    "From sending a request to the first piece of its answer.",
    _SECONDS,
)
EACH_CHUNK = Metric(
    "gen_ai.client.operation.time_per_output_chunk",
    "s",
    "From each piece of an answer to the next.",
    _SECONDS,
)
METRICS = (DURATION, TOKENS, FIRST_CHUNK, EACH_CHUNK)
METRIC_ATTRIBUTES = (
    "gen_ai.operation.name",
    "gen_ai.provider.name",
    "gen_ai.request.model",
    "gen_ai.response.model",
    "gen_ai.token.type",
    "server.address",
    "server.port",
    "error.type",
)
