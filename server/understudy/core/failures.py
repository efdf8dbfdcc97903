"""Everything that can go wrong, split by what the user can do about it.

The text of a failure is a full sentence that an editor can show as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from understudy.core.usage import Usage


class FailureCategory(StrEnum):
    """Stable wire strings; stored in the journal and read by other tools, so never renamed."""

    PARSE_ERROR = "parse_error"
    IMPORT_ERROR = "import_error"
    TYPE_ERROR = "type_error"
    SYNTAX_ERROR = "syntax_error"
    RUNTIME_ERROR = "runtime_error"
    RATE_LIMIT = "rate_limit"
    CONTEXT_OVERFLOW = "context_overflow"
    CAPABILITY_MISMATCH = "capability_mismatch"
    MARKDOWN_POLLUTION = "markdown_pollution"
    INCOMPLETE_OUTPUT = "incomplete_output"
    HALLUCINATION = "hallucination"
    TIMEOUT = "timeout"
    PROVIDER_UNAVAILABLE = "provider_unavailable"
    AUTH_ERROR = "auth_error"
    QUOTA_EXHAUSTED = "quota_exhausted"
    CONTENT_FILTERED = "content_filtered"
    REFUSAL = "refusal"
    EMPTY_OUTPUT = "empty_output"
    EDIT_APPLY_FAILED = "edit_apply_failed"
    STALE_DOCUMENT = "stale_document"
    TEST_FAILURE = "test_failure"
    LINT_FAILURE = "lint_failure"
    MISSING_CONTEXT = "missing_context"
    BUDGET_EXCEEDED = "budget_exceeded"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


Blame = Literal["model", "provider", "project", "tool", "user"]
Phase = Literal["request", "stream", "parse", "apply", "check", "test", "run"]
Advice = Literal["same", "refine", "reduce_context", "wait", "switch_model", "ask", "stop"]
"""What to do next: ask again as it was, with what went wrong, with less context, after a while; ask
another model, ask the user, or give up."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a failure was recognised by.

    Attributes:
        source: where it was said: a provider's id, a checker's id, `stream`.
        text: the words that decided, without secrets, at most 500 characters.
    """

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure, as every part of the cascade reads it.

    Attributes:
        code: the machine word of whoever reported it, such as `insufficient_quota` or `TS2339`;
            empty when there is none.
        confidence: how sure the category is, 0 to 1.
        secondary: other categories that the same evidence also fits, most likely first.
        advice: what to do next, as long as nobody decides otherwise.
        after_s: seconds to wait before the same can be tried again; None when nothing was said.
        fingerprint: equal for failures that are the same but for names, numbers and places.
        message: a full sentence for people, with the cause and a next step.
        limit: a limit in tokens that the failure told about: of the window, or of the output.
        parameter: the request's parameter that was refused.
    """

    category: FailureCategory
    phase: Phase
    blame: Blame
    message: str
    code: str = ""
    confidence: float = 1.0
    evidence: Evidence = Evidence("", "")
    secondary: tuple[FailureCategory, ...] = field(default=())
    advice: Advice = "switch_model"
    after_s: float | None = None
    fingerprint: str = ""
    limit: int | None = None
    parameter: str = ""


class UnderstudyError(Exception):
    """A failure with a sentence for the user."""

    category = FailureCategory.UNKNOWN


class BadRequestError(UnderstudyError):
    """The request itself can't be carried out: a wrong argument, an unknown document or path."""


class RefusedError(UnderstudyError):
    """The request is understood and not done: policy, scope or safety stand against it."""


class StaleError(UnderstudyError):
    """The document changed under the work, so its result no longer fits."""

    category = FailureCategory.STALE_DOCUMENT


class UnavailableError(UnderstudyError):
    """A tool or model is missing or did not answer in time; another may be tried."""

    category = FailureCategory.PROVIDER_UNAVAILABLE


class CallError(UnavailableError):
    """A call of a model that gave no finished reply. The record says what kind of failure it was.

    Attributes:
        usage: the tokens that were counted all the same; None when nobody said. Without `output`,
            the count is that of an answer which was cut.
        cost_usd: what the call cost all the same; None when that is not known.
        requests: how many were sent for it.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.category = failure.category
        self.usage: Usage | None = None
        self.cost_usd: float | None = 0.0
        self.requests = 1
