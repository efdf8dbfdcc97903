"""Give names that say what things are."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="renameForMeaning",
    title="Improve the names",
    kind="refactor.rewrite.understudy.rename",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Rename local variables, parameters and private helpers of the selected code whose "
        "names do not say what they are. Change every use of a renamed name. Keep names that "
        "are visible from outside this file, keyword arguments that callers may use, and the "
        "behaviour exactly."
    ),
    command="refactor",
    kind_argument="rename",
)
