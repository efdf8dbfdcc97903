"""Move a part of a function into a function of its own."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="extract",
    title="Extract a function",
    kind="refactor.extract.understudy.function",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Move the selected part into a new function with a telling name, right beside the "
        "function that it comes from, and call it in its place. Pass what it needs as "
        "parameters and return what is used afterwards. Keep the behaviour exactly, and the "
        "style of the file."
    ),
    command="refactor",
    kind_argument="extract",
)
