"""`understudy.refactor`: reshapes the selected code without changing what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_change
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import RefactorArguments


def task_of(kind: str) -> str:
    """The id of the task that does a kind of refactoring.

    Raises:
        BadRequestError: when there is no such kind.
    """
    kinds = {one.kind_argument: one.id for one in all_tasks().values() if one.command == "refactor"}
    if kind not in kinds:
        known = ", ".join(f"`{one}`" for one in sorted(kinds))
        raise BadRequestError(f"`{kind}` is no kind of refactoring. Known: {known}.")
    return kinds[kind]


def _run(app: App, arguments: RefactorArguments) -> dict[str, str]:
    return start_change(app, arguments, task_of(arguments.kind))


COMMAND = ServerCommand(
    id="understudy.refactor",
    arguments="RefactorArguments",
    run=_run,
    summary="Reshapes the selected code without changing what it does.",
)
