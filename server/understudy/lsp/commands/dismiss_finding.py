"""`understudy.dismissFinding`: takes back what a review found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import DismissFindingArguments


def _run(app: App, arguments: DismissFindingArguments) -> dict[str, int]:
    # Imported here: it knows the engine, and every other command would wait for that too.
    from understudy.lsp.findings import dismiss

    return {"dismissed": dismiss(app, arguments.finding_id, arguments.uri)}


COMMAND = ServerCommand(
    id="understudy.dismissFinding",
    arguments="DismissFindingArguments",
    run=_run,
    summary="Takes back findings of reviews: one, those of a document, or all.",
    answer='{"dismissed": 1}',
)
