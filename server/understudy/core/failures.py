"""Everything that can go wrong, split by what the user can do about it.

The text of a failure is a full sentence that an editor can show as it stands.
"""

from __future__ import annotations

from enum import StrEnum


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
