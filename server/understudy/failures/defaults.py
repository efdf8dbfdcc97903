"""What each category means as long as nothing more is known: who is to blame, and what comes next."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Advice, Blame, Phase

ADVICE: Mapping[Category, Advice] = MappingProxyType(
    {
        Category.PARSE_ERROR: "refine",
        Category.IMPORT_ERROR: "refine",
        Category.TYPE_ERROR: "refine",
        Category.SYNTAX_ERROR: "refine",
        Category.RUNTIME_ERROR: "refine",
        Category.RATE_LIMIT: "wait",
        Category.CONTEXT_OVERFLOW: "reduce_context",
        Category.CAPABILITY_MISMATCH: "switch_model",
        Category.MARKDOWN_POLLUTION: "refine",
        Category.INCOMPLETE_OUTPUT: "refine",
        Category.HALLUCINATION: "refine",
        Category.TIMEOUT: "switch_model",
        Category.PROVIDER_UNAVAILABLE: "switch_model",
        Category.AUTH_ERROR: "switch_model",
        Category.QUOTA_EXHAUSTED: "switch_model",
        Category.CONTENT_FILTERED: "ask",
        Category.REFUSAL: "ask",
        Category.EMPTY_OUTPUT: "same",
        Category.EDIT_APPLY_FAILED: "refine",
        Category.STALE_DOCUMENT: "same",
        Category.TEST_FAILURE: "refine",
        Category.LINT_FAILURE: "refine",
        Category.MISSING_CONTEXT: "refine",
        Category.BUDGET_EXCEEDED: "stop",
        Category.CANCELLED: "stop",
        Category.UNKNOWN: "refine",
    }
)

_BLAME: Mapping[Category, Blame] = MappingProxyType(
    {
        Category.RATE_LIMIT: "provider",
        Category.TIMEOUT: "provider",
        Category.PROVIDER_UNAVAILABLE: "provider",
        Category.CONTENT_FILTERED: "provider",
        Category.AUTH_ERROR: "user",
        Category.QUOTA_EXHAUSTED: "user",
        Category.STALE_DOCUMENT: "user",
        Category.BUDGET_EXCEEDED: "user",
        Category.CANCELLED: "user",
        Category.CONTEXT_OVERFLOW: "tool",
        Category.MISSING_CONTEXT: "tool",
        Category.RUNTIME_ERROR: "project",
    }
)

_OF_PROGRAMS = frozenset({"test", "run"})
_ON_THE_WIRE = frozenset({"request", "stream"})


def advice_for(category: Category, phase: Phase) -> Advice:
    """The next step by the action table.

    A tool that takes too long says nothing against the model, so only a silent model is left.
    """
    if category is Category.TIMEOUT and phase not in _ON_THE_WIRE:
        return "refine"
    return ADVICE[category]


def blame_for(category: Category, phase: Phase) -> Blame:
    """Whose fault it most likely is. What a checker finds is the fault of who wrote the edit."""
    if category is Category.TIMEOUT and phase not in _ON_THE_WIRE:
        return "project" if phase in _OF_PROGRAMS else "tool"
    if category is Category.UNKNOWN:
        return "provider" if phase in _ON_THE_WIRE else "tool"
    return _BLAME.get(category, "project" if phase in _OF_PROGRAMS else "model")
