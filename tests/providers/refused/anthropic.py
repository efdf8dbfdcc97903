"""How Anthropic says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.answers import Status
from tests.providers.families.anthropic_shape import error as anthropic
from tests.providers.refused.row import AUTH, CANNOT, DOWN, FILTER, OVERFLOW, QUOTA, RATE, Row

if TYPE_CHECKING:
    from understudy.core.failures import FailureCategory

_TOO_LONG = "prompt is too long: 214000 tokens > 200000 maximum"
_BOTH = (
    "input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000, decrease input"
    " length or `max_tokens` and try again"
)
_CREDIT = (
    "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to"
    " upgrade or purchase credits."
)
_INVALID = "invalid_request_error"


def _row(name: str, status: Status, category: FailureCategory, after_s: float | None = None) -> Row:
    return Row(name, "anthropic", "anthropic", status, category, after_s)


ROWS = (
    _row("the prompt is too long", anthropic(_INVALID, _TOO_LONG), OVERFLOW),
    _row("prompt and answer are too long", anthropic(_INVALID, _BOTH), OVERFLOW),
    _row(
        "too long, on Bedrock",
        anthropic(_INVALID, "Input is too long for requested model."),
        OVERFLOW,
    ),
    _row(
        "no temperature",
        anthropic(_INVALID, "`temperature` is deprecated for this model."),
        CANNOT,
    ),
    _row("an extra input", anthropic(_INVALID, "top_k: Extra inputs are not permitted"), CANNOT),
    _row(
        "no such thinking",
        anthropic(
            _INVALID,
            '"thinking.type.enabled" is not supported for'
            ' this model. Use "thinking.type.adaptive" instead.',
        ),
        CANNOT,
    ),
    _row(
        "no prefill",
        anthropic(
            _INVALID,
            "This model does not support assistant message prefill."
            " The conversation must end with a user message.",
        ),
        CANNOT,
    ),
    _row("no credit", anthropic(_INVALID, _CREDIT), QUOTA),
    _row("billing", anthropic("billing_error", "Your payment method was declined.", 402), QUOTA),
    _row(
        "a spend limit",
        anthropic(
            "rate_limit_error",
            "You have reached your spend limit.",
            429,
            details={"error_code": "enforced_spend_limit_reached"},
        ),
        QUOTA,
    ),
    _row(
        "the output is blocked",
        anthropic(_INVALID, "Output blocked by content filtering policy"),
        FILTER,
    ),
    _row("the key is wrong", anthropic("authentication_error", "invalid x-api-key", 401), AUTH),
    _row(
        "the key may not",
        anthropic(
            "permission_error",
            "Your API key does not have permission to use the specified resource.",
            403,
        ),
        AUTH,
    ),
    _row("there is no such model", anthropic("not_found_error", "model: claude-none", 404), DOWN),
    _row(
        "too many bytes",
        anthropic("request_too_large", "Request exceeds the maximum size", 413),
        OVERFLOW,
    ),
    _row(
        "too many bytes, at the edge",
        Status(
            413,
            "<html><head><title>413 Request Entity Too Large</title></head></html>",
            {"content-type": "text/html"},
        ),
        OVERFLOW,
    ),
    _row(
        "too many requests",
        Status(
            429,
            {
                "type": "error",
                "error": {
                    "type": "rate_limit_error",
                    "message": "This request would"
                    " exceed your organization's rate limit of 50 requests per minute.",
                },
            },
            {"retry-after": "12"},
        ),
        RATE,
        12.0,
    ),
    _row("an error of the server", anthropic("api_error", "Internal server error", 500), DOWN),
    _row("too late", anthropic("timeout_error", "Request timed out", 504), DOWN),
    _row("overloaded", anthropic("overloaded_error", "Overloaded", 529), DOWN),
)
