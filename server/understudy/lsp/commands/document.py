"""`understudy.document`: writes the documentation comment of the symbol at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_change

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import PlaceArguments


def _run(app: App, arguments: PlaceArguments) -> dict[str, str]:
    return start_change(app, arguments, "document")


COMMAND = ServerCommand(
    id="understudy.document",
    arguments="PlaceArguments",
    run=_run,
    summary="Writes the documentation comment of the symbol at a place.",
)
