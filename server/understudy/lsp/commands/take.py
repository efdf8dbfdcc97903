"""`understudy.take`: apply an edit that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EditArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: EditArguments) -> dict[str, str]:
    edit_id = arguments.edit_id
    if app.aftermath.watching.is_in(edit_id):
        # The client had not heard of it yet.
        return start_for(app, "", "Applying an edit", _nothing_to_do)
    ready = app.session.ready.require(edit_id)

    async def work(_: Job) -> str:
        from understudy.lsp.deliver import apply

        return await apply(app, edit_id, "")

    return start_for(app, ready.uri, ready.title, work)


async def _nothing_to_do(_: Job) -> str:
    return "It is in the text already."


COMMAND = ServerCommand(
    id="understudy.take",
    arguments="EditArguments",
    run=_run,
    summary="Applies an edit that waits in the menu.",
)
