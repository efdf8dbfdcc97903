"""`understudy.fix`: fix what is wrong at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import Request, frozen, selection, start

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import FixArguments


def _run(app: App, arguments: FixArguments) -> dict[str, str]:
    view = frozen(app, arguments.uri, arguments.model)
    view = selection(app, view, arguments.range, arguments.diagnostics)
    title = f"Fixing {view.name}:{view.index.line_of(view.selection.start) + 1}"
    return start(app, Request(view, title, "fix_here", arguments.model))


COMMAND = ServerCommand(
    id="understudy.fix",
    arguments="FixArguments",
    run=_run,
    summary="Fixes the problems at a place, or exactly the diagnostics that are given.",
)
