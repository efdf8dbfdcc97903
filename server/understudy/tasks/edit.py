"""Change code as an instruction says, which may stand in a comment."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="edit",
    title="Do what this comment says",
    kind="refactor.rewrite.understudy.edit",
    role="code-generation",
    reach="selection",
    applies=holds_text,
)
