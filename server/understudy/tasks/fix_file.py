"""Fix everything that the checkers find in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.tasks import Task

if TYPE_CHECKING:
    from understudy.workspace.view import View


def _applies(view: View) -> bool:
    return bool(view.text)


TASK = Task(
    id="fixFile",
    title="Fix all problems in this file",
    kind="quickfix.understudy",
    role="debugging",
    reach="file",
    applies=_applies,
)
