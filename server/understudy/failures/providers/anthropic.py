"""Anthropic: messages, also as Amazon Bedrock passes them on."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

_ANY_4XX = frozenset({400, 402, 403, 429})

ERRORS = Errors(
    id="anthropic",
    words=MappingProxyType(
        {
            "overloaded_error": Kind.OVERLOADED,
            "billing_error": Kind.QUOTA,
            "enforced_spend_limit_reached": Kind.QUOTA,
            "contract_spend_limit_reached": Kind.QUOTA,
            "linked_organization_spend_limit_reached": Kind.QUOTA,
            "organization_on_hold": Kind.QUOTA,
            "request_too_large": Kind.CONTEXT_OVERFLOW,
            "request_body_too_large_after_decoding": Kind.CONTEXT_OVERFLOW,
            "ramp_limit_exceeded": Kind.RATE_LIMIT,
        }
    ),
    broad=MappingProxyType({"api_error": Kind.SERVER, "timeout_error": Kind.SERVER}),
    rules=(
        Rule(Kind.CONTEXT_OVERFLOW, r"prompt is too long: [0-9,]{1,20} tokens > "),
        Rule(Kind.CONTEXT_OVERFLOW, r"input length and `max_tokens` exceed context limit"),
        Rule(Kind.CAPABILITY, r"`(?P<parameter>[\w.]{1,60})` is deprecated for this model"),
        Rule(
            Kind.CAPABILITY,
            r"`(?P<parameter>[\w.]{1,60})` and `[\w.]{1,60}` cannot both be specified",
        ),
        # As Bedrock says it: the key is good, but not for this model.
        Rule(
            Kind.MODEL_MISSING,
            r"You don't have access to the model\b",
            word="(?:.{0,100}#)?accessdeniedexception",
        ),
        Rule(Kind.MODEL_MISSING, r"You don't have access to the model\b"),
        Rule(
            Kind.CAPABILITY, r"[\"`](?P<parameter>[\w.]{1,60})[\"`] is not supported for this model"
        ),
        Rule(Kind.CAPABILITY, r"(?:This model )?does not support assistant message prefill"),
        Rule(
            Kind.CAPABILITY,
            r"(?P<parameter>max_tokens): [0-9,]{1,20} > [0-9,]{1,20}, which is the maximum",
        ),
        Rule(Kind.QUOTA, r"Your credit balance is too low", statuses=_ANY_4XX),
        Rule(Kind.QUOTA, r"You have reached your specified API usage limits", statuses=_ANY_4XX),
        Rule(Kind.CONTENT_FILTER, r"Output blocked by content filtering policy"),
        Rule(Kind.AUTH, r"This organization has been disabled"),
    ),
)
