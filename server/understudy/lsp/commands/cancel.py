"""`understudy.cancel`: cancel one run, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import CancelArguments


def _run(app: App, arguments: CancelArguments) -> dict[str, int]:
    cancelled = app.jobs.cancel(arguments.run_id)
    if arguments.run_id is None:
        app.speculation.forget()
    return {"cancelled": cancelled}


COMMAND = ServerCommand(
    id="understudy.cancel",
    arguments="CancelArguments",
    run=_run,
    summary="Cancels a run, or all of them. Nothing is applied afterwards.",
    answer='{"cancelled": 1}',
)
