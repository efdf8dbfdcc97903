"""OpenRouter; what an upstream said stands in `metadata.raw`."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="openrouter",
    words=MappingProxyType({"moderation_reasons": Kind.CONTENT_FILTER}),
    rules=(
        # Money is there, but what is on its way may use it up: a matter of seconds.
        Rule(Kind.RATE_LIMIT, word="openrouter_in_flight_budget"),
        Rule(Kind.QUOTA, r"Rate limit exceeded: [\w-]{0,40}per-day"),
        Rule(Kind.QUOTA, r"Key limit exceeded"),
        Rule(Kind.QUOTA, r"This request requires more credits"),
        Rule(Kind.MODEL_MISSING, r"No endpoints found for "),
        Rule(Kind.MODEL_MISSING, r"[^\s]{1,150} is not a valid model ID"),
        Rule(Kind.CAPABILITY, r"No endpoints found that support "),
        Rule(Kind.CONTEXT_OVERFLOW, r"This endpoint's maximum context length is "),
        Rule(
            Kind.SERVER, r"Provider (?:disconnected|returned error)", statuses=frozenset({500, 502})
        ),
    ),
)
