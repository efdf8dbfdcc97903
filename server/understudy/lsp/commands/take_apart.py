"""`understudy.takeApart`: offer the parts of an edit that waits, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EditArguments


def _run(app: App, arguments: EditArguments) -> dict[str, str]:
    from understudy.lsp.taking_apart import start_taking_apart

    return start_taking_apart(app, app.session.ready.require(arguments.edit_id))


COMMAND = ServerCommand(
    id="understudy.takeApart",
    arguments="EditArguments",
    run=_run,
    summary="Offers the parts of an edit that waits one by one, if each of them proves well alone.",
)
