"""Settings that name tasks, or the roles in which tasks ask models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.known import Remark
from understudy.config.wording import nearest
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import Settings

_ROLES = frozenset(
    {
        *("orchestration", "exploration", "frontend", "debugging", "documentation"),
        *("complete", "edit", "review", "test", "plan", "commit"),
    }
)
"""Roles that everybody may set up, whether or not a task asks for them by now."""


def slips_in_tasks(settings: Settings) -> Iterator[Remark]:
    """Names in the settings that are nearly those of tasks and roles, and tasks that nobody knows.

    A role of any other name is the user's own.
    """
    if not settings.actions.hide and settings.model_routing.keys() <= _ROLES:
        return  # The tasks need not be loaded.
    tasks = all_tasks()
    roles = {*_ROLES, *tasks, *(task.role for task in tasks.values())}
    for role in settings.model_routing:
        near = None if role in roles else nearest(role, roles)
        if near is not None:
            clause = "is a role that no task asks for"
            yield Remark(("model_routing", role), clause, meant=near, on_key=True)
    for hidden in sorted(settings.actions.hide.difference(tasks)):
        clause = f"names `{hidden}`, which is no task"
        yield Remark(("actions", "hide"), clause, (-1, hidden), nearest(hidden, tasks) or "")
