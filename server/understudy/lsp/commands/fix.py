"""`understudy.fix`: fix what is wrong at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import Meant, Request, frozen, start

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import FixArguments


def _run(app: App, arguments: FixArguments) -> dict[str, str]:
    view = frozen(app, arguments.uri, arguments.model)
    place = arguments.range
    last = app.session.document(arguments.uri).line_count
    line = min(place.start.line + 1, place.end.line + 1, last)
    meant = Meant(place, arguments.diagnostics or [], app.session.client.encoding)
    title = f"Fixing {view.name}:{line}"
    return start(app, Request(view, title, "fix_here", arguments.model, meant))


COMMAND = ServerCommand(
    id="understudy.fix",
    arguments="FixArguments",
    run=_run,
    summary="Fixes the problems at a place, or exactly the diagnostics that are given.",
)
