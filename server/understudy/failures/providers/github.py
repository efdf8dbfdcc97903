"""GitHub Models."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="github",
    words=MappingProxyType(
        {
            "ratelimitreached": Kind.RATE_LIMIT,
            "tokens_limit_reached": Kind.CONTEXT_OVERFLOW,
            "unknown_model": Kind.MODEL_MISSING,
            "unavailable_model": Kind.MODEL_MISSING,
            # The key is good, but not for this model.
            "no_access": Kind.MODEL_MISSING,
            "unauthorized": Kind.AUTH,
        }
    ),
    rules=(
        Rule(
            Kind.QUOTA,
            r"Rate limit of .{0,40}? exceeded for \w{0,40}ByDay",
            word="ratelimitreached",
        ),
    ),
)
