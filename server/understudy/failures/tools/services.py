"""Providers' errors where they come as text: in the output of another program."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, says


def _status(number: str, reason: str) -> str:
    """A number counts only where a status stands: behind a word for it, or before its name."""
    return (
        rf"(?i)(?:\bHTTP(?:/[0-9.]{{1,3}})?[ :]{{1,2}}|\bstatus(?: ?code)?[ :=]{{1,3}}|\bError(?: code)?: |\bAPI Error: )"
        rf"(?:{number})(?![0-9])|(?:^|[:(] ?)(?:{number}) (?:{reason})\b"
    )


_UNQUOTED = r"(?:[^'\"`]|\b'\b){0,100}?"

TOOLS = Tools(
    id="services",
    rules=(
        says(Category.RATE_LIMIT, "ThrottlingException", r"\bThrottlingException: ", 0.78),
        says(
            Category.RATE_LIMIT,
            "429",
            _status("429", r"Too Many Requests|Client Error: Too Many|RESOURCE_EXHAUSTED"),
            0.7,
        ),
        says(Category.QUOTA_EXHAUSTED, "402", _status("402", "Payment Required"), 0.72),
        says(Category.AUTH_ERROR, "40", _status("401|403", "Unauthorized|Forbidden"), 0.68),
        says(
            Category.PROVIDER_UNAVAILABLE,
            "5",
            _status(
                "50[0234]|529",
                "Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|Overloaded",
            ),
            0.66,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "uota",
            r"(?i)^"
            + _UNQUOTED
            + r"\bquota\b.{0,40}?\b(?:exhausted|exceeded|used up|reached|will reset)",
            0.75,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "limit",
            r"(?i)^"
            + _UNQUOTED
            + r"\b(?:daily|weekly|monthly|hourly|[0-9]{1,2}[- ]hour|usage|spend(?:ing)?)(?: \w{1,20})? limit\b",
            0.74,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "xhausted your",
            r"(?i)\bexhausted your (?:\w{1,20} )?(?:capacity|quota|credits?)\b",
            0.75,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "redits",
            r"(?i)^" + _UNQUOTED + r"\b(?:run out of|out of|have any) credits\b",
            0.75,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "exceeded your current quota",
            r"exceeded your current quota",
            0.76,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "redit balance is too low",
            r"[Cc]redit balance is too low",
            0.76,
        ),
        says(
            Category.CONTEXT_OVERFLOW,
            "maximum context length",
            r"\bmaximum context length is [0-9,]{1,20} tokens",
            0.8,
        ),
        says(
            Category.CONTEXT_OVERFLOW,
            "too long",
            r"(?i)^\W{0,8}(?:error: )?(?:the )?(?:prompt|input) is too long",
            0.8,
        ),
        says(
            Category.CONTEXT_OVERFLOW,
            "context",
            r"(?i)\b(?:prompt|input|request)\b.{0,60}? exceeds? the (?:model'?s |available )?(?:maximum )?context (?:size|window|length)\b",
            0.8,
        ),
        says(
            Category.CAPABILITY_MISMATCH,
            "does not support",
            r"^(?:registry\.\S{1,200}|\"\S{1,200}\") does not support (?:tools|thinking|vision|insert)\b",
            0.8,
        ),
        says(
            Category.AUTH_ERROR,
            "API",
            r"(?i)^\W{0,8}(?:error: )?(?:invalid|incorrect|missing) API[ -]?key\b",
            0.76,
        ),
        says(Category.PROVIDER_UNAVAILABLE, "overloaded_error", r"\boverloaded_error\b", 0.76),
        says(
            Category.RATE_LIMIT,
            "rate",
            r"(?i)^\W{0,8}(?:error: )?rate[ -]?limit (?:reached|exceeded|hit)\b|['\"](?:code|type)['\"]: ?['\"]rate_limit\w{0,20}['\"]",
            0.75,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "insufficient_quota",
            r"['\"](?:code|type)['\"]: ?['\"]insufficient_quota['\"]",
            0.78,
        ),
        says(
            Category.RATE_LIMIT,
            "",
            r"^[^'\"`]{0,40}?(?:\u901f\u7387\u9650\u5236|\u8bf7\u6c42\u8fc7\u4e8e\u9891\u7e41|\u30ec\u30fc\u30c8\u5236\u9650|\u30ea\u30af\u30a8\u30b9\u30c8\u304c\u591a\u3059\u304e|Zu viele Anfragen|Ratenlimit)",
            0.74,
        ),
        says(
            Category.QUOTA_EXHAUSTED,
            "",
            r"^[^'\"`]{0,40}?(?:\u4f59\u989d\u4e0d\u8db3|\u6b20\u8d39|\u914d\u989d(?:\u5df2)?(?:\u7528\u5c3d|\u7528\u5b8c|\u8017\u5c3d)|\u5229\u7528\u67a0[^'\"`]{0,20}?(?:\u4e0a\u9650|\u4f7f\u3044\u5207)|Kontingent (?:\w{1,20} )?(?:ersch\u00f6pft|aufgebraucht))",
            0.75,
        ),
    ),
)
