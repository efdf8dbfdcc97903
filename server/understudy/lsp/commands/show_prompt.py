"""`understudy.showPrompt`: what a model was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.failed import require_failed
from understudy.lsp.prompts import start_showing

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import RunArguments


def _run(app: App, arguments: RunArguments) -> dict[str, str]:
    return start_showing(app, require_failed(app, arguments.run_id))


COMMAND = ServerCommand(
    id="understudy.showPrompt",
    arguments="RunArguments",
    run=_run,
    summary="Opens what the last model of a failed run was asked, with its secrets masked.",
)
