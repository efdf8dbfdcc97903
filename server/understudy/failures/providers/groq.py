"""Groq."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="groq",
    words=MappingProxyType(
        {
            # It comes with a 400, like any request that is wrong.
            "organization_restricted": Kind.AUTH,
            "tool_use_failed": Kind.MALFORMED,
            "json_validate_failed": Kind.MALFORMED,
            "model_decommissioned": Kind.MODEL_MISSING,
            # The key is good, but not for this model.
            "model_permission_blocked_project": Kind.MODEL_MISSING,
            "model_permission_blocked_org": Kind.MODEL_MISSING,
            "capacity_exceeded": Kind.OVERLOADED,
            "over_capacity": Kind.OVERLOADED,
        }
    ),
    rules=(
        Rule(
            Kind.CAPABILITY,
            r"'messages\.[0-9]{1,5}' : .{0,120}?property '(?P<parameter>[\w.]{1,60})' is unsupported",
        ),
        Rule(
            Kind.CAPABILITY,
            r"`(?P<parameter>max_tokens|max_completion_tokens)` must be less than or equal to",
        ),
    ),
)
