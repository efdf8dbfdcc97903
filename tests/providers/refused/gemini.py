"""How Gemini says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.families.gemini_shape import error as gemini
from tests.providers.refused.row import AUTH, DOWN, OVERFLOW, QUOTA, RATE, TIMEOUT, Row

if TYPE_CHECKING:
    from tests.providers.answers import Status
    from tests.providers.family import Json
    from understudy.core.failures import FailureCategory

_EXHAUSTED = "RESOURCE_EXHAUSTED"
_RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "14s"}


def _violation(quota: str) -> Json:
    metric = "generativelanguage.googleapis.com/generate_content_free_tier_requests"
    violation = {"quotaMetric": metric, "quotaId": quota, "quotaValue": "50"}
    kind = "type.googleapis.com/google.rpc.QuotaFailure"
    return {"@type": kind, "violations": [violation]}


_BILLING = "You exceeded your current quota, please check your plan and billing details."
_KEY_REASON = {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    "reason": "API_KEY_INVALID",
    "domain": "googleapis.com",
}


def _google(
    name: str, status: Status, category: FailureCategory, after_s: float | None = None
) -> Row:
    return Row(name, "gemini", "gemini", status, category, after_s)


ROWS = (
    _google(
        "too many tokens",
        gemini(
            400,
            "INVALID_ARGUMENT",
            "The input token count (1200000)"
            " exceeds the maximum number of tokens allowed (1048576).",
        ),
        OVERFLOW,
    ),
    _google(
        "too many bytes",
        gemini(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 20971520 bytes."),
        OVERFLOW,
    ),
    _google(
        "the key is wrong, with a 400",
        gemini(
            400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", _KEY_REASON
        ),
        AUTH,
    ),
    _google(
        "nobody is asking",
        gemini(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
        AUTH,
    ),
    _google(
        "the key may not",
        gemini(
            403,
            "PERMISSION_DENIED",
            "Generative Language API has not been used in project 403 before or it is disabled.",
        ),
        AUTH,
    ),
    _google(
        "no billing",
        gemini(
            400,
            "FAILED_PRECONDITION",
            "Gemini API free tier is not available"
            " in your country. Please enable billing on your project in Google AI Studio.",
        ),
        QUOTA,
    ),
    _google(
        "the place is not served",
        gemini(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
        AUTH,
    ),
    _google(
        "there is no such model",
        gemini(404, "NOT_FOUND", "models/gemini-none is not found for API version v1beta"),
        DOWN,
    ),
    _google(
        "the day's quota",
        gemini(
            429,
            _EXHAUSTED,
            _BILLING,
            _violation("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
            _RETRY,
        ),
        QUOTA,
    ),
    _google(
        "the minute's limit",
        gemini(
            429,
            _EXHAUSTED,
            _BILLING,
            _violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"),
            _RETRY,
        ),
        RATE,
        14.0,
    ),
    _google(
        "an error of the server", gemini(500, "INTERNAL", "An internal error has occurred."), DOWN
    ),
    _google(
        "overloaded",
        gemini(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
        DOWN,
    ),
    _google(
        "too late",
        gemini(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
        TIMEOUT,
    ),
)
