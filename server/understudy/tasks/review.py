"""Look for mistakes in code, as a colleague would.

Its kind stands under no kind of the Language Server Protocol, as that of an explanation.
"""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="review",
    title="Review this code",
    file_title="Review this file",
    kind="understudy.review",
    role="review",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Review the subject. Report mistakes that you are sure of from what you see: wrong results, "
        "edge cases that fail, leaks, races, holes in security, misleading names or comments. "
        "Report each once, the most serious first, and nothing that compilers, linters and "
        "formatters find. Where there is nothing to report, report nothing."
    ),
)
