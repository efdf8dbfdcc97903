"""`understudy.fixFile`: fix everything in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import Request, frozen, start

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import FixFileArguments


def _run(app: App, arguments: FixFileArguments) -> dict[str, str]:
    view = frozen(app, arguments.uri, arguments.model)
    return start(app, Request(view, f"Fixing {view.name}", "fix_file", arguments.model))


COMMAND = ServerCommand(
    id="understudy.fixFile",
    arguments="FixFileArguments",
    run=_run,
    summary="Fixes every problem that the checkers find in a document.",
)
