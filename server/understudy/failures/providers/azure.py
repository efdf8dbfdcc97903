"""Azure OpenAI and Azure AI Foundry."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="azure",
    words=MappingProxyType(
        {
            "ratelimitreached": Kind.RATE_LIMIT,
            "nocapacity": Kind.OVERLOADED,
            "deploymentnotfound": Kind.MODEL_MISSING,
            "permissiondenied": Kind.AUTH,
            "responsibleaipolicyviolation": Kind.CONTENT_FILTER,
            "operationnotsupported": Kind.CAPABILITY,
        }
    ),
    rules=(
        Rule(
            Kind.RATE_LIMIT,
            r"Requests to the .{0,200}? have exceeded (?:token|call|request) rate limit",
        ),
        Rule(Kind.RATE_LIMIT, r"Rate limit is exceeded"),
        Rule(Kind.QUOTA, r"Out of call volume quota"),
        Rule(Kind.CONTENT_FILTER, r"The response was filtered due to the prompt triggering"),
        Rule(Kind.CAPABILITY, r"Model \S{1,80} is enabled only for api versions"),
    ),
)
