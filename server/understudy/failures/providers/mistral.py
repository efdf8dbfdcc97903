"""Mistral."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="mistral",
    words=MappingProxyType(
        {
            "rate_limited": Kind.RATE_LIMIT,
            "service_tier_capacity_exceeded": Kind.RATE_LIMIT,
            "invalid_model": Kind.MODEL_MISSING,
        }
    ),
    rules=(
        Rule(
            Kind.CONTEXT_OVERFLOW, r"Prompt contains [0-9]{1,12} tokens .{0,60}?too large for model"
        ),
        Rule(Kind.RATE_LIMIT, r"(?:Requests )?rate limit exceeded"),
    ),
)
