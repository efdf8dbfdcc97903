"""OpenAI: chat completions and responses."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="openai",
    words=MappingProxyType(
        {
            "context_length_exceeded": Kind.CONTEXT_OVERFLOW,
            "unsupported_parameter": Kind.CAPABILITY,
            "unsupported_value": Kind.CAPABILITY,
            "content_policy_violation": Kind.CONTENT_FILTER,
            "invalid_prompt": Kind.CONTENT_FILTER,
            "bio_policy": Kind.CONTENT_FILTER,
            "misalignment_policy_violation": Kind.CONTENT_FILTER,
            "string_above_max_length": Kind.BAD_REQUEST,
            "invalid_api_key": Kind.AUTH,
            "model_not_found": Kind.MODEL_MISSING,
            "rate_limit_exceeded": Kind.RATE_LIMIT,
            "slow_down": Kind.OVERLOADED,
            "server_is_overloaded": Kind.OVERLOADED,
            "engine_overloaded": Kind.OVERLOADED,
            "insufficient_quota": Kind.QUOTA,
            "billing_hard_limit_reached": Kind.QUOTA,
            "billing_not_active": Kind.QUOTA,
            "credit_balance_exhausted": Kind.QUOTA,
            "organization_spend_limit_exceeded": Kind.QUOTA,
            "project_spend_limit_exceeded": Kind.QUOTA,
            "organization_usage_limit_exceeded": Kind.QUOTA,
        }
    ),
    broad=MappingProxyType({"server_error": Kind.SERVER}),
    rules=(
        # A request that is larger than a minute's allowance never fits, however long one waits.
        Rule(Kind.REQUEST_TOO_LARGE, r"Request too large for ", word="rate_limit_exceeded|tokens"),
        Rule(Kind.CONTEXT_OVERFLOW, r"This model's maximum context length is "),
        Rule(Kind.CONTEXT_OVERFLOW, r"Your input exceeds the context window"),
        Rule(Kind.CAPABILITY, r"Unsupported (?:parameter|value): '(?P<parameter>[\w.]{1,60})'"),
        Rule(Kind.CAPABILITY, r"'(?P<parameter>[\w.]{1,60})' does not support "),
        Rule(
            Kind.CAPABILITY,
            r"Invalid parameter: '(?P<parameter>[\w.]{1,60})' of type '[\w.]{1,60}' is not supported",
        ),
        Rule(
            Kind.CAPABILITY, r"(?P<parameter>max_tokens|max_completion_tokens) is too large: [0-9]"
        ),
        Rule(
            Kind.CAPABILITY,
            r"Invalid '(?P<parameter>max_(?:completion_|output_)?tokens)': integer above maximum value",
        ),
        Rule(Kind.CAPABILITY, r"This is not a (?P<parameter>chat) model\b"),
        Rule(
            Kind.CONTENT_FILTER,
            r"Your request was rejected as a result of (?:our|the) safety system",
        ),
        Rule(Kind.CONTENT_FILTER, r"Invalid prompt: .{0,100}violating our usage policy"),
        Rule(Kind.INCOMPLETE, r"Could not finish the message because max_tokens"),
        Rule(Kind.QUOTA, r"You exceeded your current quota"),
        Rule(Kind.OVERLOADED, r"The engine is currently overloaded"),
    ),
)
