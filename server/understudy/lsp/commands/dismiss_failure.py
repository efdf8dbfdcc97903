"""`understudy.dismissFailure`: take back what is shown of a failed run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.failed import dismiss

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import RunArguments


def _run(app: App, arguments: RunArguments) -> dict[str, bool]:
    return {"dismissed": dismiss(app, arguments.run_id)}


COMMAND = ServerCommand(
    id="understudy.dismissFailure",
    arguments="RunArguments",
    run=_run,
    summary="Takes back the diagnostic of a failed run.",
    answer='{"dismissed": true}',
)
