"""`understudy.take`: apply an edit that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EditArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: EditArguments) -> dict[str, str]:
    ready = app.session.ready.get(arguments.edit_id)
    if ready is None:
        raise BadRequestError(f"No edit `{arguments.edit_id}` waits; it may no longer fit.")

    async def work(_: Job) -> str:
        from understudy.lsp.deliver import apply

        return await apply(app, arguments.edit_id, "")

    return start_for(app, ready.uri, ready.title, work)


COMMAND = ServerCommand(
    id="understudy.take",
    arguments="EditArguments",
    run=_run,
    summary="Applies an edit that waits in the menu.",
)
