"""Edits that do not fit, and work that was called off."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, says

TOOLS = Tools(
    id="edits",
    rules=(
        says(Category.EDIT_APPLY_FAILED, "FAILED", r"^Hunk #[0-9]{1,6} FAILED at ", 0.95),
        says(
            Category.EDIT_APPLY_FAILED,
            "patch",
            r"^error: (?:patch failed: |.{1,300}: patch does not apply|corrupt patch at line )",
            0.95,
        ),
        says(
            Category.EDIT_APPLY_FAILED,
            "not found in",
            r"(?i)\b(?:search|old|anchor) (?:block|text|string)\b.{0,40} not found in ",
            0.9,
        ),
        says(
            Category.CANCELLED,
            "cancel",
            r"(?i)^\W{0,8}(?:the )?(?:operation|request|task|run|job) (?:was |has been )?cancel(?:led|ed)\b",
            0.8,
        ),
        says(Category.CANCELLED, "KeyboardInterrupt", r"^KeyboardInterrupt$", 0.8),
    ),
)
