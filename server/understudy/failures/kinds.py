"""The ways in which a provider fails, finer than the categories that leave this room."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Advice, Blame


class Kind(StrEnum):
    """In the order in which they count where two fit equally well."""

    CANCELLED = "cancelled"
    REQUEST_TOO_LARGE = "request_too_large"
    QUOTA = "quota"
    CONTEXT_OVERFLOW = "context_overflow"
    CAPABILITY = "capability"
    CONTENT_FILTER = "content_filter"
    REFUSAL = "refusal"
    MALFORMED = "malformed_output"
    MODEL_MISSING = "model_missing"
    LOADING = "loading"
    AUTH = "auth"
    OVERLOADED = "overloaded"
    RATE_LIMIT = "rate_limit"
    TIMEOUT = "timeout"
    INCOMPLETE = "incomplete"
    EMPTY = "empty"
    BAD_REQUEST = "bad_request"
    SERVER = "server"
    NO_REPLY = "no_reply"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind is called outside.

    Attributes:
        code: stands in the record where the category alone does not tell enough.
        advice: where it differs from the category's; the same for `blame`.
    """

    category: Category
    code: str = ""
    advice: Advice | None = None
    blame: Blame | None = None


MEANINGS: Mapping[Kind, Meaning] = MappingProxyType(
    {
        Kind.CANCELLED: Meaning(Category.CANCELLED),
        # More context than the account may send in a minute never fits, however long one waits.
        Kind.REQUEST_TOO_LARGE: Meaning(
            Category.CONTEXT_OVERFLOW, "request_too_large", "switch_model"
        ),
        Kind.QUOTA: Meaning(Category.QUOTA_EXHAUSTED),
        Kind.CONTEXT_OVERFLOW: Meaning(Category.CONTEXT_OVERFLOW),
        Kind.CAPABILITY: Meaning(Category.CAPABILITY_MISMATCH),
        Kind.CONTENT_FILTER: Meaning(Category.CONTENT_FILTERED),
        Kind.REFUSAL: Meaning(Category.REFUSAL),
        Kind.MALFORMED: Meaning(Category.PARSE_ERROR),
        Kind.MODEL_MISSING: Meaning(Category.PROVIDER_UNAVAILABLE, "model_missing", blame="user"),
        Kind.LOADING: Meaning(Category.PROVIDER_UNAVAILABLE, "loading", "wait"),
        Kind.AUTH: Meaning(Category.AUTH_ERROR),
        Kind.OVERLOADED: Meaning(Category.PROVIDER_UNAVAILABLE, "overloaded"),
        Kind.RATE_LIMIT: Meaning(Category.RATE_LIMIT),
        Kind.TIMEOUT: Meaning(Category.TIMEOUT),
        Kind.INCOMPLETE: Meaning(Category.INCOMPLETE_OUTPUT),
        Kind.EMPTY: Meaning(Category.EMPTY_OUTPUT),
        # The same request fails everywhere, and it is ours.
        Kind.BAD_REQUEST: Meaning(Category.UNKNOWN, "bad_request", "stop", "tool"),
        Kind.SERVER: Meaning(Category.PROVIDER_UNAVAILABLE, "server"),
        # A page of something between us and the server.
        Kind.NO_REPLY: Meaning(Category.PROVIDER_UNAVAILABLE, "malformed"),
        Kind.PROXY: Meaning(Category.PROVIDER_UNAVAILABLE, "proxy", blame="user"),
    }
)

RANK: Mapping[Kind, int] = MappingProxyType({kind: place for place, kind in enumerate(Kind)})
