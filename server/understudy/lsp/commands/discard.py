"""`understudy.discard`: forget an edit that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EditArguments


def _run(app: App, arguments: EditArguments) -> dict[str, bool]:
    return {"discarded": app.aftermath.discard(arguments.edit_id)}


COMMAND = ServerCommand(
    id="understudy.discard",
    arguments="EditArguments",
    run=_run,
    summary="Forgets an edit that waits in the menu.",
    answer='{"discarded": true}',
)
