"""How OpenAI says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.answers import Status
from tests.providers.families.openai_errors import no_such_model, refusal, unsupported, wrong_key
from tests.providers.refused.row import AUTH, CANNOT, DOWN, FILTER, OURS, OVERFLOW, QUOTA, RATE, Row

if TYPE_CHECKING:
    from tests.providers.family import Json


def _limited(code: str, kind: str = "requests", message: str = "Rate limit reached.") -> Json:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def _openai(message: str, code: str, status: int, kind: str = "invalid_request_error") -> Status:
    return Status(status, _limited(code, kind, message))


_QUOTA_WORDS = (
    "You exceeded your current quota, please check your plan and billing details. For more"
    " information on this error, read the docs:"
    " https://platform.openai.com/docs/guides/error-codes/api-errors."
)
_TPM = (
    "Request too large for gpt-5.6 in organization org-x on tokens per min (TPM): Limit 30000,"
    " Requested 48211. The input or output tokens must be reduced in order to run successfully."
)
_RPM = (
    "Rate limit reached for gpt-5.6 in organization org-x on requests per min (RPM): Limit 3, Used"
    " 3, Requested 1. Please try again in {wait}."
)
ROWS = (
    Row(
        "the context is too small",
        "openai",
        "openai",
        refusal(
            "This model's maximum context length is 8192 tokens. However, your messages resulted"
            " in 9412 tokens. Please reduce the length of the messages.",
            code="context_length_exceeded",
            param="messages",
        ),
        OVERFLOW,
    ),
    Row(
        "the context is too small, in responses",
        "openai",
        "openai-responses",
        refusal(
            "Your input exceeds the context window of this model. Please adjust your input and try"
            " again.",
            code="context_length_exceeded",
            param="input",
        ),
        OVERFLOW,
    ),
    Row("a parameter is refused", "openai", "openai", unsupported("logit_bias"), CANNOT),
    Row(
        "a policy forbids the prompt",
        "openai",
        "openai",
        refusal(
            "Your request was rejected as a result of our safety system. Your prompt may contain"
            " text that is not allowed by our safety system.",
            code="content_policy_violation",
        ),
        FILTER,
    ),
    Row(
        "a string is too long",
        "openai",
        "openai",
        refusal(
            "Invalid 'messages[0].content': string too long. Expected a string with maximum length"
            " 10485760, but got a string with length 10485761 instead.",
            code="string_above_max_length",
            param="messages[0].content",
        ),
        OURS,
    ),
    Row(
        "the request is wrong and its words speak of limits",
        "openai",
        "openai",
        refusal("Invalid 'messages': near 'return 429  # rate limit exceeded, quota'."),
        OURS,
    ),
    Row("the key is wrong", "openai", "openai", wrong_key(), AUTH),
    Row(
        "the country is not served",
        "openai",
        "openai",
        _openai(
            "Country, region, or territory not supported",
            "unsupported_country_region_territory",
            403,
            "request_forbidden",
        ),
        AUTH,
    ),
    Row("there is no such model", "openai", "openai", no_such_model("gpt-none"), DOWN),
    Row(
        "too many requests, with seconds",
        "openai",
        "openai",
        Status(
            429,
            _limited("rate_limit_exceeded", message=_RPM.format(wait="20s")),
            {"retry-after": "20"},
        ),
        RATE,
        20.0,
    ),
    Row(
        "too many requests, with milliseconds",
        "openai",
        "openai",
        Status(429, _limited("rate_limit_exceeded"), {"retry-after-ms": "1500.5"}),
        RATE,
        1.5005,
    ),
    Row(
        "too many requests, in words only",
        "openai",
        "openai",
        Status(429, _limited("rate_limit_exceeded", message=_RPM.format(wait="6m0s"))),
        RATE,
        360.0,
    ),
    Row(
        "too many tokens, with a reset",
        "openai",
        "openai",
        Status(
            429,
            _limited("rate_limit_exceeded", "tokens"),
            {
                "x-ratelimit-remaining-requests": "7",
                "x-ratelimit-reset-requests": "1h0m0s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "1m2.5s",
            },
        ),
        RATE,
        62.5,
    ),
    Row(
        "a request above the limit itself",
        "openai",
        "openai",
        Status(429, _limited("rate_limit_exceeded", "tokens", _TPM)),
        OVERFLOW,
    ),
    Row("slow down", "openai", "openai", _openai("Slow down.", "slow_down", 503), DOWN),
    Row(
        "no quota",
        "openai",
        "openai",
        _openai(_QUOTA_WORDS, "insufficient_quota", 429, "insufficient_quota"),
        QUOTA,
    ),
    *(
        Row(code, "openai", "openai", _openai("You have reached your limit.", code, 429), QUOTA)
        for code in (
            "billing_hard_limit_reached",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
        )
    ),
    Row(
        "an error of the server",
        "openai",
        "openai",
        Status(
            500,
            {
                "error": {
                    "message": "The server had an error processing your request. Sorry about that!",
                    "type": "server_error",
                    "param": None,
                    "code": None,
                }
            },
        ),
        DOWN,
    ),
    Row("a gateway that fails", "openai", "openai", Status(502, b""), DOWN),
    Row(
        "overloaded",
        "openai",
        "openai",
        _openai(
            "The engine is currently overloaded, please try again later",
            "server_is_overloaded",
            503,
            "server_error",
        ),
        DOWN,
    ),
)
