"""Numbers and names that an error's message tells: limits in tokens, refused parameters."""

from __future__ import annotations

import re

_N = r"(?P<limit>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})"

_LIMITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"maximum (?:context|prompt) length (?:is|of) {_N}",
        rf"with {_N} maximum context length",
        rf"tokens > {_N} maximum",
        rf"exceed context limit: [0-9,]{{1,20}} \+ [0-9,]{{1,20}} > {_N}",
        rf"available context size \({_N} tokens\)",
        rf"maximum number of tokens allowed \({_N}\)",
        rf"context length of only {_N} tokens",
        rf"context length \({_N} tokens\)",
        rf"maximum allowed length \({_N} tokens\)",
        rf"n_ctx: ?{_N}",
        rf"Max size: {_N} tokens",
        rf"`max_new_tokens` must be <= {_N}",
        rf"\((?:TPM|TPD)\): Limit {_N}",
        rf"model maximum context length: {_N}",
        rf"maximum model length of {_N}",
        rf"exceeds the limit of {_N}",
        rf"cannot exceed {_N}",
        rf"Range of input length should be \[[0-9]{{1,9}}, {_N}\]",
        rf"exceeded model token limit: {_N}",
        rf"limit for this model is {_N} tokens",
        rf"Current length is [0-9]{{1,9}} while limit is {_N}",
        rf"at most {_N} (?:completion |output )?tokens",
        rf"[0-9] > {_N}, which is the maximum allowed number of output tokens",
        rf"must be less than or equal to `?{_N}",
        rf"valid range of max_tokens is \[1, {_N}\]",
        rf"integer above maximum value[.,] Expected a value <= {_N}",
        rf"Range of max_tokens should be \[[0-9]{{1,9}}, {_N}\]",
        rf"supported range is from 1 \(inclusive\) to {_N} \((?P<beyond>ex|in)clusive\)",
    )
)

_PARAMETERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"input length and `(?P<parameter>max_tokens)` exceed context limit",
        r"(?P<parameter>max_tokens): [0-9]",
        r"Invalid (?P<parameter>max_tokens) value",
        r"`(?P<parameter>max_(?:completion_)?tokens)` must be",
    )
)


def learned_limit(message: str) -> int | None:
    """The limit in tokens, of the window or of the answer, that a message tells."""
    for pattern in _LIMITS:
        found = pattern.search(message)
        if found is not None:
            limit = int(found["limit"].replace(",", ""))
            return (limit - 1 if found.groupdict().get("beyond") == "ex" else limit) or None
    return None


def learned_parameter(message: str) -> str:
    """The part of the request that has to become smaller."""
    for pattern in _PARAMETERS:
        found = pattern.match(message)
        if found is not None:
            return found["parameter"]
    return ""
