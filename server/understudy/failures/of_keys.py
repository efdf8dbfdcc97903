"""Which failures hold for all models behind the same key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category

if TYPE_CHECKING:
    from understudy.core.failures import Failure

_ABOUT_ONE_MODEL = "403"
"""A status that says, as a rule, that this account may not use this very model."""


def holds_for_key(failure: Failure) -> bool:
    """Whether every model behind the key fails so, and not only the one that was asked."""
    if failure.category is Category.AUTH_ERROR:
        return not failure.evidence.text.startswith(_ABOUT_ONE_MODEL)
    return failure.category is Category.QUOTA_EXHAUSTED
