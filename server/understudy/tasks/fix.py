"""Fix one diagnostic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.tasks import Task

if TYPE_CHECKING:
    from understudy.workspace.view import View


def _applies(view: View) -> bool:
    """Always: the client may not tell us the diagnostics that the user sees here."""
    return bool(view.text)


TASK = Task(
    id="fix",
    title="Fix problems here",
    kind="quickfix.understudy",
    role="debugging",
    reach="diagnostic",
    applies=_applies,
)
