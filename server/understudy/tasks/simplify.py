"""Make code shorter and plainer, with the same behaviour."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="simplify",
    title="Simplify",
    kind="refactor.rewrite.understudy.simplify",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Make this code shorter and easier to read. Keep its behaviour exactly, with all side "
        "effects, errors and edge cases, and keep its names, parameters and comments that "
        "still hold. Take away needless nesting, repetition and detours. If it is as plain as "
        "it can be, give no edit and say so."
    ),
    command="refactor",
    kind_argument="simplify",
)
